// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Assurance} from "src/interfaces/IWindowResults.sol";
import {GroupKey} from "src/libraries/GroupSignature.sol";

/// @title What a group key signs for a registry, and what a proof is bound to (docs/wire.md, section 10)
/// @notice Every statement begins with its own label, the chain and this registry's address: none is another's.
library Statements {
    bytes32 private constant CONTEXT_LABEL = keccak256("veilflow/context/1");
    bytes32 private constant RESULT_LABEL = keccak256("veilflow/result/2");
    bytes32 private constant SKIP_LABEL = keccak256("veilflow/skip/1");
    bytes32 private constant ROTATION_LABEL = keccak256("veilflow/rotate/1");

    /// @notice The public input that ties a proof to its window. Shifted by three bits: below 2^253 < r.
    function context(bytes32 jobId, uint64 window, bytes32 manifestRoot) internal view returns (uint256) {
        return uint256(
            keccak256(abi.encode(CONTEXT_LABEL, block.chainid, address(this), jobId, window, manifestRoot))
        ) >> 3;
    }

    /// @notice A window has this result.
    function result(
        bytes32 jobId,
        uint64 window,
        bytes32 manifestRoot,
        bytes32 ruleHash,
        uint256 commitmentX,
        uint256 commitmentY,
        uint256[] calldata variableWords,
        Assurance assurance
    ) internal view returns (bytes32) {
        return keccak256(
            abi.encode(
                RESULT_LABEL,
                block.chainid,
                address(this),
                jobId,
                window,
                manifestRoot,
                ruleHash,
                commitmentX,
                commitmentY,
                keccak256(abi.encodePacked(variableWords)),
                assurance
            )
        );
    }

    /// @notice These windows have no result.
    function skip(bytes32 jobId, uint64 first, uint64 last, uint8 reason) internal view returns (bytes32) {
        return keccak256(abi.encode(SKIP_LABEL, block.chainid, address(this), jobId, first, last, reason));
    }

    /// @notice From this window on another key signs.
    function rotation(bytes32 jobId, uint64 fromWindow, GroupKey memory key) internal view returns (bytes32) {
        return keccak256(
            abi.encode(ROTATION_LABEL, block.chainid, address(this), jobId, fromWindow, key.x, key.parity)
        );
    }
}

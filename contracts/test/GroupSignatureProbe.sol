// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {GroupKey, GroupSignature} from "src/libraries/GroupSignature.sol";

/// @title The library by itself, for tests
/// @notice Adds nothing to it.
contract GroupSignatureProbe {
    /// @notice As the library.
    function isKey(uint256 x, uint8 parity) external pure returns (bool) {
        return GroupSignature.isKey(GroupKey(x, parity));
    }

    /// @notice As the library.
    function verifies(uint256 x, uint8 parity, bytes32 message, bytes calldata signature)
        external
        pure
        returns (bool)
    {
        return GroupSignature.verifies(GroupKey(x, parity), message, signature);
    }
}

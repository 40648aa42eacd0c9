// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Assurance, IWindowResults, WindowResult} from "src/interfaces/IWindowResults.sol";

/// @title Results that a test writes down, for tests of consumers
/// @notice Can hold what the registry does not yet record: attested results.
contract ScriptedResults is IWindowResults {
    mapping(uint64 window => WindowResult) private _results;
    uint64 private _next;

    /// @notice Records a result now and moves the next window behind it.
    function put(uint64 window, uint128 outputs, uint8 assurance) external {
        _results[window] = WindowResult(outputs, uint40(block.timestamp), Assurance(assurance), 0);
        _next = window + 1;
    }

    /// @inheritdoc IWindowResults
    function resultOf(bytes32, uint64 window) external view returns (WindowResult memory) {
        return _results[window];
    }

    /// @inheritdoc IWindowResults
    function nextWindow(bytes32) external view returns (uint64) {
        return _next;
    }
}

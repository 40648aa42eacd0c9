// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Assurance, IWindowResults, WindowResult} from "src/interfaces/IWindowResults.sol";

/// @title Results that a test writes down, for tests of consumers
/// @notice Can hold what the registry does not yet record: attested results.
contract ScriptedResults is IWindowResults {
    mapping(uint64 window => WindowResult) private _results;
    mapping(uint64 window => uint256[]) private _words;
    uint64 private _next;

    /// @notice Records a result of one word or several now and moves the next window behind it.
    function put(uint64 window, uint256[] calldata words, uint8 assurance) external {
        _results[window] = WindowResult(uint128(words[0]), uint40(block.timestamp), Assurance(assurance), 0);
        _words[window] = words;
        _next = window + 1;
    }

    /// @inheritdoc IWindowResults
    function resultOf(bytes32, uint64 window) external view returns (WindowResult memory) {
        return _results[window];
    }

    /// @inheritdoc IWindowResults
    function outputsOf(bytes32, uint64 window) external view returns (uint256[] memory) {
        return _words[window];
    }

    /// @inheritdoc IWindowResults
    function outputWordOf(bytes32, uint64 window, uint256 index)
        external
        view
        returns (WindowResult memory result, uint256 word)
    {
        uint256[] storage words = _words[window];
        return (_results[window], index < words.length ? words[index] : 0);
    }

    /// @inheritdoc IWindowResults
    function nextWindow(bytes32) external view returns (uint64) {
        return _next;
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Assurance, IWindowResults, SkippedRun, WindowResult} from "src/interfaces/IWindowResults.sol";

/// @title Results that a test writes down, for tests of consumers
/// @notice Records anything in any order, also what a registry would refuse.
contract ScriptedResults is IWindowResults {
    mapping(uint64 window => WindowResult result) private _results;
    mapping(uint64 window => uint256[] words) private _words;
    mapping(uint64 first => SkippedRun run) private _skipped;
    uint64 private _next;

    /// @notice Records a result of one word or several now and moves the next window behind it.
    function put(uint64 window, uint256[] calldata words, uint8 assurance) external {
        _results[window] = WindowResult(uint128(words[0]), uint40(block.timestamp), Assurance(assurance), 0);
        _words[window] = words;
        _next = window + 1;
    }

    /// @notice Skips windows now and moves the next window behind them.
    function skip(uint64 first, uint64 last) external {
        _skipped[first] = SkippedRun(last, uint40(block.timestamp), 3, 0);
        _next = last + 1;
    }

    /// @inheritdoc IWindowResults
    function skippedRunAt(bytes32, uint64 first) external view returns (SkippedRun memory) {
        return _skipped[first];
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

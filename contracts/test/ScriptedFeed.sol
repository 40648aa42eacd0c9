// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AggregatorV3Interface} from "src/interfaces/AggregatorV3Interface.sol";

/// @title A price feed that says what a test wants
/// @notice Its prices are nobody's.
contract ScriptedFeed is AggregatorV3Interface {
    error Silent();

    uint8 private _decimals;
    bool private _silent;
    int256 private _answer;
    uint256 private _updatedAt;

    /// @notice Answers with this from now on.
    function put(uint8 decimalPlaces, int256 answer, uint256 updatedAt) external {
        (_decimals, _answer, _updatedAt) = (decimalPlaces, answer, updatedAt);
    }

    /// @notice Reverts from now on, or no more.
    function silence(bool silent) external {
        _silent = silent;
    }

    /// @inheritdoc AggregatorV3Interface
    function decimals() external view returns (uint8) {
        return _decimals;
    }

    /// @inheritdoc AggregatorV3Interface
    function description() external pure returns (string memory) {
        return "scripted";
    }

    /// @inheritdoc AggregatorV3Interface
    function version() external pure returns (uint256) {
        return 1;
    }

    /// @inheritdoc AggregatorV3Interface
    function getRoundData(uint80 roundId)
        external
        view
        returns (uint80 round, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredInRound)
    {
        return (roundId, _answer, _updatedAt, _updatedAt, roundId);
    }

    /// @inheritdoc AggregatorV3Interface
    function latestRoundData()
        external
        view
        returns (uint80 round, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredInRound)
    {
        require(!_silent, Silent());
        return (1, _answer, _updatedAt, _updatedAt, 1);
    }
}

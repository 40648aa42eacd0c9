// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title The price feed interface that lending protocols read
/// @notice Its name and functions are fixed by those who use it.
interface AggregatorV3Interface {
    /// @notice Decimal places of an answer.
    function decimals() external view returns (uint8);

    /// @notice What the answers are.
    function description() external view returns (string memory);

    /// @notice Of the feed's code.
    function version() external view returns (uint256);

    /// @notice One round; reverts if it has no answer.
    function getRoundData(uint80 roundId)
        external
        view
        returns (uint80 round, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredInRound);

    /// @notice The newest round with an answer; reverts if there is none.
    function latestRoundData()
        external
        view
        returns (uint80 round, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredInRound);
}

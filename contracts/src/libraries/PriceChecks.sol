// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AggregatorV3Interface} from "src/interfaces/AggregatorV3Interface.sol";

/// @notice One price among a job's variable words and the feed on this chain that it is held against.
/// @param feed Tells what the price should be.
/// @param word Variable word that holds the job's price, from 0.
/// @param offset Lowest bit in the word.
/// @param bits Width, 1 to 96.
/// @param decimals Of the job's price: a value v means v / 10^decimals; at most 36.
/// @param deviationBasisPointsMax Largest difference, in ten-thousandths of the feed's answer; at most 9,999.
/// @param ageSecondsMax Oldest answer that counts; at least 1.
struct PriceCheck {
    AggregatorV3Interface feed;
    uint8 word;
    uint8 offset;
    uint8 bits;
    uint8 decimals;
    uint16 deviationBasisPointsMax;
    uint32 ageSecondsMax;
}

/// @title Prices held against feeds on the chain
/// @notice A feeder can lie about prices; here its lie must stay within what the job allows. A feed that fails, is
/// silent or old refuses the post: a price that cannot be checked is not checked.
library PriceChecks {
    /// @notice A place that is none, too many decimals, an age or a deviation out of range, or no feed there.
    error PriceCheckInvalid(uint256 index);
    /// @notice The feed's answer is no price, or it is not from the allowed age.
    error PriceFeedUnusable(uint256 index, int256 answer, uint256 updatedAt);
    /// @notice The job's price and the feed's, in their own decimals, are too far apart.
    error PriceDeviates(uint256 index, uint256 price, uint256 answer);

    uint256 private constant BITS_MAX = 96;
    uint256 private constant DECIMALS_MAX = 36;
    uint256 private constant BASIS_POINTS = 10_000;

    /// @notice Reverts with PriceCheckInvalid, or as the feed does when it is asked for its decimals.
    function requireValid(PriceCheck[] calldata checks, uint8[] calldata wordBits) internal view {
        for (uint256 index = 0; index < checks.length; ++index) {
            PriceCheck calldata check = checks[index];
            require(
                check.word < wordBits.length && check.bits > 0 && check.bits <= BITS_MAX
                    && uint256(check.offset) + check.bits <= wordBits[check.word] && check.decimals <= DECIMALS_MAX
                    && check.deviationBasisPointsMax < BASIS_POINTS && check.ageSecondsMax > 0
                    && address(check.feed).code.length > 0 && check.feed.decimals() <= DECIMALS_MAX,
                PriceCheckInvalid(index)
            );
        }
    }

    /// @notice Reverts with PriceFeedUnusable or PriceDeviates, or as the feed does.
    /// @param checks As they were registered.
    /// @param words The variable words of a window, checked in number.
    function requireClose(PriceCheck[] memory checks, uint256[] calldata words) internal view {
        for (uint256 index = 0; index < checks.length; ++index) {
            PriceCheck memory check = checks[index];
            uint256 price = (words[check.word] >> check.offset) & ((uint256(1) << check.bits) - 1);
            (, int256 answer,, uint256 updatedAt,) = check.feed.latestRoundData();
            require(
                answer > 0 && uint256(answer) >> BITS_MAX == 0 && updatedAt <= block.timestamp
                    && block.timestamp - updatedAt <= check.ageSecondsMax,
                PriceFeedUnusable(index, answer, updatedAt)
            );
            // Below 2^96 * 10^36 < 2^216 each, so no product overflows.
            uint256 ours = price * 10 ** check.feed.decimals();
            uint256 theirs = uint256(answer) * 10 ** check.decimals;
            uint256 difference = ours > theirs ? ours - theirs : theirs - ours;
            require(
                difference * BASIS_POINTS <= theirs * check.deviationBasisPointsMax,
                PriceDeviates(index, price, uint256(answer))
            );
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AggregatorV3Interface} from "src/interfaces/AggregatorV3Interface.sol";
import {Assurance, IWindowResults} from "src/interfaces/IWindowResults.sol";
import {OutputPlace, ProvenOutputs} from "src/libraries/ProvenOutputs.sol";

/// @title Example consumer: one output of a job behind the interface of a price feed
/// @notice For jobs that publish numbers (exposure-statistics, median-and-top): whoever reads feeds can read them. A
/// round is a proven window, number window + 1. Windows without a proof have no round, unless the feed was told at
/// construction to take attested results too: its description then says so, and assuranceOf tells for each round.
/// @dev There is no owner: what the feed shows never changes.
contract RiskFeed is AggregatorV3Interface {
    /// @notice No result that this feed takes has this round number.
    error RoundWithoutAnswer(uint80 roundId);
    /// @notice No result that this feed takes is among the newest windows, or the newest one is older than allowed.
    error ResultStale(uint256 postedAt, uint256 maxAgeSeconds);
    /// @notice A constructor value that can never work.
    error SettingInvalid();

    /// @notice How many windows, from the newest down, may have no round before the feed is silent.
    uint64 public constant WINDOWS_SEARCHED = 16;

    IWindowResults private immutable _registry;
    bytes32 private immutable _jobId;
    uint8 private immutable _word;
    uint8 private immutable _offset;
    uint8 private immutable _bits;
    uint8 private immutable _decimals;
    uint64 private immutable _maxAgeSeconds;
    bool private immutable _acceptAttested;
    string private _description;

    /// @notice Reverts with SettingInvalid, ProvenOutputs.RegistryWithoutCode or ProvenOutputs.OutputPlaceInvalid.
    /// @param registry Where results are recorded; must be a contract.
    /// @param jobId The job.
    /// @param place Where its output stands.
    /// @param decimalPlaces Of the output: a value v means v / 10^decimalPlaces.
    /// @param text What the answers are, for people.
    /// @param maxAgeSeconds Oldest result that is still the latest answer, by the time it was recorded; at least 1.
    /// @param acceptAttested True to take results that the group signed without a proof.
    constructor(
        IWindowResults registry,
        bytes32 jobId,
        OutputPlace memory place,
        uint8 decimalPlaces,
        string memory text,
        uint64 maxAgeSeconds,
        bool acceptAttested
    ) {
        ProvenOutputs.requireRegistry(registry);
        ProvenOutputs.requireValid(place);
        require(maxAgeSeconds > 0, SettingInvalid());
        _registry = registry;
        _jobId = jobId;
        (_word, _offset, _bits) = (place.word, place.offset, place.bits);
        _decimals = decimalPlaces;
        _description = acceptAttested ? string.concat(text, " (also attested, without proof)") : text;
        _maxAgeSeconds = maxAgeSeconds;
        _acceptAttested = acceptAttested;
    }

    /// @inheritdoc AggregatorV3Interface
    function decimals() external view returns (uint8) {
        return _decimals;
    }

    /// @inheritdoc AggregatorV3Interface
    function description() external view returns (string memory) {
        return _description;
    }

    /// @inheritdoc AggregatorV3Interface
    function version() external pure returns (uint256) {
        return 1;
    }

    /// @inheritdoc AggregatorV3Interface
    /// @dev Anybody may call. Reverts with RoundWithoutAnswer.
    function getRoundData(uint80 roundId)
        external
        view
        returns (uint80 round, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredInRound)
    {
        uint256 value;
        (, value, updatedAt) = _round(roundId);
        return (roundId, int256(value), updatedAt, updatedAt, roundId);
    }

    /// @notice What the answer of a round rests on. Anybody may call. Reverts with RoundWithoutAnswer.
    /// @param roundId The round.
    function assuranceOf(uint80 roundId) external view returns (Assurance assurance) {
        (assurance,,) = _round(roundId);
    }

    /// @inheritdoc AggregatorV3Interface
    /// @dev Anybody may call. The newest window with a round among the last WINDOWS_SEARCHED. Reverts with ResultStale.
    function latestRoundData()
        external
        view
        returns (uint80 round, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredInRound)
    {
        uint64 next = _registry.nextWindow(_jobId);
        uint64 last = next > WINDOWS_SEARCHED ? next - WINDOWS_SEARCHED : 0;
        for (uint64 window = next; window > last; --window) {
            (Assurance assurance, uint256 value, uint256 postedAt) = _read(window - 1);
            if (_takes(assurance)) {
                require(block.timestamp - postedAt <= _maxAgeSeconds, ResultStale(postedAt, _maxAgeSeconds));
                return (window, int256(value), postedAt, postedAt, window);
            }
        }
        revert ResultStale(0, _maxAgeSeconds);
    }

    function _round(uint80 roundId)
        private
        view
        returns (Assurance assurance, uint256 value, uint256 postedAt)
    {
        require(roundId > 0 && roundId <= type(uint64).max, RoundWithoutAnswer(roundId));
        (assurance, value, postedAt) = _read(uint64(roundId - 1));
        require(_takes(assurance), RoundWithoutAnswer(roundId));
    }

    function _takes(Assurance assurance) private view returns (bool) {
        return assurance == Assurance.Proven || (_acceptAttested && assurance == Assurance.Attested);
    }

    /// @dev A value has at most 253 bits, so it is an int256.
    function _read(uint64 window)
        private
        view
        returns (Assurance assurance, uint256 value, uint256 postedAt)
    {
        return ProvenOutputs.readSigned(_registry, _jobId, window, OutputPlace(_word, _offset, _bits));
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Assurance, IWindowResults, WindowResult} from "src/interfaces/IWindowResults.sol";

/// @notice Where one value stands among a job's outputs (docs/wire.md, section 3; `veilflow job show` prints it).
/// @param word Output word, from 0.
/// @param offset Lowest bit in the word.
/// @param bits Width.
struct OutputPlace {
    uint8 word;
    uint8 offset;
    uint8 bits;
}

/// @title Outputs as consumers must read them: proven or not at all
/// @notice An attested, skipped or missing window has no value in `read`. A proven result never changes, so what has
/// been read once stays true; how old it may be is the consumer's decision.
library ProvenOutputs {
    /// @notice The place reaches above the 253 bits of a word or the 8 words of outputs, or is empty.
    error OutputPlaceInvalid(uint256 word, uint256 offset, uint256 bits);
    /// @notice There is no code at the registry's address.
    error RegistryWithoutCode(address registry);

    uint256 internal constant WORDS_MAX = 8;
    uint256 internal constant WORD_BITS = 253;

    /// @notice Reverts with OutputPlaceInvalid.
    function requireValid(OutputPlace memory place) internal pure {
        require(
            place.word < WORDS_MAX && place.bits > 0 && uint256(place.offset) + place.bits <= WORD_BITS,
            OutputPlaceInvalid(place.word, place.offset, place.bits)
        );
    }

    /// @notice Reverts with RegistryWithoutCode.
    function requireRegistry(IWindowResults registry) internal view {
        require(address(registry).code.length > 0, RegistryWithoutCode(address(registry)));
    }

    /// @notice The value of one output in a window.
    /// @return proven True if the window's result is proven; only then do the others mean anything.
    /// @return value Below 2^bits.
    /// @return postedAt Time of the block that recorded the result as proven.
    function read(IWindowResults registry, bytes32 jobId, uint64 window, OutputPlace memory place)
        internal
        view
        returns (bool proven, uint256 value, uint256 postedAt)
    {
        Assurance assurance;
        (assurance, value, postedAt) = readSigned(registry, jobId, window, place);
        if (assurance != Assurance.Proven) {
            return (false, 0, 0);
        }
        proven = true;
    }

    /// @notice The value of one output in a window, also if it is only attested: for consumers that were told to take
    /// such results, and say so.
    /// @return assurance What the result rests on; the others mean nothing if it is None.
    /// @return value Below 2^bits.
    /// @return postedAt Time of the block that recorded the result with this assurance.
    function readSigned(IWindowResults registry, bytes32 jobId, uint64 window, OutputPlace memory place)
        internal
        view
        returns (Assurance assurance, uint256 value, uint256 postedAt)
    {
        (WindowResult memory result, uint256 word) = registry.outputWordOf(jobId, window, place.word);
        return (result.assurance, (word >> place.offset) & ((uint256(1) << place.bits) - 1), result.postedAt);
    }
}

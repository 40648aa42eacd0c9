// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Assurance, IWindowResults, SkippedRun, WindowResult} from "src/interfaces/IWindowResults.sol";
import {JobBook} from "src/registry/JobBook.sol";
import {JobTerms, OUTPUT_WORDS_MAX} from "src/registry/JobTerms.sol";

/// @title Where the results of windows are kept, and how they are read
/// @notice Recorded results stay as they are, but for an attested one that becomes proven.
/// @dev Writes what it is told: every check has been made before.
abstract contract ResultBook is JobBook, IWindowResults {
    /// @dev Outputs of so many bits, in one word, stand in WindowResult itself.
    uint256 private constant SLOT_OUTPUT_BITS = 128;

    mapping(bytes32 jobId => mapping(uint64 window => WindowResult result)) private _results;
    /// @dev Output words of the windows whose outputs take more than SLOT_OUTPUT_BITS.
    mapping(bytes32 jobId => mapping(uint64 window => uint256[OUTPUT_WORDS_MAX] words)) private _outputWords;
    /// @dev The whole signed message of an attested result, until a proof replaces it: the tag of 80 bits would not
    /// keep a group that searches for a collision (2^40 hashes) from replacing one statement by another.
    mapping(bytes32 jobId => mapping(uint64 window => bytes32 statement)) private _attested;
    mapping(bytes32 jobId => mapping(uint64 first => SkippedRun run)) private _skipped;

    /// @inheritdoc IWindowResults
    function resultOf(bytes32 jobId, uint64 window) external view returns (WindowResult memory) {
        return _results[jobId][window];
    }

    /// @inheritdoc IWindowResults
    function skippedRunAt(bytes32 jobId, uint64 first) external view returns (SkippedRun memory) {
        return _skipped[jobId][first];
    }

    /// @inheritdoc IWindowResults
    function nextWindow(bytes32 jobId) external view returns (uint64) {
        return _next(jobId);
    }

    /// @inheritdoc IWindowResults
    function outputsOf(bytes32 jobId, uint64 window) external view returns (uint256[] memory words) {
        WindowResult memory result = _results[jobId][window];
        if (result.assurance != Assurance.None) {
            TermsEra memory era = _termsEra(jobId, _jobOf(jobId), window);
            words = new uint256[](era.outputWords);
            for (uint256 index = 0; index < words.length; ++index) {
                words[index] = _outputWord(jobId, window, index, era, result);
            }
        }
    }

    /// @inheritdoc IWindowResults
    function outputWordOf(bytes32 jobId, uint64 window, uint256 index)
        external
        view
        returns (WindowResult memory result, uint256 word)
    {
        result = _results[jobId][window];
        if (result.assurance != Assurance.None) {
            TermsEra memory era = _termsEra(jobId, _jobOf(jobId), window);
            word = index < era.outputWords ? _outputWord(jobId, window, index, era, result) : 0;
        }
    }

    function _result(bytes32 jobId, uint64 window) internal view returns (WindowResult memory) {
        return _results[jobId][window];
    }

    function _attestedStatement(bytes32 jobId, uint64 window) internal view returns (bytes32) {
        return _attested[jobId][window];
    }

    /// @dev Records the result of the next window. The words have been checked against their bits.
    function _record(
        bytes32 jobId,
        uint64 window,
        uint256[] calldata variableWords,
        JobTerms memory terms,
        Assurance assurance,
        bytes32 statement
    ) internal returns (uint128 outputs) {
        outputs = _recordOutputs(jobId, window, variableWords, terms);
        _results[jobId][window] = WindowResult(outputs, uint40(block.timestamp), assurance, _tag(statement));
        if (assurance == Assurance.Attested) {
            _attested[jobId][window] = statement;
        }
        _advance(jobId, window + 1);
    }

    /// @dev Makes an attested result proven. Outputs stay: the statements are equal but for the assurance.
    function _raise(bytes32 jobId, uint64 window, bytes32 statement) internal returns (uint128 outputs) {
        delete _attested[jobId][window];
        WindowResult storage result = _results[jobId][window];
        result.postedAt = uint40(block.timestamp);
        result.assurance = Assurance.Proven;
        result.statementTag = _tag(statement);
        return result.outputs;
    }

    function _skip(bytes32 jobId, uint64 first, uint64 last, uint8 reason, bytes32 statement) internal {
        _skipped[jobId][first] = SkippedRun(last, uint40(block.timestamp), reason, _tag(statement));
        _advance(jobId, last + 1);
    }

    function _isSkipped(bytes32 jobId, uint64 first, bytes32 statement) internal view returns (bool) {
        SkippedRun memory run = _skipped[jobId][first];
        return run.postedAt > 0 && run.statementTag == _tag(statement);
    }

    function _tag(bytes32 statement) internal pure returns (uint80) {
        return uint80(uint256(statement));
    }

    /// @dev Stores the words of outputs that do not fit into WindowResult, the parts above the outputs cut off; returns
    /// the lowest 128 bits of the outputs.
    function _recordOutputs(
        bytes32 jobId,
        uint64 window,
        uint256[] calldata variableWords,
        JobTerms memory terms
    ) private returns (uint128) {
        uint256 last = terms.outputWords - 1;
        uint256 mask = (uint256(1) << terms.outputBits) - 1;
        uint256 lowest = last == 0 ? variableWords[0] & mask : variableWords[0];
        if (!_fitsResult(terms.outputWords, terms.outputBits)) {
            uint256[OUTPUT_WORDS_MAX] storage words = _outputWords[jobId][window];
            words[0] = lowest;
            for (uint256 index = 1; index <= last; ++index) {
                words[index] = index == last ? variableWords[index] & mask : variableWords[index];
            }
        }
        return uint128(lowest);
    }

    function _outputWord(
        bytes32 jobId,
        uint64 window,
        uint256 index,
        TermsEra memory era,
        WindowResult memory result
    ) private view returns (uint256) {
        return _fitsResult(era.outputWords, era.outputBits) ? result.outputs : _outputWords[jobId][window][index];
    }

    function _fitsResult(uint256 outputWords, uint256 outputBits) private pure returns (bool) {
        return outputWords == 1 && outputBits <= SLOT_OUTPUT_BITS;
    }
}

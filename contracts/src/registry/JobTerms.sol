// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IProofVerifier} from "src/interfaces/IProofVerifier.sol";
import {BN254} from "src/libraries/BN254.sol";
import {PriceCheck, PriceChecks} from "src/libraries/PriceChecks.sol";

/// @dev Most words that outputs may take.
uint256 constant OUTPUT_WORDS_MAX = 8;

/// @notice When a job's windows lie, and what the chain waits for.
/// @param startMillis Event time at which window 0 begins, in milliseconds since 1970.
/// @param windowMillis Length of a window; at least 1.
/// @param proofDeadlineMillis How long after a window's end its result may not be posted without a proof; zero: never
/// without.
/// @param rotationDelaySeconds How long after its announcement a new group key signs nothing yet.
struct WindowPolicy {
    uint64 startMillis;
    uint64 windowMillis;
    uint64 proofDeadlineMillis;
    uint64 rotationDelaySeconds;
}

/// @notice What a job is, from one window on.
/// @param verifier Verifies the proofs of the job's circuit.
/// @param keyDigest keccak256 of the verifying key that the verifier must have.
/// @param ruleHash SHA-256 of the rule's canonical bytes.
/// @param basisDigest SHA-256 of the basis to which contributors commit. Not used here: published for them.
/// @param outputWords How many variable words hold outputs, 1 to 8: the first ones, all but the last of them whole.
/// @param outputBits Bits of outputs in the last of those words, from bit 0; feed values may stand above them.
/// @param wordBits For each variable word the bits in use. The parts of a word are packed without gaps from bit 0 and
/// the circuit holds each to its declared width, so the word is in range exactly if no higher bit is set.
/// @param parameterWords The public inputs that are the same in every window.
/// @param policy Times.
/// @param priceChecks Prices among the variable words that are held against feeds on this chain; may be none.
struct JobTerms {
    address verifier;
    bytes32 keyDigest;
    bytes32 ruleHash;
    bytes32 basisDigest;
    uint8 outputWords;
    uint8 outputBits;
    uint8[] wordBits;
    uint256[] parameterWords;
    WindowPolicy policy;
    PriceCheck[] priceChecks;
}

/// @title Terms that a registry can work with
/// @notice Whatever can be seen at registration is refused there, not at the first post.
library JobTermsChecks {
    /// @notice There is no code at the verifier's address.
    error VerifierWithoutCode(address verifier);
    /// @notice The verifier holds another key than the job names.
    error KeyDigestMismatch(bytes32 given, bytes32 expected);
    /// @notice The verifier's statement has another number of public inputs than context and words.
    error PublicInputCountMismatch(uint256 given, uint256 expected);
    /// @notice The verifier has fixed more public inputs than the job has parameter words.
    error FixedInputCountInvalid(uint256 given, uint256 maximum);
    /// @notice The verifier takes another value than the job's parameter word.
    error FixedInputMismatch(uint256 index, uint256 given, uint256 expected);
    /// @notice outputWords is zero, above 8, or above the number of variable words.
    error OutputWordsInvalid(uint256 given, uint256 maximum);
    /// @notice outputBits is zero, or above the bits of the last word with outputs.
    error OutputBitsInvalid(uint256 given, uint256 maximum);
    /// @notice A word with no bit, or with more than 253.
    error WordBitsInvalid(uint256 index, uint256 bits);
    /// @notice A parameter word at or above r.
    error ParameterNotInField(uint256 index, uint256 value);
    /// @notice Windows without length.
    error WindowLengthInvalid();

    uint256 private constant WORD_BITS_MAX = 253;

    /// @notice Reverts with an error of this library or of PriceChecks unless the terms can be worked with.
    function requireValid(JobTerms calldata terms) internal view {
        require(terms.policy.windowMillis > 0, WindowLengthInvalid());
        _requireWords(terms);
        require(terms.verifier.code.length > 0, VerifierWithoutCode(terms.verifier));
        IProofVerifier verifier = IProofVerifier(terms.verifier);
        bytes32 keyDigest = verifier.keyDigest();
        require(keyDigest == terms.keyDigest, KeyDigestMismatch(keyDigest, terms.keyDigest));
        uint256 inputs = 1 + terms.wordBits.length + terms.parameterWords.length;
        uint256 expected = verifier.publicInputCount();
        require(inputs == expected, PublicInputCountMismatch(inputs, expected));
        _requireFixedInputs(verifier.fixedInputs(), terms);
        PriceChecks.requireValid(terms.priceChecks, terms.wordBits);
    }

    /// @dev What the verifier has fixed must be the last public inputs of every statement of the job: the parameter
    /// words.
    function _requireFixedInputs(uint256[] memory values, JobTerms calldata terms) private pure {
        uint256 words = terms.parameterWords.length;
        require(values.length <= words, FixedInputCountInvalid(values.length, words));
        uint256 first = words - values.length;
        for (uint256 index = 0; index < values.length; ++index) {
            uint256 given = terms.parameterWords[first + index];
            require(given == values[index], FixedInputMismatch(first + index, given, values[index]));
        }
    }

    function _requireWords(JobTerms calldata terms) private pure {
        for (uint256 index = 0; index < terms.wordBits.length; ++index) {
            uint256 bits = terms.wordBits[index];
            require(bits > 0 && bits <= WORD_BITS_MAX, WordBitsInvalid(index, bits));
        }
        uint256 words = terms.wordBits.length < OUTPUT_WORDS_MAX ? terms.wordBits.length : OUTPUT_WORDS_MAX;
        require(terms.outputWords > 0 && terms.outputWords <= words, OutputWordsInvalid(terms.outputWords, words));
        uint256 maximum = terms.wordBits[terms.outputWords - 1];
        require(terms.outputBits > 0 && terms.outputBits <= maximum, OutputBitsInvalid(terms.outputBits, maximum));
        for (uint256 index = 0; index < terms.parameterWords.length; ++index) {
            uint256 value = terms.parameterWords[index];
            require(value < BN254.R, ParameterNotInField(index, value));
        }
    }
}

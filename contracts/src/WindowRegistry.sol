// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {Ownable2Step} from "@openzeppelin/contracts/access/Ownable2Step.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {IProofVerifier} from "src/interfaces/IProofVerifier.sol";
import {Assurance, IWindowResults, WindowResult} from "src/interfaces/IWindowResults.sol";
import {BN254} from "src/libraries/BN254.sol";
import {CodeStorage} from "src/libraries/CodeStorage.sol";

/// @notice What a job is, fixed for ever at its registration.
/// @param verifier Verifies the proofs of the job's circuit.
/// @param keyDigest keccak256 of the verifying key that the verifier must have.
/// @param ruleHash SHA-256 of the rule's canonical bytes.
/// @param basisDigest SHA-256 of the basis to which contributors commit. Not used here: published for them.
/// @param parties Result addresses of party 0, 1 and 2.
/// @param outputWords How many variable words hold outputs, 1 to 8: the first ones, all but the last of them whole.
/// @param outputBits Bits of outputs in the last of those words, from bit 0; feed values may stand above them.
/// @param wordBits For each variable word the bits in use. The parts of a word are packed without gaps from bit 0 and
/// the circuit holds each to its declared width, so the word is in range exactly if no higher bit is set.
/// @param parameterWords The public inputs that are the same in every window.
struct JobTerms {
    address verifier;
    bytes32 keyDigest;
    bytes32 ruleHash;
    bytes32 basisDigest;
    address[3] parties;
    uint8 outputWords;
    uint8 outputBits;
    uint8[] wordBits;
    uint256[] parameterWords;
}

/// @title Registry of jobs and of their windows' results
/// @notice A result is recorded if two of the job's three parties signed it, its proof verifies, and the proof's
/// commitment is the signed one. Who sends it does not matter, nor in which profile the parties computed: the proof shows
/// that the outputs are right, the profile only what the parties may have learnt.
contract WindowRegistry is IWindowResults, Ownable2Step {
    /// @notice The job has been registered before.
    error JobAlreadyRegistered(bytes32 jobId);
    /// @notice No such job.
    error JobUnknown(bytes32 jobId);
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
    /// @notice A party's address is zero or that of another party.
    error PartyInvalid(uint256 index, address party);
    /// @notice outputWords is zero, above 8, or above the number of variable words.
    error OutputWordsInvalid(uint256 given, uint256 maximum);
    /// @notice outputBits is zero, or above the bits of the last word with outputs.
    error OutputBitsInvalid(uint256 given, uint256 maximum);
    /// @notice A word with no bit, or with more than 253.
    error WordBitsInvalid(uint256 index, uint256 bits);
    /// @notice A parameter word at or above r.
    error ParameterNotInField(uint256 index, uint256 value);
    /// @notice Another statement has been posted for this window.
    error WindowAlreadyPosted(uint64 window);
    /// @notice The window lies below one that has been posted, or is the last number, which has no successor.
    error WindowOutOfOrder(uint64 given, uint64 next);
    /// @notice Not as many variable words as the job has.
    error WordCountInvalid(uint256 given, uint256 expected);
    /// @notice A variable word has a bit above those that its parts take.
    error WordOutOfRange(uint256 index, uint256 value, uint256 bits);
    /// @notice Fewer bytes than the shortest proof. (The verifier takes the length of its key's proofs only.)
    error ProofLengthInvalid(uint256 given, uint256 expected);
    /// @notice Not the bytes of two signatures.
    error SignatureLengthInvalid(uint256 given, uint256 expected);
    /// @notice Signature 0 or 1 is malformed (s zero or high, v neither 27 nor 28), not by a party, or not by one with
    /// a higher index than the signature before it.
    error SignatureInvalid(uint256 index, address recovered);

    /// @notice A job can be posted to from now on.
    event JobRegistered(
        bytes32 indexed jobId, address indexed verifier, bytes32 ruleHash, bytes32 keyDigest, bytes32 basisDigest
    );
    /// @notice A window's result has been recorded. `outputs` are those of WindowResult, `statement` is the signed
    /// message.
    event WindowPosted(
        bytes32 indexed jobId,
        uint64 indexed window,
        bytes32 manifestRoot,
        uint128 outputs,
        Assurance assurance,
        bytes32 statement
    );

    /// @dev One slot. terms: code that holds the job's terms; zero for no job. nextWindow shares its slot, which
    /// therefore is never written from zero by a post; so do the two that tell where a result stands.
    struct Job {
        address terms;
        uint64 nextWindow;
        uint8 outputWords;
        uint8 outputBits;
    }

    bytes32 private constant CONTEXT_LABEL = keccak256("veilflow/context/1");
    bytes32 private constant RESULT_LABEL = keccak256("veilflow/result/1");
    /// @dev Of a proof with one commitment.
    uint256 private constant PROOF_BYTES_MIN = 384;
    /// @dev Offset of D in a proof: behind A(64) || B(128) || C(64).
    uint256 private constant COMMITMENT_OFFSET = 256;
    uint256 private constant SIGNATURE_BYTES = 65;
    uint256 private constant SIGNATURES_REQUIRED = 2;
    uint256 private constant OUTPUT_WORDS_MAX = 8;
    /// @dev Outputs of so many bits, in one word, stand in WindowResult itself.
    uint256 private constant SLOT_OUTPUT_BITS = 128;
    uint256 private constant WORD_BITS_MAX = 253;

    mapping(bytes32 jobId => Job) private _jobs;
    mapping(bytes32 jobId => mapping(uint64 window => WindowResult)) private _results;
    /// @dev Output words of the jobs whose outputs take more than SLOT_OUTPUT_BITS.
    mapping(bytes32 jobId => mapping(uint64 window => uint256[OUTPUT_WORDS_MAX])) private _outputWords;

    /// @param initialOwner May register jobs, and nothing else.
    constructor(address initialOwner) Ownable(initialOwner) {}

    /// @notice Registers a job for ever. Owner only. Emits JobRegistered. Reverts with OwnableUnauthorizedAccount,
    /// JobAlreadyRegistered, VerifierWithoutCode, KeyDigestMismatch, PublicInputCountMismatch, FixedInputCountInvalid,
    /// FixedInputMismatch, PartyInvalid, OutputWordsInvalid, OutputBitsInvalid, WordBitsInvalid or ParameterNotInField.
    /// @param jobId SHA-256 of the labelled job name (docs/wire.md, section 2).
    /// @param terms What the job is.
    function registerJob(bytes32 jobId, JobTerms calldata terms) external onlyOwner {
        require(_jobs[jobId].terms == address(0), JobAlreadyRegistered(jobId));
        _requireParties(terms.parties);
        _requireWords(terms);
        require(terms.verifier.code.length > 0, VerifierWithoutCode(terms.verifier));
        IProofVerifier verifier = IProofVerifier(terms.verifier);
        bytes32 keyDigest = verifier.keyDigest();
        require(keyDigest == terms.keyDigest, KeyDigestMismatch(keyDigest, terms.keyDigest));
        uint256 inputs = 1 + terms.wordBits.length + terms.parameterWords.length;
        uint256 expected = verifier.publicInputCount();
        require(inputs == expected, PublicInputCountMismatch(inputs, expected));
        _requireFixedInputs(verifier.fixedInputs(), terms);
        _jobs[jobId] = Job(CodeStorage.write(abi.encode(terms)), 0, terms.outputWords, terms.outputBits);
        emit JobRegistered(jobId, terms.verifier, terms.ruleHash, terms.keyDigest, terms.basisDigest);
    }

    /// @notice Records a window's result as proven, or does nothing if exactly this statement has been recorded.
    /// Anybody may send it; a copy sent by somebody else has the same effect. Emits WindowPosted. Reverts with
    /// JobUnknown, WindowAlreadyPosted, WindowOutOfOrder, WordCountInvalid, WordOutOfRange, ProofLengthInvalid,
    /// SignatureLengthInvalid, SignatureInvalid or an error of the verifier.
    /// @dev The proof may differ from one already posted (Groth16 proofs can be re-randomised by anybody): replay is
    /// decided by job, window and statement alone.
    /// @param jobId The job.
    /// @param window The window's number, at least nextWindow(jobId).
    /// @param manifestRoot Root of the sealed manifest.
    /// @param variableWords The public inputs of this window: outputs and feed values, packed.
    /// @param proof A || B || C || D || PoK, or A || B || C || D || D2 || PoK if the key has two commitments. D is the
    /// books' commitment, the one that is signed.
    /// @param signatures Two signatures r || s || v over the message, by ascending party index.
    function postWindow(
        bytes32 jobId,
        uint64 window,
        bytes32 manifestRoot,
        uint256[] calldata variableWords,
        bytes calldata proof,
        bytes calldata signatures
    ) external {
        JobTerms memory terms = _termsOf(jobId);
        require(proof.length >= PROOF_BYTES_MIN, ProofLengthInvalid(proof.length, PROOF_BYTES_MIN));
        bytes32 message = _message(
            jobId, window, manifestRoot, terms.ruleHash, proof[COMMITMENT_OFFSET:], variableWords, Assurance.Proven
        );
        uint80 tag = uint80(uint256(message));
        WindowResult storage slot = _results[jobId][window];
        if (slot.assurance != Assurance.None) {
            require(slot.statementTag == tag, WindowAlreadyPosted(window));
            return;
        }
        uint64 next = _jobs[jobId].nextWindow;
        require(window >= next && window < type(uint64).max, WindowOutOfOrder(window, next));
        uint256[] memory publicInputs = _publicInputs(_context(jobId, window, manifestRoot), variableWords, terms);
        _requireGroupSignature(terms.parties, message, signatures);
        IProofVerifier(terms.verifier).verify(publicInputs, proof);

        uint128 outputs = _recordOutputs(jobId, window, variableWords, terms);
        _jobs[jobId].nextWindow = window + 1;
        _results[jobId][window] = WindowResult(outputs, uint40(block.timestamp), Assurance.Proven, tag);
        emit WindowPosted(jobId, window, manifestRoot, outputs, Assurance.Proven, message);
    }

    /// @inheritdoc IWindowResults
    function resultOf(bytes32 jobId, uint64 window) external view returns (WindowResult memory) {
        return _results[jobId][window];
    }

    /// @inheritdoc IWindowResults
    function nextWindow(bytes32 jobId) external view returns (uint64) {
        return _jobs[jobId].nextWindow;
    }

    /// @inheritdoc IWindowResults
    function outputsOf(bytes32 jobId, uint64 window) external view returns (uint256[] memory words) {
        Job memory job = _jobs[jobId];
        WindowResult memory result = _results[jobId][window];
        words = new uint256[](result.assurance == Assurance.None ? 0 : job.outputWords);
        for (uint256 index = 0; index < words.length; ++index) {
            words[index] = _outputWord(jobId, window, index, job, result);
        }
    }

    /// @inheritdoc IWindowResults
    function outputWordOf(bytes32 jobId, uint64 window, uint256 index)
        external
        view
        returns (WindowResult memory result, uint256 word)
    {
        Job memory job = _jobs[jobId];
        result = _results[jobId][window];
        if (result.assurance != Assurance.None && index < job.outputWords) {
            word = _outputWord(jobId, window, index, job, result);
        }
    }

    /// @notice What the job is, part by part as in JobTerms. Reverts with JobUnknown.
    /// @param jobId The job.
    function termsOf(bytes32 jobId)
        external
        view
        returns (
            address verifier,
            bytes32 keyDigest,
            bytes32 ruleHash,
            bytes32 basisDigest,
            address[3] memory parties,
            uint8 outputWords,
            uint8 outputBits,
            uint8[] memory wordBits,
            uint256[] memory parameterWords
        )
    {
        JobTerms memory terms = _termsOf(jobId);
        return (
            terms.verifier,
            terms.keyDigest,
            terms.ruleHash,
            terms.basisDigest,
            terms.parties,
            terms.outputWords,
            terms.outputBits,
            terms.wordBits,
            terms.parameterWords
        );
    }

    /// @notice The public input that ties a proof to its window, chain and registry.
    /// @param jobId The job.
    /// @param window The window's number.
    /// @param manifestRoot Root of the sealed manifest.
    function contextOf(bytes32 jobId, uint64 window, bytes32 manifestRoot) external view returns (uint256) {
        return _context(jobId, window, manifestRoot);
    }

    /// @notice The message that two parties sign for a result of this registry (docs/wire.md, section 10). Reverts with
    /// JobUnknown.
    /// @param jobId The job.
    /// @param window The window's number.
    /// @param manifestRoot Root of the sealed manifest.
    /// @param commitment D, x || y.
    /// @param variableWords Outputs and feed values, packed.
    /// @param assurance What the result rests on.
    function messageOf(
        bytes32 jobId,
        uint64 window,
        bytes32 manifestRoot,
        bytes calldata commitment,
        uint256[] calldata variableWords,
        Assurance assurance
    ) external view returns (bytes32) {
        return _message(
            jobId, window, manifestRoot, _termsOf(jobId).ruleHash, commitment, variableWords, assurance
        );
    }

    /// @dev The only place that knows who signs for the group; the group key will replace its body.
    function _requireGroupSignature(address[3] memory parties, bytes32 message, bytes calldata signatures)
        private
        pure
    {
        require(
            signatures.length == SIGNATURES_REQUIRED * SIGNATURE_BYTES,
            SignatureLengthInvalid(signatures.length, SIGNATURES_REQUIRED * SIGNATURE_BYTES)
        );
        uint256 party = 0;
        for (uint256 index = 0; index < SIGNATURES_REQUIRED; ++index) {
            bytes calldata signature = signatures[index * SIGNATURE_BYTES:(index + 1) * SIGNATURE_BYTES];
            // Zero if malformed, and no party's address is zero.
            (address signer,,) =
                ECDSA.tryRecover(message, uint8(signature[64]), bytes32(signature), bytes32(signature[32:]));
            while (party < parties.length && parties[party] != signer) {
                ++party;
            }
            require(party < parties.length, SignatureInvalid(index, signer));
            ++party;
        }
    }

    /// @dev The bytes begin with D; a shorter slice reverts.
    function _message(
        bytes32 jobId,
        uint64 window,
        bytes32 manifestRoot,
        bytes32 ruleHash,
        bytes calldata commitment,
        uint256[] calldata variableWords,
        Assurance assurance
    ) private view returns (bytes32) {
        return keccak256(
            abi.encode(
                RESULT_LABEL,
                block.chainid,
                address(this),
                jobId,
                window,
                manifestRoot,
                ruleHash,
                bytes32(commitment[:32]),
                bytes32(commitment[32:64]),
                keccak256(abi.encodePacked(variableWords)),
                assurance
            )
        );
    }

    /// @dev Stores the words of outputs that do not fit into WindowResult, the parts above the outputs cut off; returns
    /// the lowest 128 bits of the outputs. The words have been checked against their bits.
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

    function _outputWord(bytes32 jobId, uint64 window, uint256 index, Job memory job, WindowResult memory result)
        private
        view
        returns (uint256)
    {
        return _fitsResult(job.outputWords, job.outputBits) ? result.outputs : _outputWords[jobId][window][index];
    }

    function _fitsResult(uint256 outputWords, uint256 outputBits) private pure returns (bool) {
        return outputWords == 1 && outputBits <= SLOT_OUTPUT_BITS;
    }

    /// @dev context || variable words || parameter words, every variable word checked against its bits.
    function _publicInputs(uint256 context, uint256[] calldata variableWords, JobTerms memory terms)
        private
        pure
        returns (uint256[] memory inputs)
    {
        uint256 variables = terms.wordBits.length;
        require(variableWords.length == variables, WordCountInvalid(variableWords.length, variables));
        inputs = new uint256[](1 + variables + terms.parameterWords.length);
        inputs[0] = context;
        for (uint256 index = 0; index < variables; ++index) {
            (uint256 word, uint256 bits) = (variableWords[index], terms.wordBits[index]);
            require(word >> bits == 0, WordOutOfRange(index, word, bits));
            inputs[1 + index] = word;
        }
        for (uint256 index = 0; index < terms.parameterWords.length; ++index) {
            inputs[1 + variables + index] = terms.parameterWords[index];
        }
    }

    /// @dev Shifted by three bits: below 2^253 < r.
    function _context(bytes32 jobId, uint64 window, bytes32 manifestRoot) private view returns (uint256) {
        return uint256(
            keccak256(abi.encode(CONTEXT_LABEL, block.chainid, address(this), jobId, window, manifestRoot))
        ) >> 3;
    }

    function _termsOf(bytes32 jobId) private view returns (JobTerms memory) {
        address pointer = _jobs[jobId].terms;
        require(pointer != address(0), JobUnknown(jobId));
        return abi.decode(CodeStorage.read(pointer), (JobTerms));
    }

    /// @dev What the verifier has fixed must be the last public inputs of every statement of the job: the parameter words.
    function _requireFixedInputs(uint256[] memory values, JobTerms calldata terms) private pure {
        uint256 words = terms.parameterWords.length;
        require(values.length <= words, FixedInputCountInvalid(values.length, words));
        uint256 first = words - values.length;
        for (uint256 index = 0; index < values.length; ++index) {
            uint256 given = terms.parameterWords[first + index];
            require(given == values[index], FixedInputMismatch(first + index, given, values[index]));
        }
    }

    function _requireParties(address[3] calldata parties) private pure {
        for (uint256 index = 0; index < parties.length; ++index) {
            address party = parties[index];
            require(party != address(0), PartyInvalid(index, party));
            for (uint256 other = 0; other < index; ++other) {
                require(party != parties[other], PartyInvalid(index, party));
            }
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

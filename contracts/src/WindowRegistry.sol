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
/// @param outputBits Bits of all outputs together; they stand in variable word 0 from bit 0.
/// @param wordBits For each variable word the bits in use. The parts of a word are packed without gaps from bit 0 and
/// the circuit holds each to its declared width, so the word is in range exactly if no higher bit is set.
/// @param parameterWords The public inputs that are the same in every window.
struct JobTerms {
    address verifier;
    bytes32 keyDigest;
    bytes32 ruleHash;
    bytes32 basisDigest;
    address[3] parties;
    uint8 outputBits;
    uint8[] wordBits;
    uint256[] parameterWords;
}

/// @title Registry of jobs and of their windows' results
/// @notice A result is recorded if two of the job's three parties signed it, its proof verifies, and the proof's
/// commitment is the signed one. Who sends it does not matter. Profile S: the parties computed it semi-honestly; what
/// the proof shows holds all the same.
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
    /// @notice A party's address is zero or that of another party.
    error PartyInvalid(uint256 index, address party);
    /// @notice outputBits is zero, above 128, or above the bits of word 0; or there is no word.
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
    /// @notice Not the bytes of one proof.
    error ProofLengthInvalid(uint256 given, uint256 expected);
    /// @notice Not the bytes of two signatures.
    error SignatureLengthInvalid(uint256 given, uint256 expected);
    /// @notice Signature 0 or 1 is malformed (s zero or high, v neither 27 nor 28), not by a party, or not by one with
    /// a higher index than the signature before it.
    error SignatureInvalid(uint256 index, address recovered);

    /// @notice A job can be posted to from now on.
    event JobRegistered(bytes32 indexed jobId, address indexed verifier, bytes32 ruleHash, bytes32 keyDigest);
    /// @notice A window's result has been recorded. `statement` is the signed message.
    event WindowPosted(
        bytes32 indexed jobId,
        uint64 indexed window,
        bytes32 manifestRoot,
        uint128 outputs,
        Assurance assurance,
        bytes32 statement
    );

    /// @dev terms: code that holds the job's terms; zero for no job. nextWindow shares its slot, which therefore is
    /// never written from zero by a post.
    struct Job {
        address terms;
        uint64 nextWindow;
    }

    bytes32 private constant CONTEXT_LABEL = keccak256("veilflow/context/1");
    bytes32 private constant RESULT_LABEL = keccak256("veilflow/result/1");
    uint256 private constant PROOF_BYTES = 384;
    /// @dev Offset of D in a proof: behind A(64) || B(128) || C(64).
    uint256 private constant COMMITMENT_OFFSET = 256;
    uint256 private constant SIGNATURE_BYTES = 65;
    uint256 private constant SIGNATURES_REQUIRED = 2;
    uint256 private constant OUTPUT_BITS_MAX = 128;
    uint256 private constant WORD_BITS_MAX = 253;

    mapping(bytes32 jobId => Job) private _jobs;
    mapping(bytes32 jobId => mapping(uint64 window => WindowResult)) private _results;

    /// @param initialOwner May register jobs, and nothing else.
    constructor(address initialOwner) Ownable(initialOwner) {}

    /// @notice Registers a job for ever. Owner only. Emits JobRegistered. Reverts with OwnableUnauthorizedAccount,
    /// JobAlreadyRegistered, VerifierWithoutCode, KeyDigestMismatch, PublicInputCountMismatch, PartyInvalid,
    /// OutputBitsInvalid, WordBitsInvalid or ParameterNotInField.
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
        _jobs[jobId].terms = CodeStorage.write(abi.encode(terms));
        emit JobRegistered(jobId, terms.verifier, terms.ruleHash, terms.keyDigest);
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
    /// @param proof A || B || C || D || PoK.
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
        require(proof.length == PROOF_BYTES, ProofLengthInvalid(proof.length, PROOF_BYTES));
        bytes32 message = keccak256(
            abi.encode(
                RESULT_LABEL,
                block.chainid,
                address(this),
                jobId,
                window,
                manifestRoot,
                terms.ruleHash,
                bytes32(proof[COMMITMENT_OFFSET:]),
                bytes32(proof[COMMITMENT_OFFSET + 32:]),
                keccak256(abi.encodePacked(variableWords)),
                Assurance.Proven
            )
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

        // Outputs stand in word 0 from bit 0, outputBits <= 128 wide: the mask cuts the other parts off.
        uint128 outputs = uint128(variableWords[0] & ((uint256(1) << terms.outputBits) - 1));
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
        uint256 maximum = terms.wordBits.length == 0 ? 0 : terms.wordBits[0];
        maximum = maximum < OUTPUT_BITS_MAX ? maximum : OUTPUT_BITS_MAX;
        require(terms.outputBits > 0 && terms.outputBits <= maximum, OutputBitsInvalid(terms.outputBits, maximum));
        for (uint256 index = 0; index < terms.parameterWords.length; ++index) {
            uint256 value = terms.parameterWords[index];
            require(value < BN254.R, ParameterNotInField(index, value));
        }
    }
}

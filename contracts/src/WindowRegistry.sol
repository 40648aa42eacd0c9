// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {IProofVerifier} from "src/interfaces/IProofVerifier.sol";
import {Assurance, WindowResult} from "src/interfaces/IWindowResults.sol";
import {PriceChecks} from "src/libraries/PriceChecks.sol";
import {Statements} from "src/libraries/Statements.sol";
import {JobTerms} from "src/registry/JobTerms.sol";
import {ResultBook} from "src/registry/ResultBook.sol";

/// @title Registry of jobs and of their windows' results
/// @notice Windows are closed one after another, each by a signature of the job's group key: proven, with a proof
/// whose commitment is the signed one; attested, without a proof and only after the job's deadline for it; or skipped.
/// Who sends it does not matter, nor in which profile the parties computed: the proof shows that the outputs are
/// right, the profile only what the parties may have learnt.
contract WindowRegistry is ResultBook {
    /// @notice Another statement has been recorded for this window, or it was skipped.
    error WindowAlreadyPosted(uint64 window);
    /// @notice Not the next window, or the last number, which has no successor.
    error WindowOutOfOrder(uint64 given, uint64 next);
    /// @notice A run of windows that ends before it begins, or at the last number.
    error SkippedRunInvalid(uint64 first, uint64 last);
    /// @notice No reason for a skip: 1, 2 or 3.
    error SkipReasonInvalid(uint8 reason);
    /// @notice A result without a proof is taken from this time on, in milliseconds; never if it is zero.
    error AttestedTooEarly(uint256 fromMillis);
    /// @notice Not as many variable words as the job has.
    error WordCountInvalid(uint256 given, uint256 expected);
    /// @notice A variable word has a bit above those that its parts take.
    error WordOutOfRange(uint256 index, uint256 value, uint256 bits);
    /// @notice Fewer bytes than the shortest proof. (The verifier takes the length of its key's proofs only.)
    error ProofLengthInvalid(uint256 given, uint256 expected);

    /// @notice A window's result has been recorded, or an attested one has been proven. `outputs` are those of
    /// WindowResult, `statement` is the signed message.
    event WindowPosted(
        bytes32 indexed jobId,
        uint64 indexed window,
        bytes32 manifestRoot,
        uint128 outputs,
        Assurance assurance,
        bytes32 statement
    );
    /// @notice These windows have no result and never will.
    event WindowsSkipped(
        bytes32 indexed jobId, uint64 indexed first, uint64 last, uint8 reason, bytes32 statement
    );

    /// @dev Of a proof with one commitment.
    uint256 private constant PROOF_BYTES_MIN = 384;
    /// @dev Offset of D in a proof: behind A(64) || B(128) || C(64).
    uint256 private constant COMMITMENT_OFFSET = 256;
    uint8 private constant SKIP_REASON_MAX = 3;
    uint256 private constant MILLIS_PER_SECOND = 1000;

    /// @notice A registry without jobs.
    /// @param initialOwner May register jobs, change their terms for windows to come, and pause.
    constructor(address initialOwner) Ownable(initialOwner) {}

    /// @notice Records a window's result as proven, or makes the attested result of the same statement proven, or does
    /// nothing if exactly this statement has been recorded. Anybody may send it; a copy sent by somebody else has the
    /// same effect. Emits WindowPosted. Reverts with EnforcedPause, JobUnknown, WindowAlreadyPosted, WindowOutOfOrder,
    /// WordCountInvalid, WordOutOfRange, ProofLengthInvalid, GroupKeyNotUsable, GroupSignatureInvalid, an error of
    /// PriceChecks or one of the verifier.
    /// @dev The proof may differ from one already posted (Groth16 proofs can be re-randomised by anybody): replay is
    /// decided by job, window and statement alone. Prices are not looked at again when an attested result is proven:
    /// they were when it was recorded, and the feed has moved on.
    /// @param jobId The job.
    /// @param window The window's number: nextWindow(jobId), or one with an attested result.
    /// @param manifestRoot Root of the sealed manifest.
    /// @param variableWords The public inputs of this window: outputs and feed values, packed.
    /// @param proof A || B || C || D || PoK, or A || B || C || D || D2 || PoK if the key has two commitments. D is the
    /// books' commitment, the one that is signed.
    /// @param signature The group key's, over the message: s || address(R).
    function postWindow(
        bytes32 jobId,
        uint64 window,
        bytes32 manifestRoot,
        uint256[] calldata variableWords,
        bytes calldata proof,
        bytes calldata signature
    ) external whenNotPaused {
        Job memory job = _jobOf(jobId);
        JobTerms memory terms = _termsAt(jobId, job, window);
        require(proof.length >= PROOF_BYTES_MIN, ProofLengthInvalid(proof.length, PROOF_BYTES_MIN));
        uint256 commitmentX = uint256(bytes32(proof[COMMITMENT_OFFSET:]));
        uint256 commitmentY = uint256(bytes32(proof[COMMITMENT_OFFSET + 32:]));
        bytes32 statement = Statements.result(
            jobId, window, manifestRoot, terms.ruleHash, commitmentX, commitmentY, variableWords, Assurance.Proven
        );
        WindowResult memory recorded = _result(jobId, window);
        if (recorded.assurance == Assurance.Proven) {
            require(recorded.statementTag == _tag(statement), WindowAlreadyPosted(window));
            return;
        }
        bool late = recorded.assurance == Assurance.Attested;
        if (late) {
            bytes32 attested = Statements.result(
                jobId,
                window,
                manifestRoot,
                terms.ruleHash,
                commitmentX,
                commitmentY,
                variableWords,
                Assurance.Attested
            );
            require(attested == _attestedStatement(jobId, window), WindowAlreadyPosted(window));
        } else {
            _requireNext(window, job.nextWindow);
        }
        _requireGroupSignature(jobId, job, window, statement, signature);
        _requireWords(variableWords, terms);
        _verify(Statements.context(jobId, window, manifestRoot), variableWords, proof, terms);

        uint128 outputs;
        if (late) {
            outputs = _raise(jobId, window, statement);
        } else {
            PriceChecks.requireClose(terms.priceChecks, variableWords);
            outputs = _record(jobId, window, variableWords, terms, Assurance.Proven, statement);
        }
        emit WindowPosted(jobId, window, manifestRoot, outputs, Assurance.Proven, statement);
    }

    /// @notice Records a window's result without a proof, once the job's deadline for proofs has passed, or does
    /// nothing if exactly this statement, or the proven one of the same result, has been recorded. Anybody may send
    /// it. Emits WindowPosted. Reverts with EnforcedPause, JobUnknown, WindowAlreadyPosted, WindowOutOfOrder,
    /// AttestedTooEarly, WordCountInvalid, WordOutOfRange, GroupKeyNotUsable, GroupSignatureInvalid or an error of
    /// PriceChecks.
    /// @param jobId The job.
    /// @param window The window's number, nextWindow(jobId).
    /// @param manifestRoot Root of the sealed manifest.
    /// @param commitmentX x of D, the sum of the books' commitments.
    /// @param commitmentY y of D.
    /// @param variableWords The public inputs of this window: outputs and feed values, packed.
    /// @param signature The group key's, over the message with assurance Attested.
    function postAttested(
        bytes32 jobId,
        uint64 window,
        bytes32 manifestRoot,
        uint256 commitmentX,
        uint256 commitmentY,
        uint256[] calldata variableWords,
        bytes calldata signature
    ) external whenNotPaused {
        Job memory job = _jobOf(jobId);
        JobTerms memory terms = _termsAt(jobId, job, window);
        bytes32 statement = Statements.result(
            jobId, window, manifestRoot, terms.ruleHash, commitmentX, commitmentY, variableWords, Assurance.Attested
        );
        WindowResult memory recorded = _result(jobId, window);
        if (recorded.assurance == Assurance.Attested) {
            require(_attestedStatement(jobId, window) == statement, WindowAlreadyPosted(window));
            return;
        }
        if (recorded.assurance == Assurance.Proven) {
            bytes32 proven = Statements.result(
                jobId, window, manifestRoot, terms.ruleHash, commitmentX, commitmentY, variableWords, Assurance.Proven
            );
            require(recorded.statementTag == _tag(proven), WindowAlreadyPosted(window));
            return;
        }
        _requireNext(window, job.nextWindow);
        _requireProofDeadlinePassed(window, terms);
        _requireGroupSignature(jobId, job, window, statement, signature);
        _requireWords(variableWords, terms);
        PriceChecks.requireClose(terms.priceChecks, variableWords);

        uint128 outputs = _record(jobId, window, variableWords, terms, Assurance.Attested, statement);
        emit WindowPosted(jobId, window, manifestRoot, outputs, Assurance.Attested, statement);
    }

    /// @notice Closes windows that have no result, or does nothing if exactly this has been recorded. Anybody may send
    /// it. Emits WindowsSkipped. Reverts with EnforcedPause, JobUnknown, SkippedRunInvalid, SkipReasonInvalid,
    /// WindowOutOfOrder, GroupKeyNotUsable or GroupSignatureInvalid.
    /// @param jobId The job.
    /// @param first The first of them, nextWindow(jobId). Its key signs, also for windows beyond a change of keys.
    /// @param last The last of them, at least `first`.
    /// @param reason 1: too few contributors, 2: no tick, 3: cannot be computed.
    /// @param signature The group key's, over the skip (skipMessageOf).
    function skipWindows(bytes32 jobId, uint64 first, uint64 last, uint8 reason, bytes calldata signature)
        external
        whenNotPaused
    {
        Job memory job = _jobOf(jobId);
        require(first <= last && last < type(uint64).max, SkippedRunInvalid(first, last));
        require(reason > 0 && reason <= SKIP_REASON_MAX, SkipReasonInvalid(reason));
        bytes32 statement = Statements.skip(jobId, first, last, reason);
        if (_isSkipped(jobId, first, statement)) {
            return;
        }
        _requireNext(first, job.nextWindow);
        _requireGroupSignature(jobId, job, first, statement, signature);

        _skip(jobId, first, last, reason, statement);
        emit WindowsSkipped(jobId, first, last, reason, statement);
    }

    /// @notice The public input that ties a proof to its window, chain and registry.
    /// @param jobId The job.
    /// @param window The window's number.
    /// @param manifestRoot Root of the sealed manifest.
    function contextOf(bytes32 jobId, uint64 window, bytes32 manifestRoot) external view returns (uint256) {
        return Statements.context(jobId, window, manifestRoot);
    }

    /// @notice The message that the group signs for a result of this registry (docs/wire.md, section 10). Reverts with
    /// JobUnknown.
    /// @param jobId The job.
    /// @param window The window's number.
    /// @param manifestRoot Root of the sealed manifest.
    /// @param commitmentX x of D.
    /// @param commitmentY y of D.
    /// @param variableWords Outputs and feed values, packed.
    /// @param assurance What the result rests on.
    function messageOf(
        bytes32 jobId,
        uint64 window,
        bytes32 manifestRoot,
        uint256 commitmentX,
        uint256 commitmentY,
        uint256[] calldata variableWords,
        Assurance assurance
    ) external view returns (bytes32) {
        bytes32 ruleHash = _termsAt(jobId, _jobOf(jobId), window).ruleHash;
        return Statements.result(
            jobId, window, manifestRoot, ruleHash, commitmentX, commitmentY, variableWords, assurance
        );
    }

    /// @notice The message that the group signs for a skip (docs/wire.md, section 10).
    /// @param jobId The job.
    /// @param first The first window.
    /// @param last The last window.
    /// @param reason 1: too few contributors, 2: no tick, 3: cannot be computed.
    function skipMessageOf(bytes32 jobId, uint64 first, uint64 last, uint8 reason) external view returns (bytes32) {
        return Statements.skip(jobId, first, last, reason);
    }

    function _requireNext(uint64 window, uint64 next) private pure {
        require(window == next && window < type(uint64).max, WindowOutOfOrder(window, next));
    }

    function _requireProofDeadlinePassed(uint64 window, JobTerms memory terms) private view {
        uint256 end = terms.policy.startMillis + (uint256(window) + 1) * terms.policy.windowMillis;
        uint256 deadline = terms.policy.proofDeadlineMillis;
        uint256 fromMillis = deadline == 0 ? 0 : end + deadline;
        require(
            deadline > 0 && block.timestamp * MILLIS_PER_SECOND >= fromMillis, AttestedTooEarly(fromMillis)
        );
    }

    function _requireWords(uint256[] calldata variableWords, JobTerms memory terms) private pure {
        uint256 variables = terms.wordBits.length;
        require(variableWords.length == variables, WordCountInvalid(variableWords.length, variables));
        for (uint256 index = 0; index < variables; ++index) {
            (uint256 word, uint256 bits) = (variableWords[index], terms.wordBits[index]);
            require(word >> bits == 0, WordOutOfRange(index, word, bits));
        }
    }

    /// @dev Public inputs: context || variable words || parameter words.
    function _verify(
        uint256 context,
        uint256[] calldata variableWords,
        bytes calldata proof,
        JobTerms memory terms
    ) private view {
        uint256 variables = variableWords.length;
        uint256[] memory inputs = new uint256[](1 + variables + terms.parameterWords.length);
        inputs[0] = context;
        for (uint256 index = 0; index < variables; ++index) {
            inputs[1 + index] = variableWords[index];
        }
        for (uint256 index = 0; index < terms.parameterWords.length; ++index) {
            inputs[1 + variables + index] = terms.parameterWords[index];
        }
        IProofVerifier(terms.verifier).verify(inputs, proof);
    }
}

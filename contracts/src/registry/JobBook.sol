// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Ownable2Step} from "@openzeppelin/contracts/access/Ownable2Step.sol";
import {Pausable} from "@openzeppelin/contracts/utils/Pausable.sol";
import {CodeStorage} from "src/libraries/CodeStorage.sol";
import {GroupKey, GroupSignature} from "src/libraries/GroupSignature.sol";
import {Statements} from "src/libraries/Statements.sol";
import {JobTerms, JobTermsChecks} from "src/registry/JobTerms.sol";

/// @title Jobs: their terms, their group keys, and from which window on each of them serves
/// @notice Terms are the owner's, keys are the groups': the owner registers a job with its first key and changes terms
/// at a later window, but a key is followed only by one that it signed itself. What served a window serves it for
/// ever.
/// @dev Job, TermsEra and KeyEra are lists by number; the era of a window is the last one that begins at or before it.
abstract contract JobBook is Ownable2Step, Pausable {
    /// @notice The job has been registered before.
    error JobAlreadyRegistered(bytes32 jobId);
    /// @notice No such job.
    error JobUnknown(bytes32 jobId);
    /// @notice No x of a point below the group order, or a parity other than 0 and 1.
    error GroupKeyInvalid(uint256 x, uint8 parity);
    /// @notice The change would reach a window that is recorded, the next one, or one that another change of the same
    /// kind has.
    error ChangeTooEarly(uint64 fromWindow, uint64 earliest);
    /// @notice The key has been announced and may not sign before this time, in seconds.
    error GroupKeyNotUsable(uint256 usableFrom);
    /// @notice Not a signature of the group key that serves this window over this statement.
    error GroupSignatureInvalid(uint64 window, bytes32 statement);

    /// @notice A job can be posted to from now on.
    event JobRegistered(
        bytes32 indexed jobId, address indexed verifier, bytes32 ruleHash, bytes32 keyDigest, bytes32 basisDigest
    );
    /// @notice Other terms serve from this window on; later changes that were planned are dropped.
    event TermsChanged(
        bytes32 indexed jobId,
        uint64 indexed fromWindow,
        address indexed verifier,
        bytes32 ruleHash,
        bytes32 keyDigest,
        bytes32 basisDigest
    );
    /// @notice This group key serves from this window on and signs nothing before the time `usableFrom`.
    event GroupKeyChanged(
        bytes32 indexed jobId, uint64 indexed fromWindow, uint256 x, uint8 parity, uint256 usableFrom
    );

    /// @dev One slot, never zero for a registered job, so no post writes it from zero. What the newest key's era says
    /// apart from its x stands here too, so that a post reads one slot less.
    struct Job {
        uint64 nextWindow;
        uint32 termsCount;
        uint32 keyCount;
        uint64 keyFromWindow;
        uint40 keyUsableFrom;
        uint8 keyParity;
    }

    /// @dev One slot. pointer: code that holds the terms. The other two tell where a result stands, without reading
    /// them.
    struct TermsEra {
        address pointer;
        uint64 fromWindow;
        uint8 outputWords;
        uint8 outputBits;
    }

    /// @dev Two slots.
    struct KeyEra {
        GroupKey key;
        uint64 fromWindow;
        uint40 usableFrom;
    }

    mapping(bytes32 jobId => Job job) private _jobs;
    mapping(bytes32 jobId => mapping(uint256 number => TermsEra era)) private _terms;
    mapping(bytes32 jobId => mapping(uint256 number => KeyEra era)) private _keys;

    /// @notice Registers a job. Owner only. Emits JobRegistered and GroupKeyChanged. Reverts with
    /// OwnableUnauthorizedAccount, JobAlreadyRegistered, GroupKeyInvalid, or an error of JobTermsChecks or
    /// PriceChecks.
    /// @param jobId SHA-256 of the labelled job name (docs/wire.md, section 2).
    /// @param key Signs for the job's group, from window 0 on and from now on.
    /// @param terms What the job is.
    function registerJob(bytes32 jobId, GroupKey calldata key, JobTerms calldata terms) external onlyOwner {
        require(_jobs[jobId].termsCount == 0, JobAlreadyRegistered(jobId));
        JobTermsChecks.requireValid(terms);
        Job memory job = Job(0, 1, 0, 0, 0, 0);
        _terms[jobId][0] = _store(terms, 0);
        emit JobRegistered(jobId, terms.verifier, terms.ruleHash, terms.keyDigest, terms.basisDigest);
        _addKey(jobId, job, key, 0, block.timestamp);
    }

    /// @notice Gives a job other terms from a window on; changes planned for that window or later are dropped. Owner
    /// only. Emits TermsChanged. Reverts with OwnableUnauthorizedAccount, JobUnknown, ChangeTooEarly, or an error of
    /// JobTermsChecks or PriceChecks.
    /// @param jobId The job.
    /// @param fromWindow At least one above the next window.
    /// @param terms What the job is from then on.
    function changeTerms(bytes32 jobId, uint64 fromWindow, JobTerms calldata terms) external onlyOwner {
        Job memory job = _jobOf(jobId);
        require(fromWindow > job.nextWindow, ChangeTooEarly(fromWindow, job.nextWindow + 1));
        JobTermsChecks.requireValid(terms);
        // Era 0 begins at window 0, below fromWindow.
        while (_terms[jobId][job.termsCount - 1].fromWindow >= fromWindow) {
            --job.termsCount;
        }
        _terms[jobId][job.termsCount] = _store(terms, fromWindow);
        ++job.termsCount;
        _jobs[jobId] = job;
        emit TermsChanged(
            jobId, fromWindow, terms.verifier, terms.ruleHash, terms.keyDigest, terms.basisDigest
        );
    }

    /// @notice Announces the key that serves from a window on, or does nothing if exactly this has been announced. It
    /// signs nothing before the job's rotation delay has passed. Anybody may send it. Emits GroupKeyChanged. Reverts
    /// with EnforcedPause, JobUnknown, ChangeTooEarly, GroupKeyInvalid, GroupKeyNotUsable or GroupSignatureInvalid.
    /// @param jobId The job.
    /// @param fromWindow At least one above the next window, and above the window from which the newest key serves.
    /// @param newX The new key's x.
    /// @param newParity 1 if its y is odd, else 0.
    /// @param signature The newest key's, over the rotation (rotationMessageOf).
    function rotateKey(bytes32 jobId, uint64 fromWindow, uint256 newX, uint8 newParity, bytes calldata signature)
        external
        whenNotPaused
    {
        Job memory job = _jobOf(jobId);
        GroupKey memory key = GroupKey(newX, newParity);
        KeyEra memory served = _keyEra(jobId, job, fromWindow);
        if (served.fromWindow == fromWindow && served.key.x == newX && served.key.parity == newParity) {
            return;
        }
        uint64 bound = job.keyFromWindow > job.nextWindow ? job.keyFromWindow : job.nextWindow;
        require(fromWindow > bound, ChangeTooEarly(fromWindow, bound + 1));
        // Above the newest era's first window, so this is the newest key.
        _requireSigned(served, fromWindow, Statements.rotation(jobId, fromWindow, key), signature);
        uint256 delay = _termsAt(jobId, job, job.nextWindow).policy.rotationDelaySeconds;
        _addKey(jobId, job, key, fromWindow, block.timestamp + delay);
    }

    /// @notice Stops all posts and rotations. Owner only. Reverts with OwnableUnauthorizedAccount or EnforcedPause.
    function pause() external onlyOwner {
        _pause();
    }

    /// @notice Takes posts and rotations again. Owner only. Reverts with OwnableUnauthorizedAccount or ExpectedPause.
    function unpause() external onlyOwner {
        _unpause();
    }

    /// @notice What the job is in a window. Reverts with JobUnknown.
    /// @param jobId The job.
    /// @param window Any window; for a future one, what is planned.
    function termsOf(bytes32 jobId, uint64 window) external view returns (JobTerms memory) {
        return _termsAt(jobId, _jobOf(jobId), window);
    }

    /// @notice The group key that signs in a window. Reverts with JobUnknown.
    /// @param jobId The job.
    /// @param window Any window; for a future one, the key that is announced.
    /// @return x The key's x.
    /// @return parity 1 if its y is odd, else 0.
    /// @return fromWindow The first window that it serves.
    /// @return usableFrom Before this time, in seconds, it signs nothing.
    function groupKeyOf(bytes32 jobId, uint64 window)
        external
        view
        returns (uint256 x, uint8 parity, uint64 fromWindow, uint40 usableFrom)
    {
        KeyEra memory era = _keyEra(jobId, _jobOf(jobId), window);
        return (era.key.x, era.key.parity, era.fromWindow, era.usableFrom);
    }

    /// @notice The message that the newest key signs for a rotation (docs/wire.md, section 10).
    /// @param jobId The job.
    /// @param fromWindow The first window of the new key.
    /// @param newX The new key's x.
    /// @param newParity 1 if its y is odd, else 0.
    function rotationMessageOf(bytes32 jobId, uint64 fromWindow, uint256 newX, uint8 newParity)
        external
        view
        returns (bytes32)
    {
        return Statements.rotation(jobId, fromWindow, GroupKey(newX, newParity));
    }

    /// @dev The next window of a job; zero also if there is no job.
    function _next(bytes32 jobId) internal view returns (uint64) {
        return _jobs[jobId].nextWindow;
    }

    function _advance(bytes32 jobId, uint64 next) internal {
        _jobs[jobId].nextWindow = next;
    }

    function _jobOf(bytes32 jobId) internal view returns (Job memory job) {
        job = _jobs[jobId];
        require(job.termsCount > 0, JobUnknown(jobId));
    }

    function _termsAt(bytes32 jobId, Job memory job, uint64 window) internal view returns (JobTerms memory) {
        TermsEra memory era = _termsEra(jobId, job, window);
        return abi.decode(CodeStorage.read(era.pointer), (JobTerms));
    }

    /// @dev Ends at era 0, which begins at window 0.
    function _termsEra(bytes32 jobId, Job memory job, uint64 window) internal view returns (TermsEra memory era) {
        uint256 number = job.termsCount;
        do {
            era = _terms[jobId][--number];
        } while (era.fromWindow > window);
    }

    /// @dev Reverts with GroupKeyNotUsable or GroupSignatureInvalid unless the key of the window signed the statement.
    function _requireGroupSignature(
        bytes32 jobId,
        Job memory job,
        uint64 window,
        bytes32 statement,
        bytes calldata signature
    ) internal view {
        _requireSigned(_keyEra(jobId, job, window), window, statement, signature);
    }

    function _requireSigned(KeyEra memory era, uint64 window, bytes32 statement, bytes calldata signature)
        private
        view
    {
        require(era.usableFrom <= block.timestamp, GroupKeyNotUsable(era.usableFrom));
        require(
            GroupSignature.verifies(era.key, statement, signature), GroupSignatureInvalid(window, statement)
        );
    }

    function _keyEra(bytes32 jobId, Job memory job, uint64 window) private view returns (KeyEra memory era) {
        uint256 number = job.keyCount - 1;
        if (job.keyFromWindow <= window) {
            GroupKey memory newest = GroupKey(_keys[jobId][number].key.x, job.keyParity);
            return KeyEra(newest, job.keyFromWindow, job.keyUsableFrom);
        }
        do {
            era = _keys[jobId][--number];
        } while (era.fromWindow > window);
    }

    function _addKey(bytes32 jobId, Job memory job, GroupKey memory key, uint64 fromWindow, uint256 usableFrom)
        private
    {
        require(GroupSignature.isKey(key), GroupKeyInvalid(key.x, key.parity));
        // Seconds fit 40 bits for 34,000 years; a longer delay is cut to the largest.
        uint40 usable = usableFrom > type(uint40).max ? type(uint40).max : uint40(usableFrom);
        _keys[jobId][job.keyCount] = KeyEra(key, fromWindow, usable);
        ++job.keyCount;
        (job.keyFromWindow, job.keyUsableFrom, job.keyParity) = (fromWindow, usable, key.parity);
        _jobs[jobId] = job;
        emit GroupKeyChanged(jobId, fromWindow, key.x, key.parity, usable);
    }

    function _store(JobTerms calldata terms, uint64 fromWindow) private returns (TermsEra memory) {
        return
            TermsEra(CodeStorage.write(abi.encode(terms)), fromWindow, terms.outputWords, terms.outputBits);
    }
}

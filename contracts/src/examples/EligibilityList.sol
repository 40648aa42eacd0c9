// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";
import {IWindowResults} from "src/interfaces/IWindowResults.sol";
import {OutputPlace, ProvenOutputs} from "src/libraries/ProvenOutputs.sol";

/// @title Example consumer: who may take part, by one proven bit an applicant
/// @notice The eligibility job publishes a bit for every slot; applicant i is the owner of slot i. Only the newest
/// window counts, only if it is proven, and only for a limited time: a window without a proof makes nobody eligible.
/// @dev There is no owner: the addresses of the slots' owners are fixed at construction, as the root of a Merkle tree
/// whose leaves are keccak256(keccak256(abi.encode(slot, applicant))), inner nodes keccak256 of the two below in
/// ascending order.
contract EligibilityList {
    /// @notice A constructor value that can never work.
    error SettingInvalid();
    /// @notice Not the owner of this slot, or the newest window does not say that it is eligible.
    error NotEligible(address applicant);
    /// @notice The applicant has been admitted before.
    error AlreadyAdmitted(address applicant);

    /// @notice An eligible applicant asked to be admitted.
    event Admitted(address indexed applicant, uint64 indexed window);

    IWindowResults private immutable _registry;
    bytes32 private immutable _jobId;
    uint64 private immutable _maxAgeSeconds;
    bytes32 private immutable _applicants;
    mapping(address applicant => bool admitted) private _admitted;

    /// @notice Reverts with SettingInvalid or ProvenOutputs.RegistryWithoutCode.
    /// @param registry Where results are recorded; must be a contract.
    /// @param jobId The job, whose first outputs are the applicants' bits.
    /// @param applicants Root of the tree of slots and their owners' addresses.
    /// @param maxAgeSeconds Oldest result that makes eligible, by the time it was recorded; at least 1.
    constructor(IWindowResults registry, bytes32 jobId, bytes32 applicants, uint64 maxAgeSeconds) {
        ProvenOutputs.requireRegistry(registry);
        require(maxAgeSeconds > 0 && applicants != bytes32(0), SettingInvalid());
        _registry = registry;
        _jobId = jobId;
        _maxAgeSeconds = maxAgeSeconds;
        _applicants = applicants;
    }

    /// @notice True if the applicant owns the slot and the newest window is proven, not too old, and says that the slot
    /// is eligible.
    /// @param applicant Any address.
    /// @param slot The applicant's slot in the job.
    /// @param path Siblings of the applicant's leaf, from the leaf up.
    function isEligible(address applicant, uint256 slot, bytes32[] calldata path) external view returns (bool) {
        (bool eligible,) = _eligibility(applicant, slot, path);
        return eligible;
    }

    /// @notice Example of a guarded action: admits the sender, once. Emits Admitted. Reverts with NotEligible or
    /// AlreadyAdmitted.
    /// @param slot The sender's slot in the job.
    /// @param path Siblings of the sender's leaf, from the leaf up.
    function enter(uint256 slot, bytes32[] calldata path) external {
        (bool eligible, uint64 window) = _eligibility(msg.sender, slot, path);
        require(eligible, NotEligible(msg.sender));
        require(!_admitted[msg.sender], AlreadyAdmitted(msg.sender));
        _admitted[msg.sender] = true;
        emit Admitted(msg.sender, window);
    }

    /// @notice True if the applicant has entered.
    /// @param applicant Any address.
    function isAdmitted(address applicant) external view returns (bool) {
        return _admitted[applicant];
    }

    /// @dev Bits are packed from bit 0, 253 in a word.
    function _eligibility(address applicant, uint256 slot, bytes32[] calldata path)
        private
        view
        returns (bool eligible, uint64 window)
    {
        uint64 next = _registry.nextWindow(_jobId);
        bytes32 leaf = keccak256(bytes.concat(keccak256(abi.encode(slot, applicant))));
        if (
            next == 0 || slot >= ProvenOutputs.WORDS_MAX * ProvenOutputs.WORD_BITS
                || !MerkleProof.verifyCalldata(path, _applicants, leaf)
        ) {
            return (false, 0);
        }
        window = next - 1;
        // Both fit 8 bits: a slot is below 8 * 253.
        OutputPlace memory place =
            OutputPlace(uint8(slot / ProvenOutputs.WORD_BITS), uint8(slot % ProvenOutputs.WORD_BITS), 1);
        (bool proven, uint256 value, uint256 postedAt) = ProvenOutputs.read(_registry, _jobId, window, place);
        eligible = proven && value == 1 && block.timestamp - postedAt <= _maxAgeSeconds;
    }
}

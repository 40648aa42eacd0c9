// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {Ownable2Step} from "@openzeppelin/contracts/access/Ownable2Step.sol";
import {Address} from "@openzeppelin/contracts/utils/Address.sol";
import {IWindowResults} from "src/interfaces/IWindowResults.sol";
import {OutputPlace, ProvenOutputs} from "src/libraries/ProvenOutputs.sol";

/// @title Example consumer: does what a secret vote has decided
/// @notice A proposal is one stored call or payment, bound to one window of the vote's job while that window is still
/// open. If the window's result is proven and says that the vote passed, anybody may have the call made, once and for
/// a limited time.
/// @dev The owner proposes and can do nothing else: a proposal is never changed and never taken back.
contract VoteExecutor is Ownable2Step {
    /// @notice A constructor value that can never work.
    error SettingInvalid();
    /// @notice The window can no longer be voted on: it or a later one has been recorded.
    error WindowClosed(uint64 window, uint64 next);
    /// @notice The window has a proposal, and it stays.
    error WindowHasProposal(uint64 window);
    /// @notice Nothing was proposed for the window.
    error ProposalUnknown(uint64 window);
    /// @notice The call was made before.
    error ProposalAlreadyExecuted(uint64 window);
    /// @notice No proven result says that the vote passed.
    error VoteNotPassed(uint64 window);
    /// @notice The vote passed too long ago.
    error ResultStale(uint256 postedAt, uint256 maxAgeSeconds);

    /// @notice What the voters of a window decide on.
    event Proposed(uint64 indexed window, address indexed target, uint256 value, bytes data);
    /// @notice The vote passed and its call was made.
    event Executed(uint64 indexed window);

    /// @param executed Shares the slot of the target, which is never zero.
    struct Proposal {
        address target;
        bool executed;
        uint256 value;
        bytes data;
    }

    IWindowResults private immutable _registry;
    bytes32 private immutable _jobId;
    uint8 private immutable _word;
    uint8 private immutable _offset;
    uint64 private immutable _maxAgeSeconds;
    mapping(uint64 window => Proposal proposal) private _proposals;

    /// @notice Takes ether, for the calls. Reverts with SettingInvalid, ProvenOutputs.RegistryWithoutCode or
    /// ProvenOutputs.OutputPlaceInvalid.
    /// @param initialOwner May propose.
    /// @param registry Where results are recorded; must be a contract.
    /// @param jobId The vote's job.
    /// @param passed Where its bit "passed" stands; one bit wide.
    /// @param maxAgeSeconds How long after the result was recorded the call may be made; at least 1.
    constructor(
        address initialOwner,
        IWindowResults registry,
        bytes32 jobId,
        OutputPlace memory passed,
        uint64 maxAgeSeconds
    ) payable Ownable(initialOwner) {
        ProvenOutputs.requireRegistry(registry);
        ProvenOutputs.requireValid(passed);
        require(passed.bits == 1 && maxAgeSeconds > 0, SettingInvalid());
        _registry = registry;
        _jobId = jobId;
        (_word, _offset) = (passed.word, passed.offset);
        _maxAgeSeconds = maxAgeSeconds;
    }

    /// @notice Takes ether, for the calls.
    receive() external payable {}

    /// @notice Binds a call to a window that has not been recorded yet. Owner only. Emits Proposed. Reverts with
    /// OwnableUnauthorizedAccount, SettingInvalid (target zero), WindowHasProposal or WindowClosed.
    /// @param window The window of the vote.
    /// @param target Whom to call or pay; with data it must be a contract when the call is made.
    /// @param value Ether to send along, from this contract's balance.
    /// @param data The call; empty to pay and nothing else.
    function propose(uint64 window, address target, uint256 value, bytes calldata data) external onlyOwner {
        require(target != address(0), SettingInvalid());
        require(_proposals[window].target == address(0), WindowHasProposal(window));
        uint64 next = _registry.nextWindow(_jobId);
        require(window >= next, WindowClosed(window, next));
        _proposals[window] = Proposal(target, false, value, data);
        emit Proposed(window, target, value, data);
    }

    /// @notice Makes the call of a passed vote. Anybody may call. Emits Executed. Reverts with ProposalUnknown,
    /// ProposalAlreadyExecuted, VoteNotPassed, ResultStale or what the call reverts with; a call that failed can be
    /// tried again.
    /// @param window The window of the vote.
    function execute(uint64 window) external {
        Proposal storage proposal = _proposals[window];
        require(proposal.target != address(0), ProposalUnknown(window));
        require(!proposal.executed, ProposalAlreadyExecuted(window));
        (bool proven, uint256 passed, uint256 postedAt) =
            ProvenOutputs.read(_registry, _jobId, window, OutputPlace(_word, _offset, 1));
        require(proven && passed == 1, VoteNotPassed(window));
        require(block.timestamp - postedAt <= _maxAgeSeconds, ResultStale(postedAt, _maxAgeSeconds));
        proposal.executed = true;
        emit Executed(window);
        if (proposal.data.length == 0) {
            Address.sendValue(payable(proposal.target), proposal.value);
        } else {
            Address.functionCallWithValue(proposal.target, proposal.data, proposal.value);
        }
    }

    /// @notice The call that a window decides on; target zero if there is none.
    /// @param window The window of the vote.
    function proposalOf(uint64 window) external view returns (Proposal memory) {
        return _proposals[window];
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Assurance, IWindowResults, WindowResult} from "src/interfaces/IWindowResults.sol";

/// @title Example consumer: a market that stops lending when its collateral gets thin
/// @notice Borrowing pauses as soon as one window's level reaches the limit, and resumes only after a run of
/// consecutive calm windows. Calm is a proven result below the limit; a missing window, or one without a proof, ends
/// the run.
/// @dev The level is read from the lowest bits of the outputs. There is no owner: the limits never change.
contract MarketGuard {
    /// @notice A constructor value that can never work.
    error SettingInvalid();
    /// @notice Borrowing is paused; `calmWindows` of `required` have passed.
    error BorrowingIsPaused(uint64 calmWindows, uint64 required);
    /// @notice No result yet, or the newest is older than allowed.
    error ResultStale(uint256 postedAt, uint256 maxAgeSeconds);
    /// @notice More windows are waiting than one call takes: call sync first.
    error WindowsWaiting(uint64 processed, uint64 next);

    /// @notice A window's level reached the limit.
    event BorrowingPaused(uint64 indexed window, uint128 level);
    /// @notice The required run of calm windows ended with this one.
    event BorrowingResumed(uint64 indexed window);
    /// @notice Somebody borrowed.
    event Borrowed(address indexed borrower, uint256 amount);

    /// @dev One slot. next: the window after the last one processed.
    struct State {
        uint64 next;
        uint64 calmWindows;
        bool paused;
    }

    /// @notice Most windows that one call processes, so that a call always fits into a block.
    uint64 public constant WINDOWS_PER_SYNC = 64;

    IWindowResults private immutable _registry;
    bytes32 private immutable _jobId;
    uint128 private immutable _levelMask;
    uint128 private immutable _pauseLevel;
    uint64 private immutable _calmWindowsRequired;
    uint64 private immutable _maxAgeSeconds;
    State private _state;

    /// @notice Reverts with SettingInvalid.
    /// @param registry Where results are recorded; must be a contract.
    /// @param jobId The job whose level counts.
    /// @param levelBits Bits of the level, 1 to 127.
    /// @param pauseLevel Levels from here up pause; 1 to 2^levelBits - 1.
    /// @param calmWindowsRequired Run of calm windows that resumes; at least 1.
    /// @param maxAgeSeconds Oldest result, by the time it was recorded, on which somebody may borrow; at least 1.
    constructor(
        IWindowResults registry,
        bytes32 jobId,
        uint8 levelBits,
        uint128 pauseLevel,
        uint64 calmWindowsRequired,
        uint64 maxAgeSeconds
    ) {
        require(
            address(registry).code.length > 0 && levelBits > 0 && levelBits < 128 && pauseLevel > 0
                && pauseLevel >> levelBits == 0 && calmWindowsRequired > 0 && maxAgeSeconds > 0,
            SettingInvalid()
        );
        _registry = registry;
        _jobId = jobId;
        _levelMask = uint128((uint256(1) << levelBits) - 1);
        _pauseLevel = pauseLevel;
        _calmWindowsRequired = calmWindowsRequired;
        _maxAgeSeconds = maxAgeSeconds;
    }

    /// @notice Processes the windows recorded since the last call, in order, at most WINDOWS_PER_SYNC of them. Anybody
    /// may call. Emits BorrowingPaused or BorrowingResumed for every change.
    function sync() external {
        _sync();
    }

    /// @notice Example of a guarded action: emits Borrowed. Anybody may call. Processes waiting windows first. Reverts
    /// with WindowsWaiting, BorrowingIsPaused or ResultStale.
    /// @param amount What to borrow; no asset moves in this example.
    function borrow(uint256 amount) external {
        State memory state = _sync();
        uint64 next = _registry.nextWindow(_jobId);
        require(state.next == next, WindowsWaiting(state.next, next));
        require(!state.paused, BorrowingIsPaused(state.calmWindows, _calmWindowsRequired));
        uint256 postedAt = next == 0 ? 0 : _registry.resultOf(_jobId, next - 1).postedAt;
        require(next > 0 && block.timestamp - postedAt <= _maxAgeSeconds, ResultStale(postedAt, _maxAgeSeconds));
        emit Borrowed(msg.sender, amount);
    }

    /// @notice State after the last sync.
    /// @return paused True while borrowing is paused.
    /// @return calmWindows Length of the present run of calm windows, counted up to what is required.
    /// @return next The window after the last one processed.
    function status() external view returns (bool paused, uint64 calmWindows, uint64 next) {
        State memory state = _state;
        return (state.paused, state.calmWindows, state.next);
    }

    function _sync() private returns (State memory state) {
        state = _state;
        uint64 next = _registry.nextWindow(_jobId);
        uint64 end = next - state.next > WINDOWS_PER_SYNC ? state.next + WINDOWS_PER_SYNC : next;
        if (state.next == end) {
            return state;
        }
        for (uint64 window = state.next; window < end; ++window) {
            _process(state, window, _registry.resultOf(_jobId, window));
        }
        state.next = end;
        _state = state;
    }

    /// @dev A level at the limit pauses whatever its assurance; only proven results below it are calm.
    function _process(State memory state, uint64 window, WindowResult memory result) private {
        uint128 level = result.outputs & _levelMask;
        bool posted = result.assurance != Assurance.None;
        if (result.assurance == Assurance.Proven && level < _pauseLevel) {
            if (state.calmWindows < _calmWindowsRequired) {
                ++state.calmWindows;
            }
        } else {
            state.calmWindows = 0;
        }
        if (posted && level >= _pauseLevel && !state.paused) {
            state.paused = true;
            emit BorrowingPaused(window, level);
        } else if (state.paused && state.calmWindows == _calmWindowsRequired) {
            state.paused = false;
            emit BorrowingResumed(window);
        }
    }
}

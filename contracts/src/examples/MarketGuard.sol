// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Assurance, IWindowResults, WindowResult} from "src/interfaces/IWindowResults.sol";

/// @notice When a market counts as thin. The job's outputs are one level for each price shock, the mildest shock
/// first, then the number of the smallest shock at which borrowing must stop (the number of shocks if none stops it).
/// @param levelBits Bits of one level, 1 to 127; the first stands at bit 0.
/// @param pauseLevel Levels under the first shock from here up pause; 1 to 2^levelBits - 1.
/// @param shockOffset Lowest bit of the smallest shock's number.
/// @param shockBits Its bits; zero if only the level counts. The outputs read take at most 128 bits.
/// @param shocksToBear Numbers below this pause: so many shocks, from the first, must not stop the market; 1 to
/// 2^shockBits - 1, and zero if only the level counts.
/// @param calmWindows Run of calm windows that resumes; at least 1.
/// @param maxAgeSeconds Oldest proven result, by the time it was recorded, on which somebody may borrow; at least 1.
struct GuardPolicy {
    uint8 levelBits;
    uint128 pauseLevel;
    uint8 shockOffset;
    uint8 shockBits;
    uint128 shocksToBear;
    uint64 calmWindows;
    uint64 maxAgeSeconds;
}

/// @title Example consumer: a market that stops lending when its collateral gets thin
/// @notice Borrowing pauses as soon as one window's level reaches the limit or a shock that the market must bear would
/// stop it, and resumes only after a run of consecutive calm windows. Calm is a proven result with neither; a skipped
/// window, or one without a proof, ends the run and does not count as news: without a proven result borrowing stops.
/// @dev There is no owner: the limits never change.
contract MarketGuard {
    /// @notice A constructor value that can never work.
    error SettingInvalid();
    /// @notice Borrowing is paused; `calmWindows` of `required` have passed.
    error BorrowingIsPaused(uint64 calmWindows, uint64 required);
    /// @notice No proven result yet, or the newest is older than allowed.
    error ResultStale(uint256 postedAt, uint256 maxAgeSeconds);
    /// @notice More windows are waiting than one call takes: call sync first.
    error WindowsWaiting(uint64 processed, uint64 next);

    /// @notice A window's level reached the limit, or its smallest stopping shock is one that the market must bear.
    event BorrowingPaused(uint64 indexed window, uint128 level, uint128 smallestShock);
    /// @notice The required run of calm windows ended with this one.
    event BorrowingResumed(uint64 indexed window);
    /// @notice Somebody borrowed.
    event Borrowed(address indexed borrower, uint256 amount);

    /// @dev One slot. next: the window after the last one processed. provenAt: when the newest proven result among
    /// those processed was recorded, zero for none; a proof that came after its window had been processed does not
    /// count.
    struct State {
        uint64 next;
        uint64 calmWindows;
        uint40 provenAt;
        bool paused;
    }

    /// @notice Most windows that one call processes, a run of skipped ones counted as one, so that a call always fits
    /// into a block.
    uint64 public constant WINDOWS_PER_SYNC = 64;

    IWindowResults private immutable _registry;
    bytes32 private immutable _jobId;
    uint128 private immutable _levelMask;
    uint128 private immutable _pauseLevel;
    uint8 private immutable _shockOffset;
    uint128 private immutable _shockMask;
    uint128 private immutable _shocksToBear;
    uint64 private immutable _calmWindowsRequired;
    uint64 private immutable _maxAgeSeconds;
    State private _state;

    /// @notice Reverts with SettingInvalid.
    /// @param registry Where results are recorded; must be a contract.
    /// @param jobId The job whose levels count.
    /// @param policy When the market counts as thin.
    constructor(IWindowResults registry, bytes32 jobId, GuardPolicy memory policy) {
        require(
            address(registry).code.length > 0 && policy.levelBits > 0 && policy.levelBits < 128
                && policy.pauseLevel > 0 && policy.pauseLevel >> policy.levelBits == 0 && policy.calmWindows > 0
                && policy.maxAgeSeconds > 0,
            SettingInvalid()
        );
        require(
            uint256(policy.shockOffset) + policy.shockBits <= 128 && policy.shockBits < 128
                && (policy.shocksToBear > 0) == (policy.shockBits > 0)
                && policy.shocksToBear >> policy.shockBits == 0,
            SettingInvalid()
        );
        _registry = registry;
        _jobId = jobId;
        _levelMask = uint128((uint256(1) << policy.levelBits) - 1);
        _pauseLevel = policy.pauseLevel;
        _shockOffset = policy.shockOffset;
        _shockMask = uint128((uint256(1) << policy.shockBits) - 1);
        _shocksToBear = policy.shocksToBear;
        _calmWindowsRequired = policy.calmWindows;
        _maxAgeSeconds = policy.maxAgeSeconds;
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
        require(
            state.provenAt > 0 && block.timestamp - state.provenAt <= _maxAgeSeconds,
            ResultStale(state.provenAt, _maxAgeSeconds)
        );
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
        if (state.next == next) {
            return state;
        }
        for (uint256 count = 0; count < WINDOWS_PER_SYNC && state.next < next; ++count) {
            WindowResult memory result = _registry.resultOf(_jobId, state.next);
            if (result.assurance == Assurance.None) {
                state.calmWindows = 0;
                // Windows are processed in order, so a run is met at its first window, as the registry keeps it.
                uint64 last = _registry.skippedRunAt(_jobId, state.next).last;
                state.next = (last > state.next ? last : state.next) + 1;
            } else {
                _process(state, state.next, result);
                ++state.next;
            }
        }
        _state = state;
    }

    /// @dev A thin market pauses whatever the assurance; only proven results of a market that is not thin are calm.
    function _process(State memory state, uint64 window, WindowResult memory result) private {
        uint128 level = result.outputs & _levelMask;
        uint128 shock = (result.outputs >> _shockOffset) & _shockMask;
        bool thin = level >= _pauseLevel || shock < _shocksToBear;
        if (result.assurance == Assurance.Proven) {
            state.provenAt = result.postedAt;
        }
        if (result.assurance == Assurance.Proven && !thin) {
            if (state.calmWindows < _calmWindowsRequired) {
                ++state.calmWindows;
            }
        } else {
            state.calmWindows = 0;
        }
        if (thin && !state.paused) {
            state.paused = true;
            emit BorrowingPaused(window, level, shock);
        } else if (state.paused && state.calmWindows == _calmWindowsRequired) {
            state.paused = false;
            emit BorrowingResumed(window);
        }
    }
}

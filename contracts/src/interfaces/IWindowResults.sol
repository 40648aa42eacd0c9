// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice What a result rests on. None: no result; below the next window that means skipped. Attested: group
/// signature alone, without a proof. Proven: group signature and a verified proof.
enum Assurance {
    None,
    Attested,
    Proven
}

/// @notice One window's result; exactly one storage slot.
/// @param outputs The job's outputs, packed from bit 0 as the rule declares them: all of them if they take at most 128
/// bits, else the lowest 128 bits of the first output word.
/// @param postedAt Time of the block that recorded it with this assurance, in seconds.
/// @param assurance What the result rests on.
/// @param statementTag Lowest 80 bits of the signed message.
struct WindowResult {
    uint128 outputs;
    uint40 postedAt;
    Assurance assurance;
    uint80 statementTag;
}

/// @notice A run of windows that the group closed without results; one storage slot, kept under the first of them.
/// @param last The last of them; zero with a time of zero if no run begins here.
/// @param postedAt Time of the block that recorded it, in seconds; zero if no run begins here.
/// @param reason 1: too few contributors, 2: no tick, 3: cannot be computed.
/// @param statementTag Lowest 80 bits of the signed message.
struct SkippedRun {
    uint64 last;
    uint40 postedAt;
    uint8 reason;
    uint80 statementTag;
}

/// @title Results of windows, as a consumer reads them
/// @notice Every window below the next one is proven, attested or skipped. What is recorded stays, but for one change:
/// a proof of the same result makes an attested one proven, once.
interface IWindowResults {
    /// @notice The result of a window; assurance None if it has none (yet, or because it was skipped).
    /// @param jobId The job.
    /// @param window The window's number.
    function resultOf(bytes32 jobId, uint64 window) external view returns (WindowResult memory);

    /// @notice All outputs of a window, packed as the rule declares them into one word or several (docs/wire.md,
    /// section 3), everything else cut off; empty if it has no result.
    /// @param jobId The job.
    /// @param window The window's number.
    function outputsOf(bytes32 jobId, uint64 window) external view returns (uint256[] memory words);

    /// @notice One word of a window's outputs with the result it belongs to; zero if there is none or the job had
    /// not so many output words.
    /// @param jobId The job.
    /// @param window The window's number.
    /// @param index From 0.
    function outputWordOf(bytes32 jobId, uint64 window, uint256 index)
        external
        view
        returns (WindowResult memory result, uint256 word);

    /// @notice The run of skipped windows that begins at this one.
    /// @param jobId The job.
    /// @param first The window's number.
    function skippedRunAt(bytes32 jobId, uint64 first) external view returns (SkippedRun memory);

    /// @notice The only window that can be posted or skipped now: one above the newest, 0 before the first.
    /// @param jobId The job.
    function nextWindow(bytes32 jobId) external view returns (uint64);
}

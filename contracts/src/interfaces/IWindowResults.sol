// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice What a posted result rests on.
/// None: nothing posted. Attested: group signature alone. Proven: group signature and a verified proof.
enum Assurance {
    None,
    Attested,
    Proven
}

/// @notice One window's result; exactly one storage slot.
/// @param outputs The job's outputs, packed from bit 0 as the rule declares them: all of them if they take at most 128
/// bits, else the lowest 128 bits of the first output word.
/// @param postedAt Time of the block that recorded it, in seconds.
/// @param assurance What the result rests on.
/// @param statementTag Lowest 80 bits of the signed message.
struct WindowResult {
    uint128 outputs;
    uint40 postedAt;
    Assurance assurance;
    uint80 statementTag;
}

/// @title Results of windows, as a consumer reads them
interface IWindowResults {
    /// @notice The result of a window; assurance None if nothing was posted for it.
    /// @param jobId The job.
    /// @param window The window's number.
    function resultOf(bytes32 jobId, uint64 window) external view returns (WindowResult memory);

    /// @notice All outputs of a window, packed as the rule declares them into one word or several (docs/wire.md, section
    /// 3), everything else cut off; empty if nothing was posted for it.
    /// @param jobId The job.
    /// @param window The window's number.
    function outputsOf(bytes32 jobId, uint64 window) external view returns (uint256[] memory words);

    /// @notice One word of a window's outputs with the result it belongs to; zero if nothing was posted or the job has
    /// not so many output words.
    /// @param jobId The job.
    /// @param window The window's number.
    /// @param index From 0.
    function outputWordOf(bytes32 jobId, uint64 window, uint256 index)
        external
        view
        returns (WindowResult memory result, uint256 word);

    /// @notice The lowest window that can still be posted: one above the newest posted window, 0 before the first.
    /// @param jobId The job.
    function nextWindow(bytes32 jobId) external view returns (uint64);
}

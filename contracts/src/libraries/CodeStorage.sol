// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Constant data as the code of a contract
/// @notice Reading n bytes costs one cold account access instead of one cold slot for every 32 bytes, and code can
/// never be changed. The data are preceded by a STOP byte, so that a call to the address runs nothing.
library CodeStorage {
    /// @notice The data do not fit into one contract (EIP-170).
    error CodeStorageTooLarge(uint256 size, uint256 maximum);
    /// @notice The data contract could not be created.
    error CodeStorageFailed();

    uint256 internal constant DATA_BYTES_MAX = 24575;

    /// @notice Stores data for ever.
    /// @param data At most 24,575 bytes.
    /// @return pointer Address of the data contract.
    function write(bytes memory data) internal returns (address pointer) {
        require(data.length <= DATA_BYTES_MAX, CodeStorageTooLarge(data.length, DATA_BYTES_MAX));
        // Creation code of 11 bytes: PUSH3 size, DUP1, PUSH1 11, PUSH0, CODECOPY, PUSH0, RETURN: everything after
        // itself (size = data.length + 1 <= 24,576 fits 3 bytes) becomes the code. 0x00 is the STOP byte.
        bytes memory creation =
            abi.encodePacked(hex"62", uint24(data.length + 1), hex"80600b5f395ff3", hex"00", data);
        // Memory-safe: reads `creation` only. create returns zero on failure.
        assembly ("memory-safe") {
            pointer := create(0, add(creation, 0x20), mload(creation))
        }
        require(pointer != address(0), CodeStorageFailed());
    }

    /// @notice Reads data stored by write.
    /// @param pointer What write returned.
    function read(address pointer) internal view returns (bytes memory data) {
        bytes memory code = pointer.code;
        // Memory-safe: the copied code (length n >= 1) begins with the STOP byte. The array is moved one byte up by
        // writing its new length n - 1 at code + 1: this overwrites that byte, and the last byte stays in place.
        assembly ("memory-safe") {
            data := add(code, 1)
            mstore(data, sub(mload(code), 1))
        }
    }
}

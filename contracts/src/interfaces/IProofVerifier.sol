// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Verifier of one circuit's joint proofs
/// @notice What the registry needs of a verifier. A failed verification reverts: a caller cannot overlook it, and a gas
/// estimate cannot settle on the cheap failing path.
interface IProofVerifier {
    /// @notice Returns normally only if the proof shows the statement of these public inputs.
    /// @param publicInputs The public inputs in the circuit's order, each below the group order r.
    /// @param proof A || B || C || D || PoK, 384 bytes, or A || B || C || D || D2 || PoK, 448 bytes: what the key
    /// declares.
    function verify(uint256[] calldata publicInputs, bytes calldata proof) external view;

    /// @notice keccak256 of the verifying key.
    function keyDigest() external view returns (bytes32);

    /// @notice How many public inputs a statement has.
    function publicInputCount() external view returns (uint256);

    /// @notice The last public inputs, as far as no other values for them are taken.
    function fixedInputs() external view returns (uint256[] memory);
}

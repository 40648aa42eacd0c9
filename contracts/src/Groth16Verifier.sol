// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IProofVerifier} from "src/interfaces/IProofVerifier.sol";
import {BN254} from "src/libraries/BN254.sol";
import {CodeStorage} from "src/libraries/CodeStorage.sol";

/// @title Groth16 over BN254 with one in-proof commitment, for any verifying key
/// @notice One contract for every rule: the key is checked at construction and kept as contract code. The key comes
/// from a setup outside this contract; a key of a local (unsafe) setup verifies forged proofs of whoever made it.
/// @dev Key: alpha(64) || beta(128) || gamma(128) || delta(128) || sigma(128) || K_0 .. K_m, 64 bytes each; m = public
/// inputs + 1. Proof: A(64) || B(128) || C(64) || D(64) || PoK(64). Both as gnark orders them (docs/wire.md, section
/// 4); sigma is gnark's GSigmaNeg, and the Pedersen point G is gamma. With the inputs x_1 .. x_n and c = keccak256(D)
/// mod r, let
///
///     X = K_0 + x_1 K_1 + .. + x_n K_n + c K_(n+1) + D
///
/// Groth16 with its commitment holds if   e(A, B) = e(alpha, beta) e(X, gamma) e(C, delta)
/// the proof of knowledge of D holds if   e(D, sigma) e(PoK, gamma) = 1
///
/// Both hold, up to a chance of 1/r, if for the weight w = keccak256(key digest || inputs || proof) mod r
///
///     e(A, B) e(-alpha, beta) e(w PoK - X, gamma) e(-C, delta) e(w D, sigma) = 1
///
/// since w is fixed only after everything that it weighs: this is one pairing call of five pairs instead of two of six.
contract Groth16Verifier is IProofVerifier {
    /// @notice The key has not the bytes of five points and at least three K: constant, one input, challenge.
    error KeyLengthInvalid(uint256 length);
    /// @notice The G1 point at this offset of the key is the identity, not canonical or off the curve.
    error KeyPointInvalid(uint256 offset);
    /// @notice The G2 point at this offset of the key is the identity, not canonical, off the twist, or outside the
    /// subgroup.
    error KeyTwistPointInvalid(uint256 offset);
    /// @notice Two of gamma, delta and sigma are equal or opposite, or delta is the generator or its opposite: with
    /// such a key anybody can make proofs.
    error KeyDegenerate(uint256 firstOffset, uint256 secondOffset);
    /// @notice Not as many public inputs as the key has points for.
    error PublicInputCountInvalid(uint256 given, uint256 expected);
    /// @notice A public input at or above r.
    error PublicInputNotInField(uint256 index, uint256 value);
    /// @notice Not the bytes of one proof.
    error ProofLengthInvalid(uint256 given, uint256 expected);
    /// @notice A coordinate of the proof is at or above p, or a point is the identity or off the curve.
    error ProofPointInvalid();
    /// @notice The pairing equation does not hold: no proof of this statement.
    error ProofInvalid();

    uint256 private constant PROOF_BYTES = 384;
    uint256 private constant G1_BYTES = 64;

    // Offsets in the key.
    uint256 private constant ALPHA = 0;
    uint256 private constant BETA = 64;
    uint256 private constant GAMMA = 192;
    uint256 private constant DELTA = 320;
    uint256 private constant SIGMA = 448;
    uint256 private constant K = 576;

    // Offsets in the proof.
    uint256 private constant A = 0;
    uint256 private constant B = 64;
    uint256 private constant C = 192;
    uint256 private constant D = 256;
    uint256 private constant POK = 320;

    /// @dev Constant and challenge: points of K that belong to no public input.
    uint256 private constant K_FIXED = 2;

    address private immutable _key;
    bytes32 private immutable _keyDigest;
    uint256 private immutable _publicInputCount;

    /// @notice Checks and stores the key. Reverts with KeyLengthInvalid, KeyPointInvalid, KeyTwistPointInvalid or
    /// KeyDegenerate.
    /// @param key The verifying key's bytes.
    constructor(bytes memory key) {
        uint256 points = key.length < K ? 0 : (key.length - K) / G1_BYTES;
        require(points > K_FIXED && key.length == K + points * G1_BYTES, KeyLengthInvalid(key.length));
        require(BN254.isG1(key, ALPHA), KeyPointInvalid(ALPHA));
        for (uint256 offset = K; offset < key.length; offset += G1_BYTES) {
            require(BN254.isG1(key, offset), KeyPointInvalid(offset));
        }
        for (uint256 offset = BETA; offset < K; offset += GAMMA - BETA) {
            require(
                BN254.isTwist(key, offset) && BN254.isInSubgroup(key, ALPHA, offset), KeyTwistPointInvalid(offset)
            );
        }
        _requireDistinct(key, GAMMA, DELTA);
        _requireDistinct(key, GAMMA, SIGMA);
        _requireDistinct(key, DELTA, SIGMA);
        require(
            BN254.word(key, DELTA) != BN254.GENERATOR_X_C1 || BN254.word(key, DELTA + 32) != BN254.GENERATOR_X_C0,
            KeyDegenerate(DELTA, DELTA)
        );
        _key = CodeStorage.write(key);
        _keyDigest = keccak256(key);
        _publicInputCount = points - K_FIXED;
    }

    /// @inheritdoc IProofVerifier
    /// @dev Anybody may call. Reverts with PublicInputCountInvalid, ProofLengthInvalid, PublicInputNotInField,
    /// ProofPointInvalid or ProofInvalid; with BN254.PrecompileFailed if B is outside the subgroup, which costs all gas
    /// given.
    function verify(uint256[] calldata publicInputs, bytes calldata proof) external view {
        require(
            publicInputs.length == _publicInputCount, PublicInputCountInvalid(publicInputs.length, _publicInputCount)
        );
        require(proof.length == PROOF_BYTES, ProofLengthInvalid(proof.length, PROOF_BYTES));
        // One buffer: the preimage of the weight, which ends with the proof.
        bytes memory statement = abi.encodePacked(_keyDigest, publicInputs, proof);
        uint256 start = statement.length - PROOF_BYTES;
        require(
            BN254.isG1(statement, start + A) && BN254.isTwist(statement, start + B)
                && BN254.isG1(statement, start + C) && BN254.isG1(statement, start + D)
                && BN254.isG1(statement, start + POK),
            ProofPointInvalid()
        );
        uint256 weight = uint256(keccak256(statement)) % BN254.R;
        bytes memory key = CodeStorage.read(_key);

        // X, then w PoK - X as the sum and w D as the product beside it
        BN254.Accumulator memory sum = _statementPoint(key, publicInputs, statement, start + D);
        sum.y = BN254.negate(sum.y);
        BN254.addMultiple(sum, statement, start + POK, weight);
        BN254.multiply(sum, statement, start + D, weight);

        uint256[30] memory pairs;
        // Memory-safe: fills the 960 bytes of `pairs`, 192 bytes a pair, from whole points of proof (A || B, C), key
        // (alpha || beta, gamma, delta, sigma) and `sum`; the lengths of proof and key have been checked.
        assembly ("memory-safe") {
            let proofBytes := add(add(statement, 0x20), start)
            let keyBytes := add(key, 0x20)
            mcopy(pairs, proofBytes, 0xc0)
            mcopy(add(pairs, 0xc0), keyBytes, 0xc0)
            mcopy(add(pairs, 0x180), sum, 0x40)
            mcopy(add(pairs, 0x1c0), add(keyBytes, GAMMA), 0x80)
            mcopy(add(pairs, 0x240), add(proofBytes, C), 0x40)
            mcopy(add(pairs, 0x280), add(keyBytes, DELTA), 0x80)
            mcopy(add(pairs, 0x300), add(sum, 0x40), 0x40)
            mcopy(add(pairs, 0x340), add(keyBytes, SIGMA), 0x80)
        }
        // -alpha and -C
        pairs[7] = BN254.negate(pairs[7]);
        pairs[19] = BN254.negate(pairs[19]);
        require(BN254.pairingIsOne(pairs), ProofInvalid());
    }

    /// @inheritdoc IProofVerifier
    function keyDigest() external view returns (bytes32) {
        return _keyDigest;
    }

    /// @inheritdoc IProofVerifier
    function publicInputCount() external view returns (uint256) {
        return _publicInputCount;
    }

    /// @notice The verifying key's bytes.
    function verifyingKey() external view returns (bytes memory) {
        return CodeStorage.read(_key);
    }

    /// @dev X = K_0 + x_1 K_1 + .. + x_n K_n + c K_(n+1) + D, where D stands in `statement` at `commitment`.
    function _statementPoint(
        bytes memory key,
        uint256[] calldata publicInputs,
        bytes memory statement,
        uint256 commitment
    ) private view returns (BN254.Accumulator memory sum) {
        sum.x = BN254.word(key, K);
        sum.y = BN254.word(key, K + 32);
        BN254.add(sum, statement, commitment);
        uint256 offset = K;
        for (uint256 index = 0; index < publicInputs.length; ++index) {
            uint256 value = publicInputs[index];
            require(value < BN254.R, PublicInputNotInField(index, value));
            offset += G1_BYTES;
            BN254.addMultiple(sum, key, offset, value);
        }
        uint256 challenge;
        // Memory-safe: hashes the 64 bytes of D inside `statement`.
        assembly ("memory-safe") {
            challenge := keccak256(add(add(statement, 0x20), commitment), 0x40)
        }
        BN254.addMultiple(sum, key, offset + G1_BYTES, challenge % BN254.R);
    }

    /// @dev Equal x means equal or opposite points.
    function _requireDistinct(bytes memory key, uint256 first, uint256 second) private pure {
        require(
            BN254.word(key, first) != BN254.word(key, second)
                || BN254.word(key, first + 32) != BN254.word(key, second + 32),
            KeyDegenerate(first, second)
        );
    }
}

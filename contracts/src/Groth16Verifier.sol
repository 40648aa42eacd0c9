// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IProofVerifier} from "src/interfaces/IProofVerifier.sol";
import {BN254} from "src/libraries/BN254.sol";
import {CodeStorage} from "src/libraries/CodeStorage.sol";

/// @title Groth16 over BN254 with one or two in-proof commitments, for any verifying key
/// @notice One contract for every rule: the key is checked at construction and kept as contract code. The key comes
/// from a setup outside this contract; a key of a local (unsafe) setup verifies forged proofs of whoever made it.
/// @dev Key: m(1) || alpha(64) || beta(128) || gamma(128) || delta(128) || sigma_1 .. sigma_m(128) || K_0 .. K_(n+m),
/// 64 bytes each; n public inputs, m = 1 or 2 commitments. Proof: A(64) || B(128) || C(64) || D_1 .. D_m(64) ||
/// PoK(64). Both as gnark orders them (docs/wire.md, section 4); sigma is gnark's GSigmaNeg, and the Pedersen point G
/// is gamma. With the inputs x_1 .. x_n and c_j = keccak256(D_j) mod r, let
///
///     X = K_0 + x_1 K_1 + .. + x_n K_n + sum of (c_j K_(n+j) + D_j)
///
///     Groth16 with its commitments holds if   e(A, B) = e(alpha, beta) e(X, gamma) e(C, delta)
///     the proof of knowledge holds if         e(D_1, sigma_1) e(rho D_2, sigma_2) e(PoK, gamma) = 1
///
/// where rho, the challenge that folds two proofs of knowledge into one, is a hash of c_1 and c_2 (_foldChallenge).
/// Both hold, up to a chance of 1/r, if for the weight w = keccak256(key digest || inputs || proof) mod r
///
///     e(A, B) e(-alpha, beta) e(w PoK - X, gamma) e(-C, delta) e(w D_1, sigma_1) e(w rho D_2, sigma_2) = 1
///
/// since w is fixed only after everything that it weighs: one pairing call of five or six pairs. The last public
/// inputs can be fixed at construction: their part of X is then computed once, and every other value for them refused.
contract Groth16Verifier is IProofVerifier {
    /// @notice The key's first byte, its number of commitments, is neither 1 nor 2.
    error CommitmentCountInvalid(uint256 count);
    /// @notice The key has not the bytes of its points and at least one K more than constant and challenges.
    error KeyLengthInvalid(uint256 length);
    /// @notice The G1 point at this offset of the key is the identity, not canonical or off the curve.
    error KeyPointInvalid(uint256 offset);
    /// @notice The G2 point at this offset of the key is the identity, not canonical, off the twist, or outside the
    /// subgroup.
    error KeyTwistPointInvalid(uint256 offset);
    /// @notice Two of gamma, delta and the sigmas are equal or opposite, or delta is the generator or its opposite:
    /// with such a key proofs can be made of false statements. (With equal sigmas a part of one commitment could be
    /// moved into the other after its challenge is known.)
    error KeyDegenerate(uint256 firstOffset, uint256 secondOffset);
    /// @notice Not as many public inputs as the key has points for.
    error PublicInputCountInvalid(uint256 given, uint256 expected);
    /// @notice A public input at or above r.
    error PublicInputNotInField(uint256 index, uint256 value);
    /// @notice More fixed inputs than the key has public inputs, the first one apart.
    error FixedInputCountInvalid(uint256 given, uint256 maximum);
    /// @notice A public input that is fixed has another value.
    error FixedInputMismatch(uint256 index, uint256 given, uint256 expected);
    /// @notice Not the bytes of one proof under this key.
    error ProofLengthInvalid(uint256 given, uint256 expected);
    /// @notice A coordinate of the proof is at or above p, or a point is the identity or off the curve.
    error ProofPointInvalid();
    /// @notice The pairing equation does not hold: no proof of this statement.
    error ProofInvalid();

    uint256 private constant COMMITMENTS_MAX = 2;
    uint256 private constant G1_BYTES = 64;
    uint256 private constant G2_BYTES = 128;

    // Offsets in the key, behind the number of commitments; K stands behind the sigmas.
    uint256 private constant ALPHA = 1;
    uint256 private constant BETA = 65;
    uint256 private constant GAMMA = 193;
    uint256 private constant DELTA = 321;
    uint256 private constant SIGMA = 449;

    // Offsets in the proof; PoK stands behind the commitments.
    uint256 private constant A = 0;
    uint256 private constant B = 64;
    uint256 private constant C = 192;
    uint256 private constant D = 256;

    /// @dev Tag of gnark's fold challenge, with its length behind it as RFC 9380 has it.
    bytes private constant FOLD_TAG = "G16-BSB22\x09";

    address private immutable _key;
    bytes32 private immutable _keyDigest;
    uint256 private immutable _publicInputCount;
    uint256 private immutable _commitments;
    uint256 private immutable _fixedInputCount;
    /// @dev K_0 and the fixed inputs' part of X.
    uint256 private immutable _baseX;
    uint256 private immutable _baseY;

    /// @notice Checks and stores the key. Reverts with CommitmentCountInvalid, KeyLengthInvalid, KeyPointInvalid,
    /// KeyTwistPointInvalid, KeyDegenerate, FixedInputCountInvalid or PublicInputNotInField.
    /// @param key The verifying key's bytes.
    /// @param fixedValues The last public inputs, as many as are the same in every statement; may be none, must leave
    /// the first.
    constructor(bytes memory key, uint256[] memory fixedValues) {
        uint256 commitments = key.length == 0 ? 0 : uint8(key[0]);
        require(commitments > 0 && commitments <= COMMITMENTS_MAX, CommitmentCountInvalid(commitments));
        uint256 k = SIGMA + commitments * G2_BYTES;
        uint256 points = key.length < k ? 0 : (key.length - k) / G1_BYTES;
        require(points > 1 + commitments && key.length == k + points * G1_BYTES, KeyLengthInvalid(key.length));
        require(BN254.isG1(key, ALPHA), KeyPointInvalid(ALPHA));
        for (uint256 offset = k; offset < key.length; offset += G1_BYTES) {
            require(BN254.isG1(key, offset), KeyPointInvalid(offset));
        }
        for (uint256 offset = BETA; offset < k; offset += G2_BYTES) {
            require(
                BN254.isTwist(key, offset) && BN254.isInSubgroup(key, ALPHA, offset), KeyTwistPointInvalid(offset)
            );
        }
        for (uint256 first = GAMMA; first < k; first += G2_BYTES) {
            for (uint256 second = first + G2_BYTES; second < k; second += G2_BYTES) {
                _requireDistinct(key, first, second);
            }
        }
        require(
            BN254.word(key, DELTA) != BN254.GENERATOR_X_C1 || BN254.word(key, DELTA + 32) != BN254.GENERATOR_X_C0,
            KeyDegenerate(DELTA, DELTA)
        );
        uint256 inputs = points - 1 - commitments;
        require(fixedValues.length < inputs, FixedInputCountInvalid(fixedValues.length, inputs - 1));
        BN254.Accumulator memory base;
        (base.x, base.y) = (BN254.word(key, k), BN254.word(key, k + 32));
        for (uint256 index = inputs - fixedValues.length; index < inputs; ++index) {
            uint256 value = fixedValues[index + fixedValues.length - inputs];
            require(value < BN254.R, PublicInputNotInField(index, value));
            BN254.addMultiple(base, key, k + (1 + index) * G1_BYTES, value);
        }
        _key = CodeStorage.write(abi.encodePacked(key, fixedValues));
        _keyDigest = keccak256(key);
        _commitments = commitments;
        _publicInputCount = inputs;
        _fixedInputCount = fixedValues.length;
        (_baseX, _baseY) = (base.x, base.y);
    }

    /// @inheritdoc IProofVerifier
    /// @dev Anybody may call. Reverts with PublicInputCountInvalid, ProofLengthInvalid, PublicInputNotInField,
    /// FixedInputMismatch, ProofPointInvalid or ProofInvalid; with BN254.PrecompileFailed if B is outside the
    /// subgroup, which costs twice the pairing's price.
    function verify(uint256[] calldata publicInputs, bytes calldata proof) external view {
        require(
            publicInputs.length == _publicInputCount, PublicInputCountInvalid(publicInputs.length, _publicInputCount)
        );
        uint256 proofBytes = D + (_commitments + 1) * G1_BYTES;
        require(proof.length == proofBytes, ProofLengthInvalid(proof.length, proofBytes));
        // One buffer: the preimage of the weight, which ends with the proof.
        bytes memory statement = abi.encodePacked(_keyDigest, publicInputs, proof);
        uint256 start = statement.length - proofBytes;
        require(BN254.isG1(statement, start + A) && BN254.isTwist(statement, start + B), ProofPointInvalid());
        for (uint256 offset = start + C; offset < statement.length; offset += G1_BYTES) {
            require(BN254.isG1(statement, offset), ProofPointInvalid());
        }
        uint256 weight = uint256(keccak256(statement)) % BN254.R;
        bytes memory key = CodeStorage.read(_key);

        // w PoK - X
        (BN254.Accumulator memory sum, uint256 rho) = _statementPoint(key, publicInputs, statement, start + D);
        sum.y = BN254.negate(sum.y);
        BN254.addMultiple(sum, statement, statement.length - G1_BYTES, weight);

        uint256[36] memory pairs;
        // Memory-safe: fills the first 768 of the 1,152 bytes of `pairs`, 192 bytes a pair, from whole points of proof
        // (A || B, C), key (alpha || beta, gamma, delta) and `sum`; the lengths of proof and key have been checked.
        assembly ("memory-safe") {
            let proofStart := add(add(statement, 0x20), start)
            let keyStart := add(key, 0x20)
            mcopy(pairs, proofStart, 0xc0)
            mcopy(add(pairs, 0xc0), add(keyStart, ALPHA), 0xc0)
            mcopy(add(pairs, 0x180), sum, 0x40)
            mcopy(add(pairs, 0x1c0), add(keyStart, GAMMA), 0x80)
            mcopy(add(pairs, 0x240), add(proofStart, C), 0x40)
            mcopy(add(pairs, 0x280), add(keyStart, DELTA), 0x80)
        }
        // -alpha and -C
        pairs[7] = BN254.negate(pairs[7]);
        pairs[19] = BN254.negate(pairs[19]);
        // w D_1, and w rho D_2 if there is one
        for (uint256 index = 0; index < _commitments; ++index) {
            uint256 scalar = index == 0 ? weight : mulmod(weight, rho, BN254.R);
            BN254.multiply(sum, statement, start + D + index * G1_BYTES, scalar);
            // Memory-safe: fills pair 4 + index < 6 from the product beside `sum` and the whole point sigma of the key.
            assembly ("memory-safe") {
                let pair := add(add(pairs, 0x300), mul(index, 0xc0))
                mcopy(pair, add(sum, 0x40), 0x40)
                mcopy(add(pair, 0x40), add(add(key, 0x20), add(SIGMA, mul(index, 0x80))), 0x80)
            }
        }
        require(BN254.pairingIsOne(pairs, 4 + _commitments), ProofInvalid());
    }

    /// @inheritdoc IProofVerifier
    function keyDigest() external view returns (bytes32) {
        return _keyDigest;
    }

    /// @inheritdoc IProofVerifier
    function publicInputCount() external view returns (uint256) {
        return _publicInputCount;
    }

    /// @inheritdoc IProofVerifier
    function fixedInputs() external view returns (uint256[] memory values) {
        bytes memory key = CodeStorage.read(_key);
        values = new uint256[](_fixedInputCount);
        for (uint256 index = 0; index < values.length; ++index) {
            values[index] = BN254.word(key, _keyBytes() + 32 * index);
        }
    }

    /// @notice The verifying key's bytes.
    function verifyingKey() external view returns (bytes memory key) {
        key = CodeStorage.read(_key);
        uint256 length = _keyBytes();
        // Memory-safe: shortens the array, behind whose key the fixed inputs stand.
        assembly ("memory-safe") {
            mstore(key, length)
        }
    }

    /// @dev X, for commitments that stand in `statement` from offset `commitment`; and rho, zero with one commitment.
    function _statementPoint(
        bytes memory key,
        uint256[] calldata publicInputs,
        bytes memory statement,
        uint256 commitment
    ) private view returns (BN254.Accumulator memory sum, uint256 rho) {
        uint256 commitments = _commitments;
        uint256 offset = SIGMA + commitments * G2_BYTES;
        uint256 variable = publicInputs.length - _fixedInputCount;
        (sum.x, sum.y) = (_baseX, _baseY);
        for (uint256 index = 0; index < variable; ++index) {
            uint256 value = publicInputs[index];
            require(value < BN254.R, PublicInputNotInField(index, value));
            offset += G1_BYTES;
            BN254.addMultiple(sum, key, offset, value);
        }
        for (uint256 index = variable; index < publicInputs.length; ++index) {
            uint256 expected = BN254.word(key, _keyBytes() + 32 * (index - variable));
            require(publicInputs[index] == expected, FixedInputMismatch(index, publicInputs[index], expected));
            offset += G1_BYTES;
        }
        uint256 first = _addCommitment(sum, key, offset + G1_BYTES, statement, commitment);
        if (commitments == COMMITMENTS_MAX) {
            uint256 second =
                _addCommitment(sum, key, offset + 2 * G1_BYTES, statement, commitment + G1_BYTES);
            rho = _foldChallenge(first, second);
        }
    }

    /// @dev sum += D + c K with c = keccak256(D) mod r; returns c.
    function _addCommitment(
        BN254.Accumulator memory sum,
        bytes memory key,
        uint256 keyOffset,
        bytes memory statement,
        uint256 commitment
    ) private view returns (uint256 challenge) {
        // Memory-safe: hashes the 64 bytes of D inside `statement`.
        assembly ("memory-safe") {
            challenge := keccak256(add(add(statement, 0x20), commitment), 0x40)
        }
        challenge %= BN254.R;
        BN254.add(sum, statement, commitment);
        BN254.addMultiple(sum, key, keyOffset, challenge);
    }

    /// @dev Bytes of the key, behind which the fixed inputs stand.
    function _keyBytes() private view returns (uint256) {
        return SIGMA + _commitments * G2_BYTES + (1 + _publicInputCount + _commitments) * G1_BYTES;
    }

    /// @dev hash_to_field of RFC 9380 (section 5.2) into the scalar field: 48 bytes of expand_message_xmd (section
    /// 5.3.1) with SHA-256 over both challenges, as a number mod r.
    ///
    ///     b_0 = SHA(64 zero bytes || c_1 || c_2 || 0x0030 || 0x00 || tag)
    ///     b_1 = SHA(b_0 || 0x01 || tag)        b_2 = SHA((b_0 xor b_1) || 0x02 || tag)
    ///     rho = (b_1 2^128 + first 16 bytes of b_2) mod r
    function _foldChallenge(uint256 first, uint256 second) private pure returns (uint256) {
        bytes32 b0 = sha256(abi.encodePacked(uint256(0), uint256(0), first, second, hex"003000", FOLD_TAG));
        bytes32 b1 = sha256(abi.encodePacked(b0, hex"01", FOLD_TAG));
        bytes32 b2 = sha256(abi.encodePacked(b0 ^ b1, hex"02", FOLD_TAG));
        return addmod(mulmod(uint256(b1), 1 << 128, BN254.R), uint256(b2) >> 128, BN254.R);
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

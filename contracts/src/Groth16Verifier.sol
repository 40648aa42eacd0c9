// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IProofVerifier} from "src/interfaces/IProofVerifier.sol";
import {BN254, G1Point, G2Point} from "src/libraries/BN254.sol";
import {CodeStorage} from "src/libraries/CodeStorage.sol";

/// @title Groth16 over BN254 with one in-proof commitment, for any verifying key
/// @notice One contract for every rule: the key is checked at construction and kept as contract code. The key comes from a
/// setup outside this contract; a key of a local (unsafe) setup verifies forged proofs of whoever made it.
/// @dev Key: alpha(64) || beta(128) || gamma(128) || delta(128) || sigma(128) || K_0 .. K_m, 64 bytes each; m = public inputs
/// + 1. Proof: A(64) || B(128) || C(64) || D(64) || PoK(64). Both as gnark orders them (docs/wire.md, section 4); sigma is
/// gnark's GSigmaNeg, and the Pedersen point G is gamma. With the inputs x_1 .. x_n and c = keccak256(D) mod r, let
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
    /// @notice The G2 point at this offset of the key is the identity, not canonical, off the twist, or outside the subgroup.
    error KeyTwistPointInvalid(uint256 offset);
    /// @notice Two of gamma, delta and sigma are equal or opposite, or delta is the generator or its opposite: with such a key
    /// anybody can make proofs.
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

    struct Proof {
        G1Point a;
        G2Point b;
        G1Point c;
        G1Point commitment;
        G1Point commitmentPok;
    }

    uint256 private constant PROOF_BYTES = 384;
    uint256 private constant ALPHA = 0;
    uint256 private constant BETA = 64;
    uint256 private constant GAMMA = 192;
    uint256 private constant DELTA = 320;
    uint256 private constant SIGMA = 448;
    uint256 private constant K = 576;
    uint256 private constant G1_BYTES = 64;
    /// @dev Constant and challenge: points of K that belong to no public input.
    uint256 private constant K_FIXED = 2;

    address private immutable _key;
    bytes32 private immutable _keyDigest;
    uint256 private immutable _publicInputCount;

    /// @notice Checks and stores the key. Reverts with KeyLengthInvalid, KeyPointInvalid, KeyTwistPointInvalid or KeyDegenerate.
    /// @param key The verifying key's bytes.
    constructor(bytes memory key) {
        uint256 points = key.length < K ? 0 : (key.length - K) / G1_BYTES;
        require(points > K_FIXED && key.length == K + points * G1_BYTES, KeyLengthInvalid(key.length));
        require(BN254.isG1(_g1(key, ALPHA)), KeyPointInvalid(ALPHA));
        for (uint256 offset = K; offset < key.length; offset += G1_BYTES) {
            require(BN254.isG1(_g1(key, offset)), KeyPointInvalid(offset));
        }
        for (uint256 offset = BETA; offset < K; offset += GAMMA - BETA) {
            _requireG2(_g1(key, ALPHA), _g2(key, offset), offset);
        }
        _requireDistinct(key, GAMMA, DELTA);
        _requireDistinct(key, GAMMA, SIGMA);
        _requireDistinct(key, DELTA, SIGMA);
        G2Point memory delta = _g2(key, DELTA);
        require(
            delta.xC0 != BN254.GENERATOR_X_C0 || delta.xC1 != BN254.GENERATOR_X_C1, KeyDegenerate(DELTA, DELTA)
        );
        _key = CodeStorage.write(key);
        _keyDigest = keccak256(key);
        _publicInputCount = points - K_FIXED;
    }

    /// @inheritdoc IProofVerifier
    /// @dev Anybody may call. Reverts with PublicInputCountInvalid, ProofLengthInvalid, PublicInputNotInField,
    /// ProofPointInvalid or ProofInvalid; with BN254.PrecompileFailed if B is outside the subgroup, which costs all gas given.
    function verify(uint256[] calldata publicInputs, bytes calldata proof) external view {
        require(
            publicInputs.length == _publicInputCount, PublicInputCountInvalid(publicInputs.length, _publicInputCount)
        );
        require(proof.length == PROOF_BYTES, ProofLengthInvalid(proof.length, PROOF_BYTES));
        Proof memory p = abi.decode(proof, (Proof));
        require(
            BN254.isG1(p.a) && BN254.isTwist(p.b) && BN254.isG1(p.c) && BN254.isG1(p.commitment)
                && BN254.isG1(p.commitmentPok),
            ProofPointInvalid()
        );
        bytes memory key = CodeStorage.read(_key);
        uint256 weight = uint256(keccak256(abi.encodePacked(_keyDigest, publicInputs, proof))) % BN254.R;
        G1Point memory weightedPok = BN254.multiply(p.commitmentPok, weight);
        G1Point memory statement = BN254.negate(_statementPoint(key, publicInputs, p.commitment));
        require(
            BN254.pairingIsOne(
                [
                    p.a,
                    BN254.negate(_g1(key, ALPHA)),
                    BN254.add(weightedPok, statement),
                    BN254.negate(p.c),
                    BN254.multiply(p.commitment, weight)
                ],
                [p.b, _g2(key, BETA), _g2(key, GAMMA), _g2(key, DELTA), _g2(key, SIGMA)]
            ),
            ProofInvalid()
        );
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

    /// @dev X = K_0 + x_1 K_1 + .. + x_n K_n + c K_(n+1) + D.
    function _statementPoint(bytes memory key, uint256[] calldata publicInputs, G1Point memory commitment)
        private
        view
        returns (G1Point memory sum)
    {
        sum = BN254.add(_g1(key, K), commitment);
        uint256 offset = K;
        for (uint256 index = 0; index < publicInputs.length; ++index) {
            uint256 value = publicInputs[index];
            require(value < BN254.R, PublicInputNotInField(index, value));
            offset += G1_BYTES;
            sum = BN254.add(sum, BN254.multiply(_g1(key, offset), value));
        }
        uint256 challenge = uint256(keccak256(abi.encode(commitment))) % BN254.R;
        sum = BN254.add(sum, BN254.multiply(_g1(key, offset + G1_BYTES), challenge));
    }

    /// @dev The pairing precompile is the subgroup check: e(P, Q) e(-P, Q) = 1 for every Q of order r, and it refuses others.
    function _requireG2(G1Point memory base, G2Point memory point, uint256 offset) private view {
        require(BN254.isTwist(point) && BN254.isInSubgroup(base, point), KeyTwistPointInvalid(offset));
    }

    /// @dev Equal x means equal or opposite points.
    function _requireDistinct(bytes memory key, uint256 first, uint256 second) private pure {
        G2Point memory a = _g2(key, first);
        G2Point memory b = _g2(key, second);
        require(a.xC0 != b.xC0 || a.xC1 != b.xC1, KeyDegenerate(first, second));
    }

    /// @dev Callers pass offsets of whole points only: `offset` + 64 <= key.length.
    function _g1(bytes memory key, uint256 offset) private pure returns (G1Point memory point) {
        // Memory-safe: two words inside `key` are read, whose bytes begin at key + 32; `point` is allocated by Solidity.
        assembly ("memory-safe") {
            let word := add(add(key, 0x20), offset)
            mstore(point, mload(word))
            mstore(add(point, 0x20), mload(add(word, 0x20)))
        }
    }

    /// @dev Callers pass offsets of whole points only: `offset` + 128 <= key.length.
    function _g2(bytes memory key, uint256 offset) private pure returns (G2Point memory point) {
        // Memory-safe: four words inside `key` are copied to `point`, allocated by Solidity.
        assembly ("memory-safe") {
            mcopy(point, add(add(key, 0x20), offset), 0x80)
        }
    }
}

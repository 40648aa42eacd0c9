// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Points of BN254 in memory, and the EVM's precompiles on them
/// @notice A point of G1 is x || y; a point of G2 is over Fp2 = Fp[i]/(i^2 + 1), in the EVM's order x.c1 || x.c0 ||
/// y.c1 || y.c0, where c1 is the coefficient of i. A precompile that meets a bad point burns all the gas it was given,
/// so points are checked here first. Points are named by byte array and offset; callers pass offsets of whole points
/// inside it.
library BN254 {
    /// @notice A precompile refused its input.
    error PrecompileFailed(uint256 precompile);

    /// @notice Base field.
    uint256 internal constant P = 21888242871839275222246405745257275088696311157297823662689037894645226208583;
    /// @notice Order of G1 and G2, the scalar field.
    uint256 internal constant R = 21888242871839275222246405745257275088548364400416034343698204186575808495617;

    /// @notice x of the generator of G2 that gnark and the EVM's vectors use.
    uint256 internal constant GENERATOR_X_C1 =
        11559732032986387107991004021392285783925812861821192530917403151452391805634;
    uint256 internal constant GENERATOR_X_C0 =
        10857046999023057135944570762232829481370756359578518086990519993285655852781;

    /// @dev b' = 3/(9 + i), the constant of the twist.
    uint256 private constant TWIST_B_C0 =
        19485874751759354771024239261021720505790618469301721065564631296452457478373;
    uint256 private constant TWIST_B_C1 =
        266929791119991161246907387137283842545076965332900288569378510910307636690;

    uint256 private constant ADD = 6;
    uint256 private constant MULTIPLY = 7;
    uint256 private constant PAIRING = 8;
    /// @dev Price of a pairing call and of each pair in it (EIP-1108).
    uint256 private constant PAIRING_GAS = 45000;
    uint256 private constant PAIR_GAS = 34000;

    /// @dev x and y of the sum, then the three words of input of the next multiplication: point and scalar. The
    /// addition's input, sum and product, is then the first four words as they stand.
    struct Accumulator {
        uint256 x;
        uint256 y;
        uint256 pointX;
        uint256 pointY;
        uint256 scalar;
    }

    /// @notice The word at an offset.
    function word(bytes memory data, uint256 offset) internal pure returns (uint256 value) {
        // Memory-safe: reads only; the content of `data` begins at data + 32.
        assembly ("memory-safe") {
            value := mload(add(add(data, 0x20), offset))
        }
    }

    /// @notice True for a point of G1 other than the identity: coordinates below p, y^2 = x^3 + 3. (G1 has cofactor 1,
    /// and (0, 0), the identity's encoding, is not on the curve.)
    function isG1(bytes memory data, uint256 offset) internal pure returns (bool) {
        (uint256 x, uint256 y) = (word(data, offset), word(data, offset + 32));
        return x < P && y < P && mulmod(y, y, P) == addmod(mulmod(mulmod(x, x, P), x, P), 3, P);
    }

    /// @notice True for a point of the twist other than the identity: coordinates below p, y^2 = x^3 + b'. Whether it
    /// is also in the subgroup of order r only the pairing precompile says.
    function isTwist(bytes memory data, uint256 offset) internal pure returns (bool) {
        (uint256 x1, uint256 x0) = (word(data, offset), word(data, offset + 32));
        (uint256 y1, uint256 y0) = (word(data, offset + 64), word(data, offset + 96));
        if (x0 >= P || x1 >= P || y0 >= P || y1 >= P) {
            return false;
        }
        // Nothing below can wrap: p < 2^254, and every subtrahend is at most p.
        unchecked {
            // (a0 + a1 i)^2 = (a0 + a1)(a0 - a1) + 2 a0 a1 i
            uint256 square0 = mulmod(x0 + x1, x0 + P - x1, P);
            uint256 square1 = mulmod(x0 + x0, x1, P);
            // x^3 = (s0 + s1 i)(x0 + x1 i) = s0 x0 - s1 x1 + (s0 x1 + s1 x0) i
            uint256 cube0 = mulmod(square0, x0, P) + P - mulmod(square1, x1, P);
            uint256 cube1 = mulmod(square0, x1, P) + mulmod(square1, x0, P);
            return mulmod(y0 + y1, y0 + P - y1, P) == addmod(cube0, TWIST_B_C0, P)
                && mulmod(y0 + y0, y1, P) == addmod(cube1, TWIST_B_C1, P);
        }
    }

    /// @notice True if a point of the twist lies in the subgroup of order r. The pairing precompile refuses every other
    /// point; a refusal costs all the gas that is given, hence the limit.
    /// @param base Any point of G1 other than the identity.
    function isInSubgroup(bytes memory data, uint256 base, uint256 offset) internal view returns (bool success) {
        uint256 gasLimit = 2 * (PAIRING_GAS + PAIR_GAS);
        uint256[6] memory input;
        // Memory-safe: fills `input` (64 bytes of G1, 128 of G2) and reads it; the output, whether e(base, point) = 1,
        // goes to scratch space and does not matter.
        assembly ("memory-safe") {
            let content := add(data, 0x20)
            mcopy(input, add(content, base), 0x40)
            mcopy(add(input, 0x40), add(content, offset), 0x80)
            success := staticcall(gasLimit, PAIRING, input, 0xc0, 0x00, 0x20)
        }
    }

    /// @notice sum += the point at an offset.
    function add(Accumulator memory sum, bytes memory data, uint256 offset) internal view {
        bool success;
        // Memory-safe: within the five words of `sum`.
        assembly ("memory-safe") {
            mcopy(add(sum, 0x40), add(add(data, 0x20), offset), 0x40)
            success := staticcall(gas(), ADD, sum, 0x80, sum, 0x40)
        }
        require(success, PrecompileFailed(ADD));
    }

    /// @notice (sum.pointX, sum.pointY) = scalar * the point at an offset; the sum itself stays.
    function multiply(Accumulator memory sum, bytes memory data, uint256 offset, uint256 scalar) internal view {
        bool success;
        // Memory-safe: within the five words of `sum`; the product replaces the point.
        assembly ("memory-safe") {
            let point := add(sum, 0x40)
            mcopy(point, add(add(data, 0x20), offset), 0x40)
            mstore(add(sum, 0x80), scalar)
            success := staticcall(gas(), MULTIPLY, point, 0x60, point, 0x40)
        }
        require(success, PrecompileFailed(MULTIPLY));
    }

    /// @notice sum += scalar * the point at an offset.
    function addMultiple(Accumulator memory sum, bytes memory data, uint256 offset, uint256 scalar) internal view {
        multiply(sum, data, offset, scalar);
        bool success;
        // Memory-safe: adds the first two points of `sum` in place.
        assembly ("memory-safe") {
            success := staticcall(gas(), ADD, sum, 0x80, sum, 0x40)
        }
        require(success, PrecompileFailed(ADD));
    }

    /// @notice p - y, the y of the opposite point; y below p. (No point of G1 has y = 0: the order is odd.)
    function negate(uint256 y) internal pure returns (uint256) {
        // Cannot wrap: y < p, by isG1 or because a precompile returned it.
        unchecked {
            return P - y;
        }
    }

    /// @notice True if the product of e(G1 point, G2 point) over the first `count` pairs, six words each, is one.
    /// Reverts with PrecompileFailed if a point of the twist lies outside the subgroup. A refusal takes all the gas
    /// that the precompile is given, so it gets twice its price (EIP-1108) and no more: a bad proof cannot cost
    /// without bound, and a later rise of the price leaves room.
    /// @param count At most 6.
    function pairingIsOne(uint256[36] memory pairs, uint256 count) internal view returns (bool) {
        uint256 gasLimit = 2 * (PAIRING_GAS + count * PAIR_GAS);
        bool success;
        uint256 result;
        // Memory-safe: reads the first 192 * count of the 1,152 bytes of `pairs`; the one word of output goes to
        // scratch space.
        assembly ("memory-safe") {
            success := staticcall(gasLimit, PAIRING, pairs, mul(count, 0xc0), 0x00, 0x20)
            result := mload(0x00)
        }
        require(success, PrecompileFailed(PAIRING));
        return result == 1;
    }
}

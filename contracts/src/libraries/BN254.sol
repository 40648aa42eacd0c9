// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice A point of G1 in affine coordinates.
struct G1Point {
    uint256 x;
    uint256 y;
}

/// @notice A point of G2 in affine coordinates over Fp2 = Fp[i]/(i^2 + 1), in the EVM's order: the coefficient of i (c1)
/// before the constant one (c0).
struct G2Point {
    uint256 xC1;
    uint256 xC0;
    uint256 yC1;
    uint256 yC0;
}

/// @title Points of BN254 and the EVM's precompiles on them
/// @notice A precompile that meets a bad point burns all the gas it was given, so points are checked here first.
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

    /// @dev Enough for a pairing of one pair (45,000 + 34,000, EIP-1108).
    uint256 private constant PAIRING_GAS = 100000;

    /// @dev b' = 3/(9 + i), the constant of the twist.
    uint256 private constant TWIST_B_C0 =
        19485874751759354771024239261021720505790618469301721065564631296452457478373;
    uint256 private constant TWIST_B_C1 =
        266929791119991161246907387137283842545076965332900288569378510910307636690;

    /// @notice True for a point of G1 other than the identity: coordinates below p, y^2 = x^3 + 3. (G1 has cofactor 1, and
    /// (0, 0), the identity's encoding, is not on the curve.)
    function isG1(G1Point memory point) internal pure returns (bool) {
        (uint256 x, uint256 y) = (point.x, point.y);
        return x < P && y < P && mulmod(y, y, P) == addmod(mulmod(mulmod(x, x, P), x, P), 3, P);
    }

    /// @notice True for a point of the twist other than the identity: coordinates below p, y^2 = x^3 + b'. Whether it is
    /// also in the subgroup of order r only the pairing precompile says.
    function isTwist(G2Point memory point) internal pure returns (bool) {
        (uint256 x0, uint256 x1) = (point.xC0, point.xC1);
        (uint256 y0, uint256 y1) = (point.yC0, point.yC1);
        if (x0 >= P || x1 >= P || y0 >= P || y1 >= P) {
            return false;
        }
        // (a0 + a1 i)^2 = (a0 + a1)(a0 - a1) + 2 a0 a1 i;   P - a1 is in 1..P because a1 < P
        uint256 square0 = mulmod(addmod(x0, x1, P), addmod(x0, P - x1, P), P);
        uint256 square1 = mulmod(addmod(x0, x0, P), x1, P);
        // x^3 = (s0 + s1 i)(x0 + x1 i) = s0 x0 - s1 x1 + (s0 x1 + s1 x0) i
        uint256 cube0 = addmod(mulmod(square0, x0, P), P - mulmod(square1, x1, P), P);
        uint256 cube1 = addmod(mulmod(square0, x1, P), mulmod(square1, x0, P), P);
        return mulmod(addmod(y0, y1, P), addmod(y0, P - y1, P), P) == addmod(cube0, TWIST_B_C0, P)
            && mulmod(addmod(y0, y0, P), y1, P) == addmod(cube1, TWIST_B_C1, P);
    }

    /// @notice -point, for a point other than the identity: (x, p - y), where 0 < y < p since x^3 = -3 has no root for
    /// which y = 0 could hold in a group of odd order.
    function negate(G1Point memory point) internal pure returns (G1Point memory) {
        return G1Point(point.x, P - point.y);
    }

    /// @notice left + right.
    function add(G1Point memory left, G1Point memory right) internal view returns (G1Point memory sum) {
        uint256[4] memory input = [left.x, left.y, right.x, right.y];
        bool success;
        // Memory-safe: reads the 128 bytes of `input`, writes the 64 bytes of `sum`.
        assembly ("memory-safe") {
            success := staticcall(gas(), 0x06, input, 0x80, sum, 0x40)
        }
        require(success, PrecompileFailed(6));
    }

    /// @notice scalar * point.
    function multiply(G1Point memory point, uint256 scalar) internal view returns (G1Point memory product) {
        uint256[3] memory input = [point.x, point.y, scalar];
        bool success;
        // Memory-safe: reads the 96 bytes of `input`, writes the 64 bytes of `product`.
        assembly ("memory-safe") {
            success := staticcall(gas(), 0x07, input, 0x60, product, 0x40)
        }
        require(success, PrecompileFailed(7));
    }

    /// @notice True if a point of the twist lies in the subgroup of order r. The pairing precompile refuses every other
    /// point, and e(base, point) = 1 only for the identity; a refusal costs all the gas that is given, hence the limit.
    /// @param base Any point of G1 other than the identity.
    function isInSubgroup(G1Point memory base, G2Point memory point) internal view returns (bool success) {
        uint256[6] memory input = [base.x, base.y, point.xC1, point.xC0, point.yC1, point.yC0];
        // Memory-safe: reads the 192 bytes of `input`; the one word of output goes to scratch space at 0x00.
        assembly ("memory-safe") {
            success := staticcall(PAIRING_GAS, 0x08, input, 0xc0, 0x00, 0x20)
        }
    }

    /// @notice True if the product of e(g1[k], g2[k]) over the five pairs is one. The precompile also refuses points of the
    /// twist outside the subgroup.
    function pairingIsOne(G1Point[5] memory g1, G2Point[5] memory g2) internal view returns (bool) {
        uint256[30] memory input;
        for (uint256 k = 0; k < 5; ++k) {
            (G1Point memory a, G2Point memory b) = (g1[k], g2[k]);
            uint256 base = 6 * k;
            input[base] = a.x;
            input[base + 1] = a.y;
            input[base + 2] = b.xC1;
            input[base + 3] = b.xC0;
            input[base + 4] = b.yC1;
            input[base + 5] = b.yC0;
        }
        bool success;
        uint256 result;
        // Memory-safe: reads the 960 bytes of `input`; the one word of output goes to scratch space at 0x00.
        assembly ("memory-safe") {
            success := staticcall(gas(), 0x08, input, 0x3c0, 0x00, 0x20)
            result := mload(0x00)
        }
        require(success, PrecompileFailed(8));
        return result == 1;
    }
}

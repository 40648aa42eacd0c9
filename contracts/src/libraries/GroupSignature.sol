// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice A point of secp256k1 without its y: x and whether y is odd.
/// @param x Below the group order, so that the precompile can take it as an r.
/// @param parity 0 or 1.
struct GroupKey {
    uint256 x;
    uint8 parity;
}

/// @title Signatures of a group key, checked by one ecrecover
/// @notice Schnorr signatures on secp256k1 as FROST makes them, in the suite VEILFLOW-FROST-secp256k1-EVM-v1: a
/// signature is s(32) || address of the nonce point R(20), and with the key P, Px its x and Q the group order
///
///     c = keccak256(Px || parity || message || address(R)) mod Q       it holds if   s G - c P = R
///
/// @dev ecrecover(h, v, r, s') returns the address of (s' K - h G) / r, where K has x = r and the parity that v names.
/// With r = Px, so K = P, and h = -s Px, s' = -c Px this is s G - c P: no curve arithmetic is needed here, and R is
/// compared by its address. Binding R by its address costs a forger 2^160 hashes per target and no less; the address
/// enters c, so it is fixed before s.
library GroupSignature {
    /// @notice Order of the group.
    uint256 internal constant Q = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141;
    /// @notice s || address(R).
    uint256 internal constant SIGNATURE_BYTES = 52;
    uint8 private constant RECOVERY_BASE = 27;

    /// @notice True if there is a point with this x and parity and x is in the range that ecrecover takes.
    function isKey(GroupKey memory key) internal pure returns (bool) {
        // h = 0, s' = 1: the address of K / r, never the identity; zero if there is no such K.
        return key.parity <= 1 && key.x > 0 && key.x < Q
            && ecrecover(bytes32(0), RECOVERY_BASE + key.parity, bytes32(key.x), bytes32(uint256(1))) != address(0);
    }

    /// @notice True if the signature is the key's over the message. False for any other length, for s = 0 or s >= Q,
    /// for a nonce address of zero, and for a key that is none.
    function verifies(GroupKey memory key, bytes32 message, bytes calldata signature) internal pure returns (bool) {
        if (signature.length != SIGNATURE_BYTES || key.x == 0 || key.x >= Q || key.parity > 1) {
            return false;
        }
        uint256 s = uint256(bytes32(signature));
        address nonce = address(bytes20(signature[32:]));
        if (s == 0 || s >= Q || nonce == address(0)) {
            return false;
        }
        uint256 c = uint256(keccak256(abi.encodePacked(key.x, key.parity, message, nonce)));
        // mulmod reduces c. Neither product is above Q - 1; the first is not zero, and the second only if c = 0 mod Q:
        // then s' = Q, which the precompile refuses by returning zero.
        bytes32 h = bytes32(Q - mulmod(s, key.x, Q));
        bytes32 t = bytes32(Q - mulmod(c, key.x, Q));
        return ecrecover(h, RECOVERY_BASE + key.parity, bytes32(key.x), t) == nonce;
    }
}

package io.veilflow.contracts.testing;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.bouncycastle.math.ec.ECCurve;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.util.BigIntegers;

/** BN254 for tests: multiples of the generators, in the byte forms of docs/wire.md section 1. Not constant-time. */
public final class Bn254 {
    /** Base field. */
    public static final BigInteger P =
            new BigInteger("21888242871839275222246405745257275088696311157297823662689037894645226208583");
    /** Order of both groups. */
    public static final BigInteger R =
            new BigInteger("21888242871839275222246405745257275088548364400416034343698204186575808495617");

    private static final int WORD = 32;
    private static final ECCurve G1 = new ECCurve.Fp(P, BigInteger.ZERO, BigInteger.valueOf(3), R, BigInteger.ONE);
    private static final ECPoint G1_GENERATOR = G1.createPoint(BigInteger.ONE, BigInteger.TWO);
    private static final Twist TWIST_GENERATOR = new Twist(
            new Fp2(
                    new BigInteger("10857046999023057135944570762232829481370756359578518086990519993285655852781"),
                    new BigInteger("11559732032986387107991004021392285783925812861821192530917403151452391805634")),
            new Fp2(
                    new BigInteger("8495653923123431417604973247489272438418190587263600148770280649306958101930"),
                    new BigInteger("4082367875863433681332203403145435568316851327593401208105741076214120093531")));

    private Bn254() {}

    /** scalar * generator of G1, 64 bytes; zero bytes for the identity. */
    public static byte[] g1(BigInteger scalar) {
        ECPoint point = G1_GENERATOR.multiply(scalar.mod(R)).normalize();
        if (point.isInfinity()) {
            return new byte[2 * WORD];
        }
        return words(
                point.getAffineXCoord().toBigInteger(), point.getAffineYCoord().toBigInteger());
    }

    /** scalar * generator of G2, 128 bytes in the EVM's order; scalar not a multiple of the order. */
    public static byte[] g2(BigInteger scalar) {
        return TWIST_GENERATOR.multiply(scalar.mod(R)).bytes();
    }

    /** A point of the twist outside the subgroup: a random one is in it with chance 1/cofactor, about 2^-254. */
    public static byte[] twistPointOutsideSubgroup() {
        Fp2 constant = new Fp2(BigInteger.valueOf(3), BigInteger.ZERO)
                .multiply(new Fp2(BigInteger.valueOf(9), BigInteger.ONE).inverse());
        for (int x = 1; ; x++) {
            Fp2 candidate = new Fp2(BigInteger.valueOf(x), BigInteger.ONE);
            Fp2 square = candidate.multiply(candidate).multiply(candidate).add(constant);
            Fp2 y = square.squareRoot();
            if (y != null) {
                return new Twist(candidate, y).bytes();
            }
        }
    }

    /** Words of 32 bytes, big-endian. */
    public static byte[] words(BigInteger... values) {
        ByteBuffer bytes = ByteBuffer.allocate(WORD * values.length);
        Arrays.stream(values).forEach(value -> bytes.put(BigIntegers.asUnsignedByteArray(WORD, value)));
        return bytes.array();
    }

    /** c0 + c1 i with i^2 = -1. */
    private record Fp2(BigInteger c0, BigInteger c1) {
        Fp2 {
            c0 = c0.mod(P);
            c1 = c1.mod(P);
        }

        Fp2 add(Fp2 other) {
            return new Fp2(c0.add(other.c0), c1.add(other.c1));
        }

        Fp2 subtract(Fp2 other) {
            return new Fp2(c0.subtract(other.c0), c1.subtract(other.c1));
        }

        Fp2 multiply(Fp2 other) {
            return new Fp2(
                    c0.multiply(other.c0).subtract(c1.multiply(other.c1)),
                    c0.multiply(other.c1).add(c1.multiply(other.c0)));
        }

        Fp2 inverse() {
            BigInteger norm = c0.multiply(c0).add(c1.multiply(c1)).modInverse(P);
            return new Fp2(c0.multiply(norm), c1.negate().multiply(norm));
        }

        /** By the norm: with n^2 = c0^2 + c1^2, x^2 = (c0 + n)/2, the root is x + c1/(2x) i; null if there is none. */
        Fp2 squareRoot() {
            BigInteger norm = rootModP(c0.multiply(c0).add(c1.multiply(c1)).mod(P));
            for (BigInteger n : new BigInteger[] {norm, norm.negate()}) {
                BigInteger x = rootModP(
                        c0.add(n).multiply(BigInteger.TWO.modInverse(P)).mod(P));
                if (x.signum() != 0) {
                    Fp2 root = new Fp2(
                            x, c1.multiply(x.multiply(BigInteger.TWO).mod(P).modInverse(P)));
                    if (root.multiply(root).equals(this)) {
                        return root;
                    }
                }
            }
            return null;
        }

        /** p = 3 mod 4; a wrong root of a non-square is noticed by the caller. */
        private static BigInteger rootModP(BigInteger value) {
            return value.modPow(P.add(BigInteger.ONE).shiftRight(2), P);
        }
    }

    private record Twist(Fp2 x, Fp2 y) {
        private static final Fp2 THREE = new Fp2(BigInteger.valueOf(3), BigInteger.ZERO);

        Twist multiply(BigInteger scalar) {
            Twist result = null;
            for (int bit = scalar.bitLength() - 1; bit >= 0; bit--) {
                result = result == null ? null : result.add(result);
                if (scalar.testBit(bit)) {
                    result = result == null ? this : result.add(this);
                }
            }
            return result;
        }

        /** Neither operand nor the sum is the identity: scalars here lie below the order. */
        Twist add(Twist other) {
            Fp2 slope = equals(other)
                    ? x.multiply(x).multiply(THREE).multiply(y.add(y).inverse())
                    : other.y.subtract(y).multiply(other.x.subtract(x).inverse());
            Fp2 sumX = slope.multiply(slope).subtract(x).subtract(other.x);
            return new Twist(sumX, slope.multiply(x.subtract(sumX)).subtract(y));
        }

        byte[] bytes() {
            return words(x.c1, x.c0, y.c1, y.c0);
        }
    }
}

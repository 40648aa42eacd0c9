package io.veilflow.mpc.threshold.ecdsa;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.datasets.vectors.WycheproofFile;
import io.veilflow.mpc.threshold.CurvePoint;
import io.veilflow.mpc.threshold.Scalar;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Project Wycheproof's cases for the two algorithms that we use on other people's values. */
class WycheproofVectorTest {
    private static final HexFormat HEX = HexFormat.of();

    @Test
    @DisplayName(
            "G16: ECDSA over secp256k1 answers every case as marked, but takes low s only and no R whose x is above the order")
    void ecdsa() throws NoSuchAlgorithmException {
        List<WycheproofFile.Case> cases = WycheproofFile.cases("ecdsa_secp256k1_sha256_p1363_test");
        assertEquals(252, cases.size());
        int valid = 0;
        for (WycheproofFile.Case one : cases) {
            byte[] signature = HEX.parseHex(one.text("sig"));
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(HEX.parseHex(one.text("msg")));
            CurvePoint key = key(one);
            boolean accepted = accepts(key, hash, signature);
            if (one.text("result").equals("invalid")) {
                assertFalse(accepted, one.toString());
                assertFalse(accepts(key, hash, withOtherS(signature)), one.toString());
                continue;
            }
            assertTrue(accepted || accepts(key, hash, withOtherS(signature)) || isAboveTheOrder(one), one.toString());
            assertFalse(accepted && accepts(key, hash, withOtherS(signature)), one + " is malleable");
            valid++;
        }
        assertEquals(167, valid);
    }

    private static CurvePoint key(WycheproofFile.Case one) {
        byte[] uncompressed =
                HEX.parseHex(one.group().get("publicKey").get("uncompressed").asText());
        byte[] compressed = Arrays.copyOf(uncompressed, CurvePoint.BYTES);
        compressed[0] = (byte) (2 + (uncompressed[64] & 1));
        return CurvePoint.decode(compressed).orElseThrow();
    }

    private static boolean accepts(CurvePoint key, byte[] hash, byte[] signature) {
        if (signature.length != 2 * Scalar.BYTES) {
            return false;
        }
        byte[] r = Arrays.copyOf(signature, Scalar.BYTES);
        byte[] s = Arrays.copyOfRange(signature, Scalar.BYTES, signature.length);
        return new EcdsaSignature(r, s, 27).verifies(key, hash) || new EcdsaSignature(r, s, 28).verifies(key, hash);
    }

    /** With -s, where that is a number. */
    private static byte[] withOtherS(byte[] signature) {
        byte[] out = signature.clone();
        if (signature.length == 2 * Scalar.BYTES) {
            Scalar.decode(Arrays.copyOfRange(signature, Scalar.BYTES, signature.length))
                    .map(s -> Scalar.of(0).minus(s).encoded())
                    .ifPresent(other -> System.arraycopy(other, 0, out, Scalar.BYTES, Scalar.BYTES));
        }
        return out;
    }

    /** R's x is r plus the order: one in 2^127 of all; the chain cannot take it either. */
    private static boolean isAboveTheOrder(WycheproofFile.Case one) {
        BigInteger r = new BigInteger(1, Arrays.copyOf(HEX.parseHex(one.text("sig")), Scalar.BYTES));
        BigInteger order = new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);
        BigInteger prime = BigInteger.ONE
                .shiftLeft(256)
                .subtract(BigInteger.ONE.shiftLeft(32))
                .subtract(BigInteger.valueOf(977));
        return r.add(order).compareTo(prime) < 0;
    }

    @Test
    @DisplayName("G16, H11: X25519 answers every case as marked, and a shared secret of zeros is refused")
    void x25519() {
        List<WycheproofFile.Case> cases = WycheproofFile.cases("x25519_test");
        assertEquals(518, cases.size());
        int zeros = 0;
        for (WycheproofFile.Case one : cases) {
            byte[] expected = HEX.parseHex(one.text("shared"));
            byte[] shared = new byte[X25519.POINT_SIZE];
            boolean taken = X25519.calculateAgreement(
                    HEX.parseHex(one.text("private")), 0, HEX.parseHex(one.text("public")), 0, shared, 0);
            boolean zero = Arrays.equals(expected, new byte[expected.length]);
            assertEquals(!zero, taken, one.toString());
            assertArrayEquals(expected, shared, one.toString());
            zeros += zero ? 1 : 0;
        }
        assertEquals(31, zeros);
    }
}

package io.veilflow.pipeline.sign;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.encoding.Fields;
import io.veilflow.pipeline.encoding.Hashes;
import java.io.Serializable;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.Keys;
import org.web3j.crypto.Sign;
import org.web3j.utils.Numeric;

/** Result keys (THREATS F8, G6, H9). */
class ResultKeyTest {
    private static final long SEED = 31;
    private static final BigInteger ORDER = Sign.CURVE_PARAMS.getN();
    private static final ResultMessage MESSAGE = message(3);

    @Test
    void noncesAreThoseOfRfc6979() {
        // Widely published vector for secp256k1 with SHA-256: key 1, message "Satoshi Nakamoto".
        byte[] one = Numeric.toBytesPadded(BigInteger.ONE, 32);
        ByteString signature = ResultKey.of(one).signDigest(Hashes.sha256(Fields.text("Satoshi Nakamoto")));
        assertEquals(
                "934b1ea10a4b3c1757e2b0c017d0b6143ce3c9a7e6a4a49860d7a6ab210ee3d8"
                        + "2442ce9d2b916064108014783e923ec36b49743e2ffa1c4496f01a512aafd9e5",
                Numeric.toHexStringNoPrefix(signature.substring(0, 64).toByteArray()));
    }

    @Test
    void web3jSignsTheSameBytesAndDerivesTheSameAddress() {
        Random random = new Random(SEED);
        for (int round = 0; round < 20; round++) {
            byte[] scalar = new byte[32];
            random.nextBytes(scalar);
            scalar[0] &= 0x7f;
            ECKeyPair pair = ECKeyPair.create(scalar);
            ResultKey key = ResultKey.of(scalar);
            Sign.SignatureData expected = Sign.signMessage(message(round).digest(), pair, false);
            byte[] signature = key.sign(message(round)).toByteArray();
            String context = "seed " + SEED + ", round " + round;
            assertEquals(
                    Keys.getAddress(pair),
                    Numeric.toHexStringNoPrefix(key.address().toByteArray()),
                    context);
            assertArrayEquals(
                    expected.getR(),
                    ByteString.copyFrom(signature).substring(0, 32).toByteArray(),
                    context);
            assertArrayEquals(
                    expected.getS(),
                    ByteString.copyFrom(signature).substring(32, 64).toByteArray(),
                    context);
            assertEquals(expected.getV()[0], signature[64], context);
        }
    }

    @Test
    void aSignatureNamesItsSignerAndOnlyForItsMessage() {
        ResultKey key = ResultKey.generate(new SecureRandom());
        ByteString signature = key.sign(MESSAGE);
        assertEquals(key.address(), ResultKey.recover(MESSAGE, signature).orElseThrow());
        assertNotEquals(key.address(), ResultKey.recover(message(4), signature).orElse(ByteString.EMPTY));
    }

    @Test
    void theSameMessageGivesTheSameSignature() {
        ResultKey key = ResultKey.generate(new SecureRandom());
        assertEquals(key.sign(MESSAGE), key.sign(MESSAGE));
    }

    @Test
    void highSIsRefused() {
        byte[] signature = ResultKey.generate(new SecureRandom()).sign(MESSAGE).toByteArray();
        BigInteger s = new BigInteger(
                1, ByteString.copyFrom(signature).substring(32, 64).toByteArray());
        assertTrue(s.compareTo(ORDER.shiftRight(1)) <= 0);
        replace(signature, 32, ORDER.subtract(s));
        signature[64] = (byte) (55 - signature[64]);
        assertTrue(ResultKey.recover(MESSAGE, ByteString.copyFrom(signature)).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 32})
    void zeroAndTheOrderAreRefusedAsRAndAsS(int offset) {
        for (BigInteger value : List.of(BigInteger.ZERO, ORDER)) {
            byte[] signature =
                    ResultKey.generate(new SecureRandom()).sign(MESSAGE).toByteArray();
            replace(signature, offset, value);
            assertTrue(
                    ResultKey.recover(MESSAGE, ByteString.copyFrom(signature)).isEmpty());
        }
    }

    @ParameterizedTest
    @ValueSource(bytes = {0, 1, 26, 29, -1})
    void otherRecoveryBytesAreRefused(byte v) {
        byte[] signature = ResultKey.generate(new SecureRandom()).sign(MESSAGE).toByteArray();
        signature[64] = v;
        assertTrue(ResultKey.recover(MESSAGE, ByteString.copyFrom(signature)).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 64})
    void otherLengthsAreRefused(int length) {
        ByteString signature = ResultKey.generate(new SecureRandom()).sign(MESSAGE);
        assertTrue(ResultKey.recover(MESSAGE, signature.substring(0, length)).isEmpty());
        assertTrue(ResultKey.recover(MESSAGE, signature.concat(ByteString.copyFrom(new byte[1])))
                .isEmpty());
    }

    @Test
    void keysOutsideTheRangeAreRefused() {
        for (BigInteger scalar : List.of(BigInteger.ZERO, ORDER, ORDER.add(BigInteger.ONE))) {
            byte[] bytes = Numeric.toBytesPadded(scalar, 32);
            assertThrows(IllegalArgumentException.class, () -> ResultKey.of(bytes));
        }
        assertThrows(IllegalArgumentException.class, () -> ResultKey.of(new byte[31]));
    }

    @Test
    void aKeyShowsNothingAndEndsWithClose() {
        ResultKey key = ResultKey.generate(new SecureRandom());
        assertEquals("ResultKey", key.toString());
        assertFalse(Serializable.class.isAssignableFrom(ResultKey.class));
        key.close();
        assertThrows(IllegalStateException.class, () -> key.sign(MESSAGE));
        assertThrows(IllegalStateException.class, key::exposeScalar);
    }

    @Test
    void theExportedScalarIsTheKey() {
        ResultKey key = ResultKey.generate(new SecureRandom());
        assertEquals(key.address(), ResultKey.of(key.exposeScalar()).address());
    }

    private static void replace(byte[] signature, int offset, BigInteger value) {
        System.arraycopy(Numeric.toBytesPadded(value, 32), 0, signature, offset, 32);
    }

    private static ResultMessage message(long window) {
        ByteString hash = ByteString.copyFrom(Hashes.sha256(Fields.text("hash")));
        return new ResultMessage(
                31_337,
                hash.substring(12),
                hash,
                window,
                hash,
                hash,
                hash.concat(hash),
                List.of(hash),
                Assurance.PROVEN);
    }
}

package io.veilflow.contracts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.veilflow.contracts.testing.TestChain;
import io.veilflow.contracts.testing.TestJob;
import io.veilflow.contracts.testing.WholeGroupKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.web3j.utils.Numeric;

/** The check of a group signature by one ecrecover: the specification's vectors, plain Schnorr signatures, and whatever is none. */
class GroupSignatureITCase {
    private static final Path VECTORS = Path.of("../datasets/src/main/resources/vectors/spec/v1/frost.json");
    private static final int SIGNER_PAIRS = 3;
    private static final int KEYS = 12;

    private static TestChain chain;
    private static GroupSignatureProbe probe;

    @BeforeAll
    static void deploy() {
        chain = new TestChain();
        probe = TestChain.done(GroupSignatureProbe.deploy(chain.web3(), chain.sender(0), chain.gas()));
    }

    @AfterAll
    static void stop() {
        chain.close();
    }

    @Test
    @DisplayName(
            "F8, G10: every pair's signature of the specification's vectors is taken, and none of those that must fail")
    void theVectorsGetTheirAnswers() {
        List<JsonNode> pairs = pairs();
        assertEquals(SIGNER_PAIRS, pairs.size());
        for (JsonNode pair : pairs) {
            BigInteger x = new BigInteger(pair.get("Px").asText(), 16);
            int parity = pair.get("parity").asInt();
            byte[] message = bytes(pair.get("m"));
            assertTrue(verifies(x, parity, message, join(bytes(pair.get("s")), bytes(pair.get("addr")))));
            assertFalse(pair.get("must_fail_m_s_addr").isEmpty());
            for (Map.Entry<String, JsonNode> bad :
                    pair.get("must_fail_m_s_addr").properties()) {
                JsonNode parts = bad.getValue();
                byte[] signature = join(bytes(parts.get(1)), bytes(parts.get(2)));
                assertFalse(verifies(x, parity, bytes(parts.get(0)), signature), bad.getKey());
            }
        }
    }

    @Test
    @DisplayName("F8: signatures of keys with even and odd y are taken, each under its own parity only")
    void keysOfBothParities() {
        List<Integer> parities = new ArrayList<>();
        for (int secret = 1; secret <= KEYS; secret++) {
            WholeGroupKey key = WholeGroupKey.of(secret);
            byte[] message = TestJob.hash("message " + secret);
            assertTrue(TestChain.done(probe.isKey(key.x(), BigInteger.valueOf(key.parity()))));
            assertTrue(verifies(key.x(), key.parity(), message, key.sign(message)), "secret " + secret);
            assertFalse(verifies(key.x(), 1 - key.parity(), message, key.sign(message)));
            assertFalse(verifies(key.x(), key.parity() + 2, message, key.sign(message)));
            assertFalse(verifies(WholeGroupKey.of(secret + 1).x(), key.parity(), message, key.sign(message)));
            parities.add(key.parity());
        }
        assertEquals(2, parities.stream().distinct().count());
    }

    @Test
    @DisplayName("F8: any changed bit of message or signature is refused")
    void anyChangedBitIsRefused() {
        WholeGroupKey key = WholeGroupKey.of(1001);
        byte[] message = TestJob.hash("message");
        byte[] signature = key.sign(message);
        for (int bit = 0; bit < 8 * signature.length; bit += 7) {
            assertFalse(verifies(key.x(), key.parity(), message, flipped(signature, bit)), "bit " + bit);
        }
        for (int bit = 0; bit < 8 * message.length; bit += 31) {
            assertFalse(verifies(key.x(), key.parity(), flipped(message, bit), signature), "bit " + bit);
        }
    }

    @Test
    @DisplayName("F8: s zero, at or above the order, nonce address zero, another length, a key that is none: refused")
    void valuesOutOfRangeAreRefused() {
        WholeGroupKey key = WholeGroupKey.of(1001);
        byte[] message = TestJob.hash("message");
        byte[] signature = key.sign(message);
        byte[] address = Arrays.copyOfRange(signature, 32, 52);
        BigInteger s = new BigInteger(1, Arrays.copyOf(signature, 32));
        BigInteger top = BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE);
        for (BigInteger bad : List.of(
                BigInteger.ZERO, WholeGroupKey.ORDER, s.add(WholeGroupKey.ORDER).min(top), top)) {
            assertFalse(verifies(key.x(), key.parity(), message, join(word(bad), address)));
        }
        assertFalse(verifies(key.x(), key.parity(), message, join(word(s), new byte[20])));
        for (int length : new int[] {0, 31, 32, 51, 53, 64}) {
            assertFalse(verifies(key.x(), key.parity(), message, Arrays.copyOf(signature, length)));
        }
        BigInteger offCurve = BigInteger.valueOf(5);
        for (BigInteger x : List.of(BigInteger.ZERO, offCurve, WholeGroupKey.ORDER, top)) {
            for (int parity = 0; parity < 2; parity++) {
                assertFalse(TestChain.done(probe.isKey(x, BigInteger.valueOf(parity))));
                assertFalse(verifies(x, parity, message, signature));
                // ecrecover answers with zero for such a key: zero is no nonce's address either.
                assertFalse(verifies(x, parity, message, join(word(s), new byte[20])));
            }
        }
        assertFalse(TestChain.done(probe.isKey(key.x(), BigInteger.TWO)));
    }

    private static List<JsonNode> pairs() {
        try {
            List<JsonNode> pairs = new ArrayList<>();
            for (JsonNode entry : new ObjectMapper().readTree(VECTORS.toFile())) {
                if (entry.get("name").asText().startsWith("sign ")) {
                    pairs.add(entry);
                }
            }
            return pairs;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean verifies(BigInteger x, int parity, byte[] message, byte[] signature) {
        return TestChain.done(probe.verifies(x, BigInteger.valueOf(parity), message, signature));
    }

    private static byte[] flipped(byte[] bytes, int bit) {
        byte[] flipped = bytes.clone();
        flipped[bit / 8] ^= (byte) (1 << bit % 8);
        return flipped;
    }

    private static byte[] word(BigInteger value) {
        return Numeric.toBytesPadded(value, 32);
    }

    private static byte[] bytes(JsonNode hex) {
        return Numeric.hexStringToByteArray(hex.asText());
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}

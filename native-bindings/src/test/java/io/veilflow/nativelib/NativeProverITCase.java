package io.veilflow.nativelib;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.rule.v1.Node;
import io.veilflow.rule.v1.Operands;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class NativeProverITCase {
    /** The generator of G1. */
    private static final byte[] ONE = point(1, 2);

    @Test
    void aRuleCompilesToTheDocumentedGroups() throws Exception {
        CircuitSummary circuit = NativeProver.compile(SmallRule.bytes());
        assertEquals(1, circuit.words());
        assertEquals(1, circuit.variableWords());
        assertEquals(2, circuit.outputBits());
        assertEquals(2, circuit.bookWires());
        assertEquals(1, circuit.publicWires());
        assertEquals(0, circuit.limbs());
        assertEquals(0, circuit.counts());
        assertEquals(8 + 16 + 16, circuit.bits());
        assertEquals(2, circuit.adviceWires());
        assertEquals(1, circuit.commitments());
        assertEquals(0, circuit.limbBits());
        assertEquals(47, circuit.inputWires());
        assertEquals(0, circuit.productLevels());
        assertEquals(0, circuit.products());
        assertArrayEquals(MessageDigest.getInstance("SHA-256").digest(SmallRule.bytes()), circuit.ruleHash());
        assertArrayEquals(NativeProver.compile(SmallRule.bytes()).circuitDigest(), circuit.circuitDigest());
    }

    @Test
    void aBadRuleIsRefusedByItsNode() {
        byte[] bad = SmallRule.program().toBuilder()
                .addNodes(Node.newBuilder().setSum(Operands.newBuilder().addNodes(3)))
                .build()
                .toByteArray();
        NativeException e = assertThrows(NativeException.class, () -> NativeProver.compile(bad));
        assertEquals(NativeStatus.INVALID_RULE, e.status());
        assertTrue(e.getMessage().contains("node 4"), e.getMessage());
        assertEquals(
                NativeStatus.INVALID_RULE,
                assertThrows(NativeException.class, () -> NativeProver.compile(new byte[0]))
                        .status());
        assertThrows(NullPointerException.class, () -> NativeProver.compile(null));
    }

    @Test
    void keysHaveTheirDocumentedSizesAndSayThatTheyAreUnsafe() {
        UnsafeKeyMaterial keys = NativeProver.setupUnsafe(SmallRule.bytes());
        assertTrue(new String(keys.provingKey(), 0, 29, java.nio.charset.StandardCharsets.US_ASCII)
                .equals("veilflow/unsafe-proving-key/2"));
        assertEquals(1 + 64 + 4 * 128 + (1 + 2 + 1) * 64, keys.verifyingKey().length);
        assertEquals(3 * 64, keys.basis().length);
        assertTrue(NativeProver.isOnCurve(keys.basis()));
    }

    @Test
    void aMalformedVerifyingKeyIsAnErrorAndNotANo() {
        NativeException e = assertThrows(
                NativeException.class, () -> NativeProver.verify(new byte[832], new byte[384], new byte[64]));
        assertEquals(NativeStatus.INVALID_KEY, e.status());
    }

    @Test
    void commitmentsAddUp() {
        byte[] two = NativeProver.addPoints(SmallRule.concat(ONE, ONE));
        assertArrayEquals(two, NativeProver.commit(ONE, SmallRule.element(BigInteger.TWO)));
        assertArrayEquals(
                NativeProver.commit(SmallRule.concat(ONE, two), SmallRule.concat(scalar(5), scalar(-2))), ONE);
        assertArrayEquals(new byte[64], NativeProver.commit(ONE, scalar(0)));
    }

    @Test
    void malformedPointsScalarsAndLengthsAreRefused() {
        byte[] off = ONE.clone();
        off[63] ^= 1;
        byte[] above = new byte[32];
        Arrays.fill(above, (byte) 0xff);
        assertFalse(NativeProver.isOnCurve(off));
        assertFalse(NativeProver.isOnCurve(new byte[64]));
        assertFalse(NativeProver.isOnCurve(new byte[63]));
        assertFalse(NativeProver.isOnCurve(new byte[0]));
        assertRefused(NativeStatus.INVALID_POINT, () -> NativeProver.addPoints(off));
        assertRefused(NativeStatus.INVALID_POINT, () -> NativeProver.addPoints(new byte[64]));
        assertRefused(NativeStatus.INVALID_WITNESS, () -> NativeProver.commit(ONE, above));
        assertRefused(NativeStatus.INVALID_ARGUMENT, () -> NativeProver.commit(ONE, new byte[64]));
        assertRefused(NativeStatus.INVALID_ARGUMENT, () -> NativeProver.addPoints(new byte[63]));
        assertRefused(NativeStatus.INVALID_ARGUMENT, () -> NativeProver.addPoints(new byte[0]));
    }

    private static void assertRefused(NativeStatus status, org.junit.jupiter.api.function.Executable action) {
        assertEquals(status, assertThrows(NativeException.class, action).status());
    }

    private static byte[] scalar(int value) {
        return SmallRule.element(BigInteger.valueOf(value));
    }

    private static byte[] point(int x, int y) {
        byte[] out = new byte[64];
        out[31] = (byte) x;
        out[63] = (byte) y;
        return out;
    }
}

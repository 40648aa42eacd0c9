package io.veilflow.nativelib;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JointProofITCase {
    private static final long SEED = 20261122L;
    private static final byte[] CONTEXT = SmallRule.element(BigInteger.valueOf(4711));
    private static final int[] AMOUNTS = {99, 100};
    private static final int LIMIT = 100;
    private static final int PARTIES = 3;

    private UnsafeKeyMaterial material;
    private ProvingKeyHandle key;

    @BeforeAll
    void makeKeys() {
        material = NativeProver.setupUnsafe(SmallRule.bytes());
        key = NativeProver.loadProvingKey(SmallRule.bytes(), material.provingKey(), material.verifyingKey());
    }

    @AfterAll
    void closeKeys() {
        key.close();
    }

    @Test
    void threePartiesMakeOneProofThatVerifiesForItsStatementOnly() {
        byte[] word = SmallRule.word(AMOUNTS, LIMIT);
        List<byte[]> made;
        try (ThreeProofs three = three(SEED)) {
            made = three.run();
        }
        assertArrayEquals(made.get(0), made.get(1));
        assertArrayEquals(made.get(0), made.get(2));
        byte[] inputs = SmallRule.concat(CONTEXT, word);
        assertTrue(NativeProver.verify(material.verifyingKey(), made.get(0), inputs));
        for (int k = 0; k < 2; k++) {
            byte[] changed = inputs.clone();
            changed[32 * k + 31] ^= 1;
            assertFalse(NativeProver.verify(material.verifyingKey(), made.get(0), changed), "public input " + k);
        }
        byte[] negated = made.get(0).clone();
        negated[100] ^= 1;
        assertFalse(NativeProver.verify(material.verifyingKey(), negated, inputs));
        assertFalse(NativeProver.verify(material.verifyingKey(), new byte[384], inputs));
        assertFalse(NativeProver.verify(material.verifyingKey(), new byte[0], inputs));
    }

    @Test
    void aWrongShareInRoundOneEndsTheProofForGood() {
        try (ThreeProofs three = three(SEED)) {
            three.runTo(JointStep.RoundOne.class);
            byte[][] replies = three.replies();
            // P1's A is exchanged for P1's B in G1: a well-formed point that is not on the line.
            System.arraycopy(replies[0], 64, replies[0], 0, 64);
            JointProof honest = three.proofs.get(0);
            assertEquals(NativeStatus.NOT_COLLINEAR, failure(() -> honest.step(replies[0])));
            assertEquals(NativeStatus.WRONG_STATE, failure(() -> honest.step(replies[0])));
        }
    }

    @Test
    @DisplayName("E17: a reply that is too short or null is refused in Java, before the call")
    void aReplyOfAnotherLengthIsRefusedBeforeTheCallAndTheProofGoesOn() {
        try (ThreeProofs three = three(SEED)) {
            JointProof proof = three.proofs.get(0);
            assertEquals(NativeStatus.INVALID_ARGUMENT, failure(() -> proof.step(new byte[1])));
            assertThrows(NullPointerException.class, () -> proof.step(null));
            assertEquals(3, three.run().size());
            assertEquals(NativeStatus.WRONG_STATE, failure(() -> proof.step(new byte[0])));
        }
    }

    @Test
    void aClosedProofRefusesEverythingAndMayBeClosedAgain() {
        ThreeProofs three = three(SEED);
        three.close();
        three.close();
        assertEquals(NativeStatus.CLOSED, failure(() -> three.proofs.get(0).step(new byte[0])));
        assertEquals(NativeStatus.CLOSED, failure(() -> three.proofs.get(1).current()));
    }

    @Test
    @DisplayName("E17: a second thread in one proof is refused, not made to wait")
    void twoThreadsInOneProofAreNotBothServed() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (ThreeProofs three = three(SEED)) {
            three.runTo(JointStep.RowTerms.class);
            byte[][] replies = three.replies();
            JointProof proof = three.proofs.get(0);
            CyclicBarrier together = new CyclicBarrier(2);
            List<Future<NativeStatus>> results = threads.invokeAll(List.of(
                    () -> stepStatus(proof, replies[0], together), () -> stepStatus(proof, replies[0], together)));
            List<NativeStatus> statuses =
                    List.of(results.get(0).get(), results.get(1).get());
            assertTrue(statuses.contains(NativeStatus.OK), statuses.toString());
            assertTrue(
                    statuses.contains(NativeStatus.CONCURRENT_USE) || statuses.contains(NativeStatus.INVALID_ARGUMENT),
                    statuses.toString());
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void keysOfAnotherRuleOrSetupAreRefused() {
        byte[] other = SmallRule.program().toBuilder().setName("other").build().toByteArray();
        UnsafeKeyMaterial second = NativeProver.setupUnsafe(SmallRule.bytes());
        assertEquals(
                NativeStatus.INVALID_KEY,
                failure(() -> NativeProver.loadProvingKey(other, material.provingKey(), material.verifyingKey())));
        assertEquals(
                NativeStatus.INVALID_KEY,
                failure(() ->
                        NativeProver.loadProvingKey(SmallRule.bytes(), material.provingKey(), second.verifyingKey())));
        assertEquals(
                NativeStatus.INVALID_KEY,
                failure(() -> NativeProver.loadProvingKey(SmallRule.bytes(), new byte[0], material.verifyingKey())));
        ProvingKeyHandle closed =
                NativeProver.loadProvingKey(SmallRule.bytes(), material.provingKey(), material.verifyingKey());
        closed.close();
        closed.close();
        assertEquals(
                NativeStatus.CLOSED,
                failure(() -> new ThreeProofs(closed, material.basis(), CONTEXT, AMOUNTS, LIMIT, new Random(SEED))));
    }

    @Test
    void withTwoCommitmentsTheProofIsLongerAndVerifies() {
        UnsafeKeyMaterial keys = NativeProver.setupUnsafe(SmallRule.bytesByLimbs());
        byte[] inputs = SmallRule.concat(CONTEXT, SmallRule.word(AMOUNTS, LIMIT));
        try (ProvingKeyHandle byLimbs =
                        NativeProver.loadProvingKey(SmallRule.bytesByLimbs(), keys.provingKey(), keys.verifyingKey());
                ThreeProofs three = new ThreeProofs(byLimbs, keys.basis(), CONTEXT, AMOUNTS, LIMIT, new Random(SEED))) {
            assertInstanceOf(JointStep.RoundZero.class, three.proofs.get(0).current());
            List<byte[]> made = three.run();
            assertEquals(448, made.get(0).length);
            assertArrayEquals(made.get(0), made.get(1));
            assertTrue(NativeProver.verify(keys.verifyingKey(), made.get(0), inputs));
            assertFalse(NativeProver.verify(material.verifyingKey(), made.get(0), inputs), "another key");
            byte[] second = made.get(0).clone();
            System.arraycopy(second, 256, second, 320, 64);
            assertFalse(NativeProver.verify(keys.verifyingKey(), second, inputs), "D twice");
            assertFalse(NativeProver.verify(keys.verifyingKey(), Arrays.copyOf(second, 384), inputs), "one less");
        }
    }

    @Test
    @DisplayName("E7: a share serves one proof: r and s of an ended proof are gone, and a second step is refused")
    void anEndedProofMakesNoSecondOne() {
        try (ThreeProofs three = three(SEED)) {
            three.run();
            for (JointProof proof : three.proofs) {
                assertEquals(NativeStatus.WRONG_STATE, failure(() -> proof.step(new byte[128])));
            }
        }
    }

    /**
     * The number is 1,000 in the build. For 10,000: {@code mvn -pl native-bindings verify -Dit.test=JointProofITCase
     * -Dveilflow.proofs=10000}.
     */
    @Test
    @DisplayName("E18: memory levels off over 1,000 proofs")
    void manyProofsLeaveNoMemoryBehind() throws IOException {
        assumeTrue(Files.isReadable(Path.of("/proc/self/status")), "resident memory can be read on Linux only");
        int times = Integer.getInteger("veilflow.proofs", 1_000) / PARTIES + 1;
        long start = residentKilobytes();
        long before = prove(times / 5);
        long middle = prove(times / 2 - times / 5);
        long end = prove(times - times / 2);
        System.out.printf(
                "%d proofs, resident kB: %d at the start, %d in the first fifth, %d to the middle, %d to the end%n",
                times * PARTIES, start, before, middle, end);
        assertTrue(end - before < 32 * 1024, "grown by " + (end - before) + " kB");
    }

    /** The least resident memory over ten readings: what a collector has not yet freed is in some of them, what is lost in all. */
    private long prove(int times) throws IOException {
        long least = Long.MAX_VALUE;
        for (int k = 0; k < times; k++) {
            try (ThreeProofs three = three(SEED + k)) {
                assertEquals(3, three.run().size());
            }
            if ((k + 1) % (times / 10) == 0) {
                least = Math.min(least, residentKilobytes());
            }
        }
        return least;
    }

    private static long residentKilobytes() throws IOException {
        System.gc();
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .map(line -> line.replaceAll("[^0-9]", ""))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElseThrow();
    }

    private ThreeProofs three(long seed) {
        return new ThreeProofs(key, material.basis(), CONTEXT, AMOUNTS, LIMIT, new Random(seed));
    }

    private static NativeStatus stepStatus(JointProof proof, byte[] reply, CyclicBarrier together) throws Exception {
        together.await();
        try {
            proof.step(reply);
            return NativeStatus.OK;
        } catch (NativeException e) {
            return e.status();
        }
    }

    private static NativeStatus failure(org.junit.jupiter.api.function.Executable action) {
        return assertThrows(NativeException.class, action).status();
    }
}

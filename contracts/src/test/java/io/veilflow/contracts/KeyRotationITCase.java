package io.veilflow.contracts;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.contracts.testing.RegistryChain;
import io.veilflow.contracts.testing.TestChain;
import io.veilflow.contracts.testing.TestJob;
import io.veilflow.contracts.testing.TestJob.Post;
import io.veilflow.contracts.testing.WholeGroupKey;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Group keys follow each other by their own signature, at a window number and after a delay. */
class KeyRotationITCase {
    private static final long DELAY_SECONDS = 3_600;
    private static final WholeGroupKey NEXT = WholeGroupKey.of(2002);
    private static final WholeGroupKey THIRD = WholeGroupKey.of(3003);
    private static final String NOT_SIGNED = "GroupSignatureInvalid(uint64,bytes32)";
    private static final String EARLY = "ChangeTooEarly(uint64,uint64)";
    private static final String NOT_USABLE = "GroupKeyNotUsable(uint256)";

    @RegisterExtension
    static final RegistryChain chain =
            new RegistryChain(terms -> terms.rotationDelay(DELAY_SECONDS).proofDeadline(1));

    @Test
    @DisplayName("G9: from its window on the new key signs and the old one does not; before it the other way round")
    void theNewKeySignsFromItsWindowOn() {
        TestJob old = chain.job();
        TestJob renewed = old.signedBy(NEXT);
        chain.send(3, old.rotation(2, NEXT));
        chain.chain().pass(DELAY_SECONDS);
        chain.assertRefused(NOT_SIGNED, renewed.post(0, 1));
        chain.send(old.post(0, 1));
        chain.send(old.attested(old.post(1, 1)));
        chain.assertRefused(NOT_SIGNED, old.post(2, 1));
        chain.assertRefused(NOT_SIGNED, old.attested(old.post(2, 1)));
        chain.assertRefused(NOT_SIGNED, old.skip(2, 2, 1));
        chain.send(renewed.post(2, 1));
        chain.send(renewed.skip(3, 4, 1));
    }

    @Test
    @DisplayName("G9: the old key still signs the late proof of a window that it served")
    void theOldKeyServesItsWindows() {
        TestJob old = chain.job();
        Post late = old.post(0, 2);
        chain.send(old.attested(late));
        chain.send(old.rotation(2, NEXT));
        chain.chain().pass(DELAY_SECONDS);
        chain.send(old.post(1, 1));
        chain.send(old.signedBy(NEXT).post(2, 1));
        chain.assertRefused(NOT_SIGNED, old.signedBy(NEXT).sign(late));
        chain.send(late);
        assertEquals(BigInteger.TWO, chain.result(0).assurance);
    }

    @Test
    @DisplayName("G9: before its delay has passed a new key signs nothing")
    void aNewKeyWaits() {
        TestJob old = chain.job();
        TestJob renewed = old.signedBy(NEXT);
        chain.send(old.rotation(1, NEXT));
        chain.send(old.post(0, 1));
        chain.assertRefused(NOT_USABLE, renewed.post(1, 1));
        chain.assertRefused(NOT_USABLE, renewed.skip(1, 1, 1));
        chain.assertRefused(NOT_USABLE, renewed.rotation(3, THIRD));
        chain.chain().pass(DELAY_SECONDS);
        chain.send(renewed.post(1, 1));
        chain.send(renewed.rotation(3, THIRD));
    }

    @Test
    @DisplayName("G8, F5: a key that the newest one did not sign is not installed, not even by the owner")
    void onlyTheNewestKeyNamesItsSuccessor() {
        TestJob job = chain.job();
        chain.assertRefused(NOT_SIGNED, job.signedBy(THIRD).rotation(1, THIRD));
        byte[] signature = job.group().sign(job.rotationMessage(1, NEXT));
        for (Object[] other : List.of(
                new Object[] {2L, NEXT.x(), NEXT.parity()},
                new Object[] {1L, THIRD.x(), THIRD.parity()},
                new Object[] {1L, NEXT.x(), 1 - NEXT.parity()})) {
            chain.assertRefused(
                    NOT_SIGNED, rotation((long) other[0], (BigInteger) other[1], (int) other[2], signature));
        }
        chain.send(job.rotation(1, NEXT));
        chain.chain().pass(DELAY_SECONDS);
        chain.assertRefused(NOT_SIGNED, job.rotation(2, THIRD));
        chain.send(job.signedBy(NEXT).rotation(2, THIRD));
    }

    @Test
    @DisplayName("G5, G6: a rotation of another job is refused, and so is a result's signature")
    void aSignatureOverSomethingElseIsNoRotation() {
        TestJob other = chain.newJob();
        other.register(chain.terms().build());
        TestJob job = chain.job();
        for (byte[] message : List.of(
                other.rotationMessage(1, NEXT),
                job.message(job.post(0, 1), TestJob.PROVEN),
                job.skipMessage(1, 1, 1))) {
            chain.assertRefused(
                    NOT_SIGNED, rotation(1, NEXT.x(), NEXT.parity(), job.group().sign(message)));
        }
    }

    @Test
    @DisplayName(
            "F4: a recorded or the next window keeps its key; keys come at rising windows; the same rotation again has no effect")
    void aWindowsKeyNeverChanges() {
        TestJob job = chain.job();
        chain.assertRefused(EARLY, job.rotation(0, NEXT));
        chain.send(job.post(0, 1));
        chain.assertRefused(EARLY, job.rotation(1, NEXT));
        String rotation = job.rotation(5, NEXT);
        chain.send(rotation);
        chain.assertNoEffect(rotation);
        chain.chain().pass(DELAY_SECONDS);
        chain.assertNoEffect(rotation);
        TestJob renewed = job.signedBy(NEXT);
        for (long fromWindow : new long[] {2, 4, 5}) {
            chain.assertRefused(EARLY, renewed.rotation(fromWindow, THIRD));
        }
        chain.send(renewed.rotation(6, THIRD));
        chain.assertNoEffect(rotation);
        assertKey(chain.job().group(), 0, 4);
        assertKey(NEXT, 5, 5);
        assertKey(THIRD, 6, 100);
    }

    @Test
    @DisplayName("F8: a new key that is none is refused")
    void aKeyThatIsNoneIsRefused() {
        TestJob job = chain.job();
        BigInteger offCurve = BigInteger.valueOf(5);
        for (BigInteger x : List.of(BigInteger.ZERO, offCurve, WholeGroupKey.ORDER)) {
            byte[] message =
                    TestChain.done(chain.registry().rotationMessageOf(job.jobId(), BigInteger.ONE, x, BigInteger.ZERO));
            chain.assertRefused(
                    "GroupKeyInvalid(uint256,uint8)",
                    rotation(1, x, 0, job.group().sign(message)));
        }
    }

    @Test
    void theMessageIsTheDocumentedOne() {
        assertArrayEquals(
                chain.job().rotationMessage(77, NEXT),
                TestChain.done(chain.registry()
                        .rotationMessageOf(
                                chain.job().jobId(),
                                BigInteger.valueOf(77),
                                NEXT.x(),
                                BigInteger.valueOf(NEXT.parity()))));
    }

    @Test
    @DisplayName("F11: what a rotation costs")
    void whatARotationCosts() {
        long gas = chain.gas(chain.job().rotation(1, NEXT));
        long again = chain.gas(chain.job().rotation(1, NEXT));
        System.out.printf("rotateKey: %d, repetition %d gas%n", gas, again);
        assertTrue(gas < 150_000, () -> gas + " gas");
    }

    private static void assertKey(WholeGroupKey key, long first, long last) {
        for (long window : new long[] {first, last}) {
            var kept = TestChain.done(chain.registry().groupKeyOf(chain.job().jobId(), BigInteger.valueOf(window)));
            assertEquals(key.x(), kept.component1());
            assertEquals(BigInteger.valueOf(key.parity()), kept.component2());
            assertEquals(BigInteger.valueOf(first), kept.component3());
        }
    }

    private static String rotation(long fromWindow, BigInteger x, int parity, byte[] signature) {
        return chain.registry()
                .rotateKey(
                        chain.job().jobId(), BigInteger.valueOf(fromWindow), x, BigInteger.valueOf(parity), signature)
                .encodeFunctionCall();
    }
}

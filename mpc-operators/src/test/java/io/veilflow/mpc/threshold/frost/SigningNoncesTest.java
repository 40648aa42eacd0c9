package io.veilflow.mpc.threshold.frost;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.threshold.Ciphersuite;
import io.veilflow.mpc.threshold.CurvePoint;
import io.veilflow.mpc.threshold.GroupKey;
import io.veilflow.mpc.threshold.KeyShare;
import io.veilflow.mpc.threshold.Scalar;
import io.veilflow.mpc.threshold.TestKeys;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** When nonces serve, and for what. */
class SigningNoncesTest {
    private static final byte[] MESSAGE = new byte[32];

    private final SecureRandom random = TestKeys.seeded(71);
    private final List<KeyShare> shares = TestKeys.shares(71);
    private final GroupKey group = shares.get(0).group();
    private final SigningNonces mine = draw(PartyId.P0);
    private final SigningNonces peers = draw(PartyId.P1);

    private SigningNonces draw(PartyId party) {
        return SigningNonces.draw(Ciphersuite.EVM, shares.get(party.index()), random);
    }

    private SigningPackage agreed(NonceCommitment... commitments) {
        return new SigningPackage(Ciphersuite.EVM, group, MESSAGE, new CommitmentList(List.of(commitments)));
    }

    private SigningPackage agreed() {
        return agreed(mine.commitment(), peers.commitment());
    }

    @Test
    @DisplayName("G2: nonces sign once; the second request is refused, for the same package and for another")
    void once() {
        mine.sign(agreed());
        assertFalse(mine.areFresh());
        assertThrows(SpentNoncesException.class, () -> mine.sign(agreed()));
        SigningPackage other = agreed(mine.commitment(), draw(PartyId.P2).commitment());
        assertThrows(SpentNoncesException.class, () -> mine.sign(other));
    }

    @Test
    @DisplayName("G2: of many threads that ask at once, one gets a share")
    void onceAcrossThreads() throws InterruptedException, ExecutionException {
        int threads = 8;
        for (int round = 0; round < 20; round++) {
            SigningNonces contended = draw(PartyId.P0);
            SigningPackage agreed = agreed(contended.commitment(), peers.commitment());
            ExecutorService pool = Executors.newFixedThreadPool(threads);
            CountDownLatch together = new CountDownLatch(threads);
            List<Future<Boolean>> asked = new ArrayList<>();
            for (int k = 0; k < threads; k++) {
                asked.add(pool.submit(() -> {
                    together.countDown();
                    together.await();
                    try {
                        return contended.sign(agreed).length == Scalar.BYTES;
                    } catch (SpentNoncesException refused) {
                        return false;
                    }
                }));
            }
            int signed = 0;
            for (Future<Boolean> one : asked) {
                signed += one.get() ? 1 : 0;
            }
            pool.shutdown();
            assertEquals(1, signed);
        }
    }

    @Test
    @DisplayName("G2: closed nonces sign nothing")
    void closed() {
        mine.close();
        assertThrows(SpentNoncesException.class, () -> mine.sign(agreed()));
    }

    @Test
    @DisplayName(
            "G3: a list without the signer, with another entry of it, or for another key is refused, and nothing is spent")
    void listsThatAreNotForThisSigner() {
        SigningPackage without = agreed(peers.commitment(), draw(PartyId.P2).commitment());
        assertThrows(CommitmentListException.class, () -> mine.sign(without));
        SigningPackage another = agreed(draw(PartyId.P0).commitment(), peers.commitment());
        assertThrows(CommitmentListException.class, () -> mine.sign(another));
        NonceCommitment swapped = new NonceCommitment(
                PartyId.P0, mine.commitment().binding(), mine.commitment().hiding());
        SigningPackage changed = agreed(swapped, peers.commitment());
        assertThrows(CommitmentListException.class, () -> mine.sign(changed));

        SecureRandom other = TestKeys.seeded(5);
        GroupKey refreshed = TestKeys.shares(Scalar.random(other), Scalar.random(other), 2)
                .get(0)
                .group();
        SigningPackage foreign = new SigningPackage(Ciphersuite.EVM, refreshed, MESSAGE, agreed().commitments());
        assertThrows(CommitmentListException.class, () -> mine.sign(foreign));
        SigningPackage suite = new SigningPackage(Ciphersuite.RFC_9591, group, MESSAGE, agreed().commitments());
        assertThrows(CommitmentListException.class, () -> mine.sign(suite));

        assertTrue(mine.areFresh());
        assertEquals(Scalar.BYTES, mine.sign(agreed()).length);
    }

    @Test
    @DisplayName("G3: a repeated signer, one signer, three, identity: refused")
    void listsThatAreNone() {
        assertThrows(CommitmentListException.class, () -> agreed(mine.commitment(), mine.commitment()));
        assertThrows(
                CommitmentListException.class,
                () -> agreed(mine.commitment(), draw(PartyId.P0).commitment()));
        assertThrows(CommitmentListException.class, () -> agreed(mine.commitment()));
        assertThrows(
                CommitmentListException.class,
                () -> agreed(
                        mine.commitment(), peers.commitment(), draw(PartyId.P2).commitment()));
        assertThrows(
                IllegalArgumentException.class,
                () -> new NonceCommitment(PartyId.P0, CurvePoint.INFINITY, CurvePoint.GENERATOR));
        assertThrows(
                IllegalArgumentException.class,
                () -> new NonceCommitment(PartyId.P0, CurvePoint.GENERATOR, CurvePoint.INFINITY));
        byte[] infinity = new byte[CurvePoint.BYTES];
        assertTrue(NonceCommitment.decode(PartyId.P0, infinity, CurvePoint.GENERATOR.encoded())
                .isEmpty());
        assertTrue(NonceCommitment.decode(PartyId.P0, CurvePoint.GENERATOR.encoded(), new byte[1])
                .isEmpty());
    }

    @Test
    @DisplayName("G4: a wrong share names its signer, each alone and both at once")
    void wrongSharesAreNamed() {
        SigningPackage agreed = agreed();
        byte[] one = mine.sign(agreed);
        byte[] other = peers.sign(agreed);
        assertEquals(Set.of(PartyId.P0), culprits(agreed, wrong(one), other));
        assertEquals(Set.of(PartyId.P1), culprits(agreed, one, wrong(other)));
        assertEquals(Set.of(PartyId.P0, PartyId.P1), culprits(agreed, wrong(one), wrong(other)));
        byte[] aboveTheOrder = HexFormat.of().parseHex("ff".repeat(Scalar.BYTES));
        assertEquals(Set.of(PartyId.P1), culprits(agreed, one, aboveTheOrder));
        assertEquals(Set.of(PartyId.P1), culprits(agreed, one, new byte[0]));
        assertEquals(Set.of(PartyId.P0, PartyId.P1), culprits(agreed, other, one), "swapped");
        assertThrows(
                IllegalArgumentException.class,
                () -> SignatureAggregation.of(agreed, Map.of(PartyId.P0, one, PartyId.P2, other)));
        SignatureAggregation.Signed signed = assertInstanceOf(
                SignatureAggregation.Signed.class,
                SignatureAggregation.of(agreed, Map.of(PartyId.P0, one, PartyId.P1, other)));
        assertTrue(signed.signature().forContract().verifies(group.point(), MESSAGE));
    }

    private static byte[] wrong(byte[] share) {
        return Scalar.decode(share).orElseThrow().plus(Scalar.of(1)).encoded();
    }

    private static Set<PartyId> culprits(SigningPackage agreed, byte[] one, byte[] other) {
        SignatureAggregation combined = SignatureAggregation.of(agreed, Map.of(PartyId.P0, one, PartyId.P1, other));
        return assertInstanceOf(SignatureAggregation.Refused.class, combined).culprits();
    }

    @Test
    @DisplayName("G10: one share is no signature, and does not fit with another pair's")
    void oneShareIsNoSignature() {
        SigningPackage agreed = agreed();
        byte[] one = mine.sign(agreed);
        SchnorrSignature alone =
                new SchnorrSignature(agreed.nonce(), Scalar.decode(one).orElseThrow());
        assertFalse(alone.forContract().verifies(group.point(), MESSAGE));
    }

    @Test
    void noncesShowNothingAndDependOnTheKeyShareToo() {
        assertEquals("SigningNonces[P0]", mine.toString());
        byte[] same = new byte[32];
        NonceCommitment one = SigningNonces.derive(Ciphersuite.EVM, shares.get(0), same.clone(), same.clone())
                .commitment();
        NonceCommitment other = SigningNonces.derive(Ciphersuite.EVM, shares.get(1), same.clone(), same.clone())
                .commitment();
        assertFalse(one.hiding().equals(other.hiding()));
        assertArrayEquals(new byte[32], same);
    }
}

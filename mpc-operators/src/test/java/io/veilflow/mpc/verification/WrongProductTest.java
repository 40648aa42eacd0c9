package io.veilflow.mpc.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.mpc.field.P61;
import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.ledger.AndProducts;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.session.ProtocolAbortException.Reason;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A party that multiplied wrongly is caught by both others, wherever the error is and however it proves. */
class WrongProductTest {
    private static final long SEED = 45;
    private static final List<PrimeField> FIELDS = List.of(PrimeField.P61, PrimeField.FR, PrimeField.ZQ);

    /** Both verifiers of the cheater abort, and nobody is accused. */
    private static void assertCaught(PartyId cheater, Map<PartyId, ProtocolAbortException> aborts, String what) {
        for (PartyId verifier : List.of(cheater.next(), cheater.previous())) {
            assertTrue(aborts.containsKey(verifier), what + ": " + verifier + " went on, seed " + SEED);
            assertEquals(Reason.CHECK_FAILED, aborts.get(verifier).reason(), what);
            assertTrue(aborts.get(verifier).accused().isEmpty(), what);
        }
    }

    @Test
    void rightProductsPass() {
        for (int words : new int[] {1, 8, 18, 500}) {
            LockstepParties parties = new LockstepParties(SEED);
            parties.ands(words);
            assertEquals(Map.of(), parties.verify("dzkp"), words + " words");
        }
        for (PrimeField field : FIELDS) {
            LockstepParties parties = new LockstepParties(SEED);
            parties.ands(3);
            parties.sums(field, 5, 1, PartyId.P0);
            parties.cheap(field, 7);
            parties.sums(field, 2, 9, PartyId.P0);
            parties.sums(field == PrimeField.FR ? PrimeField.P61 : PrimeField.FR, 40, 1, PartyId.P0);
            assertEquals(Map.of(), parties.verify("dzkp"), field.label());
        }
    }

    @Test
    @DisplayName("C3: one wrong AND is caught at every position of a batch")
    void oneWrongGateAtEveryPosition() {
        for (int gate = 0; gate < 192; gate++) {
            assertWrongGate(3, gate);
        }
        // more than two groups, the last one not full
        for (int gate : new int[] {0, 63, 64, 511, 512, 513, 1023, 1024, 18 * 64 - 1}) {
            assertWrongGate(18, gate);
        }
    }

    private static void assertWrongGate(int words, int gate) {
        PartyId sender = PartyId.of(gate % 3);
        LockstepParties parties = new LockstepParties(SEED + gate);
        parties.ands(words, sender, gate);
        assertCaught(sender, parties.verify("dzkp"), "gate " + gate + " of " + words + " words");
    }

    @Test
    @DisplayName("C3: a batch in which every AND is wrong is caught")
    void allGatesWrong() {
        for (PartyId sender : PartyId.values()) {
            for (int words : new int[] {1, 3, 8}) {
                LockstepParties parties = new LockstepParties(SEED);
                parties.ands(words, sender, IntStream.range(0, 64 * words).toArray());
                assertCaught(sender, parties.verify("dzkp"), "all gates of " + words + " words");
            }
        }
    }

    @Test
    @DisplayName("C3: a wrong product is caught at every position, in every field, in sums and in the cheaper form")
    void oneWrongProductAtEveryPosition() {
        for (PrimeField field : FIELDS) {
            for (int statement = 0; statement < 11; statement++) {
                for (PartyId sender : PartyId.values()) {
                    LockstepParties parties = new LockstepParties(SEED + statement);
                    parties.sums(field, 11, 1 + statement % 3, sender, statement);
                    assertCaught(sender, parties.verify("dzkp"), field.label() + " sum " + statement);
                }
                LockstepParties parties = new LockstepParties(SEED + statement);
                parties.cheap(field, 11, statement);
                parties.sums(field, 3, 1, PartyId.P0);
                assertCaught(PartyId.P0, parties.verify("dzkp"), field.label() + " cheap " + statement);
            }
        }
    }

    @Test
    @DisplayName("C3: two errors that would cancel in a plain sum do not cancel under the weights")
    void errorsDoNotCancel() {
        for (PrimeField field : FIELDS) {
            LockstepParties parties = new LockstepParties(SEED);
            parties.sums(field, 4, 1, PartyId.P1, 0);
            // z_1 of statement 1 is one too small: P0 received it
            long[] received = parties.ledger(PartyId.P0).products(field).zNext();
            long[] second = Arrays.copyOfRange(received, field.words(), 2 * field.words());
            System.arraycopy(field.subtract(second, field.one()), 0, received, field.words(), field.words());
            assertCaught(PartyId.P1, parties.verify("dzkp"), field.label());
        }
    }

    @Test
    @DisplayName("C3: a prover whose proof follows its wrong AND, or repairs the sum of G, is caught")
    void aProverThatFollowsItsError() {
        long[][] repairs = {{}, {P61.P - 1}, {0, P61.P - 1}, {0, 1, P61.P - 1}};
        for (PartyId cheater : PartyId.values()) {
            for (long[] repair : repairs) {
                for (String level : new String[] {"G/1", "G/2", "G/4"}) {
                    String label = "dzkp/and/" + cheater.index() + "/" + level;
                    LockstepParties parties = new LockstepParties(
                            SEED,
                            (from, to, sent, payload) ->
                                    sent.equals(label) ? plus(PrimeField.P61, payload, repair) : payload);
                    parties.ands(3, cheater, 70);
                    List<List<Proof>> proofs = parties.proofs("dzkp");
                    proofs.get(cheater.index()).set(cheater.index(), following(parties, cheater, 70));
                    assertCaught(cheater, LockstepParties.run(proofs), level + " repaired by " + repair.length);
                }
            }
        }
    }

    /** The cheater's own proof over e with the wrong bit, so that its vectors agree with the z that it sent. */
    private static Proof following(LockstepParties parties, PartyId cheater, int gate) {
        AndProducts ands = parties.ledger(cheater).ands();
        int words = ands.words();
        long[] e = new long[words];
        for (int k = 0; k < words; k++) {
            e[k] = ands.xOwn()[k] & ands.yNext()[k] ^ ands.xNext()[k] & ands.yOwn()[k] ^ ands.maskNext()[k];
        }
        e[gate / 64] ^= 1L << gate % 64;
        Interpolation interpolation = new Interpolation(PrimeField.P61, Step.pointsOf(AndSide.BLOCK));
        AndSide left = new AndSide(ands.xOwn(), ands.yOwn(), 0, words, e, 0);
        AndSide right = new AndSide(ands.yNext(), ands.xNext(), 0, words, ands.maskNext(), 0);
        ProofChannel channel = new ProofChannel(parties.operation(cheater), PrimeField.P61, "dzkp", "and", cheater);
        return new Proof(
                new Prover(channel, new AndStatement(interpolation, left, right, e, false)),
                Step.plan(AndStatement.sizeOf(words)));
    }

    private static byte[] plus(PrimeField field, byte[] payload, long[] addend) {
        long[] padded = Arrays.copyOf(addend, payload.length / field.bytes() * field.words());
        return field.encode(field.add(field.decode(payload), padded));
    }

    @Test
    @DisplayName("C3: points of G changed at any level, with the checked sum kept, are caught")
    void pointsChangedAtEveryLevel() {
        for (PartyId cheater : PartyId.values()) {
            for (int level = 1; level <= 5; level++) {
                assertChangedPoints(PrimeField.P61, cheater, "and", level, parties -> parties.ands(10));
            }
            for (PrimeField field : FIELDS) {
                for (int level = 1; level <= 4; level++) {
                    assertChangedPoints(
                            field, cheater, field.label(), level, parties -> parties.sums(field, 40, 1, PartyId.P0));
                }
            }
        }
    }

    private static void assertChangedPoints(
            PrimeField field, PartyId cheater, String kind, int level, Consumer<LockstepParties> products) {
        String label = "dzkp/" + kind + "/" + cheater.index() + "/G/" + level;
        boolean[] seen = {false};
        // points 1 and 2 are in the checked sum of every level
        long[] shift = new long[3 * field.words()];
        System.arraycopy(field.one(), 0, shift, field.words(), field.words());
        System.arraycopy(
                field.subtract(new long[field.words()], field.one()), 0, shift, 2 * field.words(), field.words());
        LockstepParties parties = new LockstepParties(SEED, (from, to, sent, payload) -> {
            seen[0] |= sent.equals(label);
            return sent.equals(label) ? plus(field, payload, shift) : payload;
        });
        products.accept(parties);
        assertCaught(cheater, parties.verify("dzkp"), label);
        assertTrue(seen[0], "no message " + label);
    }

    @Test
    @DisplayName("C3: every changed message of a verification of all kinds is an abort of an honest party")
    void everyMessageChanged() {
        int messages = 0;
        boolean more = true;
        for (int index = 0; more; index++) {
            more = changeMessage(index, index % 2 == 1);
            messages += more ? 1 : 0;
        }
        // two kinds by three provers and F_p61 with its cheaper first product
        assertTrue(messages > 90, messages + " messages");
    }

    /** @return whether there was such a message */
    private static boolean changeMessage(int index, boolean last) {
        int[] count = {-1};
        PartyId[] sender = new PartyId[1];
        LockstepParties parties = new LockstepParties(SEED, (from, to, label, payload) -> {
            count[0]++;
            if (count[0] != index) {
                return payload;
            }
            sender[0] = from;
            byte[] changed = payload.clone();
            int bit = last ? 8 * payload.length - 5 : 0;
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            return changed;
        });
        parties.ands(2);
        parties.sums(PrimeField.FR, 5, 1, PartyId.P0);
        parties.cheap(PrimeField.P61, 3);
        parties.sums(PrimeField.P61, 3, 1, PartyId.P0);
        Map<PartyId, ProtocolAbortException> aborts = parties.verify("dzkp");
        if (sender[0] == null) {
            return false;
        }
        String what = "message " + index + " " + parties.labels().get(index);
        aborts.remove(sender[0]);
        assertFalse(aborts.isEmpty(), what + ": nobody noticed, seed " + SEED);
        aborts.values()
                .forEach(abort -> assertTrue(
                        abort.accused().isEmpty() || abort.accused().get() == sender[0],
                        what + ": " + abort.getMessage()));
        return true;
    }

    /** An operand of another prover is not touched: its verifiers pass. */
    @Test
    void theErrorOfOneIsNotTheErrorOfAnother() {
        LockstepParties parties = new LockstepParties(SEED);
        parties.ands(2, PartyId.P0, 5);
        Map<PartyId, ProtocolAbortException> aborts = parties.verify("dzkp");
        assertFalse(aborts.containsKey(PartyId.P0));
        assertTrue(aborts.get(PartyId.P1).getMessage().contains("dzkp/and/0/"));
        assertTrue(aborts.get(PartyId.P2).getMessage().contains("dzkp/and/0/"));
    }
}

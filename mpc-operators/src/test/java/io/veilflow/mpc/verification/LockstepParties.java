package io.veilflow.mpc.verification;

import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.ledger.Ledger;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.ProtocolAbortException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Three parties with products in their ledgers, verified round by round on one thread: fast enough for a test at every
 * position and steady enough for a benchmark. The products are computed by the formulas of PROTOCOLS 4.4 with masks
 * from {@code random}.
 */
final class LockstepParties {
    private final Random random;
    private final List<LockstepOperation> operations = new ArrayList<>();

    LockstepParties(long seed) {
        this(seed, LockstepOperation.Change.NONE);
    }

    LockstepParties(long seed, LockstepOperation.Change change) {
        this.random = new Random(seed);
        LockstepOperation.Wires wires = new LockstepOperation.Wires(change);
        for (PartyId party : PartyId.values()) {
            operations.add(new LockstepOperation(party, seed, wires));
        }
    }

    Ledger ledger(PartyId party) {
        return operations.get(party.index()).ledger();
    }

    LockstepOperation operation(PartyId party) {
        return operations.get(party.index());
    }

    /** Messages of the last verification. */
    List<String> labels() {
        return operations.get(0).wires().labels();
    }

    long bytes() {
        return operations.get(0).wires().bytes();
    }

    /**
     * Random ANDs, right but for the listed ones.
     *
     * @param sender whose message was wrong
     * @param wrong gates, 64 a word
     */
    void ands(int words, PartyId sender, int... wrong) {
        long[][] x = components(words);
        long[][] y = components(words);
        long[][] r = components(words);
        long[][] z = new long[3][words];
        for (int i = 0; i < 3; i++) {
            int next = (i + 1) % 3;
            for (int k = 0; k < words; k++) {
                z[i][k] = x[i][k] & (y[i][k] ^ y[next][k]) ^ x[next][k] & y[i][k] ^ r[i][k] ^ r[next][k];
            }
        }
        for (int gate : wrong) {
            z[sender.index()][gate / 64] ^= 1L << gate % 64;
        }
        for (int i = 0; i < 3; i++) {
            int next = (i + 1) % 3;
            ledger(PartyId.of(i)).and(x[i], x[next], y[i], y[next], r[i], r[next], z[next]);
        }
    }

    void ands(int words) {
        ands(words, PartyId.P0);
    }

    /** Random sums of so many terms, right but for the listed ones, to which one is added. */
    void sums(PrimeField field, int sums, int terms, PartyId sender, int... wrong) {
        products(field, sums, elements(field, sums * terms), elements(field, sums * terms), sender, wrong);
    }

    /** Right products or sums of given components. */
    void products(PrimeField field, int sums, long[][] x, long[][] y) {
        products(field, sums, x, y, PartyId.P0);
    }

    private void products(PrimeField field, int sums, long[][] x, long[][] y, PartyId sender, int... wrong) {
        long[][] r = elements(field, sums);
        long[][] z = new long[3][];
        for (int i = 0; i < 3; i++) {
            int next = (i + 1) % 3;
            long[] local = field.add(field.dots(x[i], field.add(y[i], y[next]), sums), field.dots(x[next], y[i], sums));
            z[i] = field.add(local, field.subtract(r[i], r[next]));
        }
        for (int statement : wrong) {
            addOne(field, z[sender.index()], statement);
        }
        for (int i = 0; i < 3; i++) {
            int next = (i + 1) % 3;
            ledger(PartyId.of(i)).dots(field, sums, x[i], x[next], y[i], y[next], r[i], r[next], z[next]);
        }
    }

    /** Cheaper first products of random bits, right but for the listed ones. */
    void cheap(PrimeField field, int count, int... wrong) {
        long[] first = bits(field, count);
        long[] second = bits(field, count);
        long[] mask = elements(field, count)[0];
        long[] sent = field.subtract(field.multiply(first, second), mask);
        for (int statement : wrong) {
            addOne(field, sent, statement);
        }
        long[] none = new long[count * field.words()];
        ledger(PartyId.P0).cheapProducts(field, first, second, mask, sent);
        ledger(PartyId.P1).cheapProducts(field, none, second, mask, none);
        ledger(PartyId.P2).cheapProducts(field, first, none, none, sent);
    }

    private long[] bits(PrimeField field, int count) {
        long[] out = new long[count * field.words()];
        for (int k = 0; k < count; k++) {
            System.arraycopy(field.element(random.nextInt(2)), 0, out, k * field.words(), field.words());
        }
        return out;
    }

    private static void addOne(PrimeField field, long[] vector, int index) {
        long[] one = new long[vector.length];
        System.arraycopy(field.one(), 0, one, index * field.words(), field.words());
        System.arraycopy(field.add(vector, one), 0, vector, 0, vector.length);
    }

    private long[][] components(int words) {
        return new long[][] {words(words), words(words), words(words)};
    }

    private long[] words(int count) {
        long[] out = new long[count];
        for (int k = 0; k < count; k++) {
            out[k] = random.nextLong();
        }
        return out;
    }

    private long[][] elements(PrimeField field, int count) {
        long[][] out = new long[3][];
        for (int i = 0; i < 3; i++) {
            byte[] bytes = new byte[count * field.prssBytes()];
            random.nextBytes(bytes);
            out[i] = new long[count * field.words()];
            field.fromPrss(bytes, 0, count, out[i], 0);
        }
        return out;
    }

    /** Runs all proofs and empties the ledgers; returns who aborted, with the reason. */
    Map<PartyId, ProtocolAbortException> verify(String name) {
        Map<PartyId, ProtocolAbortException> aborts = run(proofs(name));
        operations.forEach(operation -> operation.ledger().wipe());
        return aborts;
    }

    /** Of each party, in the order in which they speak. */
    List<List<Proof>> proofs(String name) {
        List<List<Proof>> out = new ArrayList<>();
        for (LockstepOperation operation : operations) {
            LedgerPart all = LedgerPart.of(
                            operation.ledger(), new LedgerPart.Limits(Integer.MAX_VALUE, Integer.MAX_VALUE))
                    .get(0);
            out.add(new ProofBuilder(operation, name, all).build());
        }
        return out;
    }

    /** Round by round; whoever has aborted sends nothing more, so the run ends with the round of the first abort. */
    static Map<PartyId, ProtocolAbortException> run(List<List<Proof>> proofs) {
        int rounds = proofs.get(0).stream()
                .mapToInt(proof -> proof.plan().size())
                .max()
                .orElse(0);
        Map<PartyId, ProtocolAbortException> aborts = new EnumMap<>(PartyId.class);
        for (int round = 0; round < rounds && aborts.isEmpty(); round++) {
            for (List<Proof> own : proofs) {
                for (Proof proof : own) {
                    proof.send(round);
                }
            }
            for (PartyId party : PartyId.values()) {
                try {
                    for (Proof proof : proofs.get(party.index())) {
                        proof.receive(round);
                    }
                } catch (ProtocolAbortException e) {
                    aborts.put(party, e);
                }
            }
        }
        return aborts;
    }
}

package io.veilflow.mpc.adversary;

import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.field.Words;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.randomness.PrssStream;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.testing.Clear;
import io.veilflow.mpc.testing.ContextKeys;
import io.veilflow.mpc.testing.LinkControl;
import io.veilflow.mpc.testing.Message;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * P_1 tells P_2 a masked value with its lowest bit flipped, so that component 0 of what P_2 derives from it is d = 1 or -1 away
 * from P_0's. In the proof in which P_0 is prover, P_2 left and P_1 right verifier, P_2's target misses by rho * d * c_0 in the product
 * with c, and the accumulators that the two show each other add up to -w_1 * rho * d * c_0 instead of zero. w_1 and rho come
 * from key 2, which P_1 holds, and c_0 is the component of c that it lacks (docs/security/openings.md).
 */
final class LateHashAttack implements Attack {
    static final PartyId LIAR = PartyId.P1;
    static final PartyId DECEIVED = PartyId.P2;

    private static final PrimeField FR = PrimeField.FR;
    private static final int COIN_KEY = 2;

    private final String opening;
    private final ContextKeys keys;

    /**
     * @param opening label of the opening to lie in
     * @param keys of the world; only those of the liar are asked for
     */
    LateHashAttack(String opening, ContextKeys keys) {
        this.opening = opening;
        this.keys = keys;
    }

    @Override
    public void send(Outgoing message, LinkControl links) {
        if (message.to() == DECEIVED && message.label().equals(opening)) {
            byte[] lie = message.payload().clone();
            lie[0] ^= 1;
            message.send(lie);
        } else {
            message.send();
        }
    }

    /**
     * c, from what P_1 saw; empty if it saw no accumulator.
     *
     * @param view messages that P_1 sent or received
     * @param difference d
     * @param verification operation path and name
     * @param statement of the product with c, among P_0's in Fr
     * @param factor P_1's components of c, 1 and 2
     */
    Optional<BigInteger> secret(
            List<Message> view,
            long difference,
            String path,
            String verification,
            int statement,
            ElementShares factor) {
        String clear = verification + "/Fr/0/clear";
        Optional<long[]> left = accumulator(view, DECEIVED, clear);
        Optional<long[]> right = accumulator(view, LIAR, clear);
        if (left.isEmpty() || right.isEmpty()) {
            return Optional.empty();
        }
        long[] known =
                FR.multiply(first(path, verification + "/Fr/w/1"), weight(path, verification + "/Fr/rho", statement));
        long[] signed = difference < 0
                ? FR.add(left.get(), right.get())
                : FR.subtract(new long[FR.words()], FR.add(left.get(), right.get()));
        long[] lacking = FR.multiply(signed, FR.invert(known));
        return Optional.of(Clear.values(FR.add(lacking, FR.add(factor.own(), factor.next())))
                .get(0));
    }

    /** The third of the clear values that this party sent. */
    private static Optional<long[]> accumulator(List<Message> view, PartyId from, String label) {
        return view.stream()
                .filter(message -> message.from() == from && message.label().equals(label))
                .map(message -> FR.decode(Arrays.copyOfRange(message.payload(), 2 * FR.bytes(), 3 * FR.bytes())))
                .findFirst();
    }

    private long[] first(String path, String purpose) {
        try (PrssStream stream = new PrssStream(keys.contextKey(COIN_KEY, path, purpose))) {
            return elements(stream, 1);
        }
    }

    private long[] weight(String path, String purpose, int statement) {
        long[] seed = new long[PrssStream.KEY_BYTES / Long.BYTES];
        try (PrssStream coins = new PrssStream(keys.contextKey(COIN_KEY, path, purpose))) {
            coins.words(seed, 0, seed.length);
        }
        try (PrssStream weights = new PrssStream(Words.encode(seed))) {
            long[] all = elements(weights, statement + 1);
            return Arrays.copyOfRange(all, statement * FR.words(), all.length);
        }
    }

    private static long[] elements(PrssStream stream, int count) {
        long[] out = new long[count * FR.words()];
        stream.elements(FR, out, 0, count);
        return out;
    }
}

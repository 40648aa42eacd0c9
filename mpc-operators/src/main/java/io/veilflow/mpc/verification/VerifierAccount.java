package io.veilflow.mpc.verification;

import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.randomness.PrssStream;
import java.util.Arrays;

/**
 * What both verifiers do alike in one proof: draw the same challenges and weights from F_{i+2}, and keep their half of
 * the sum checks in the accumulator a and their half of the running claim in the target t. Holds secrets.
 */
final class VerifierAccount {
    static final int CLEAR_VALUES = 3;

    private final ProofChannel channel;
    private final PrimeField field;
    private final Interpolation interpolation;
    private long[] target;
    private long[] accumulator;

    VerifierAccount(ProofChannel channel, Interpolation interpolation) {
        this.channel = channel;
        this.field = channel.field();
        this.interpolation = interpolation;
        this.accumulator = new long[field.words()];
    }

    /** t_L or t_R of the statement itself. */
    void open(long[] firstTarget) {
        target = firstTarget;
    }

    /** The first element of F_{i+2} that is not one of the points of G. */
    long[] challenge(Step step) {
        PrssStream stream = channel.coins(step.at("c"));
        long[] candidate = channel.elements(stream, 1);
        while (isPoint(candidate, step.points())) {
            candidate = channel.elements(stream, 1);
        }
        return candidate;
    }

    private boolean isPoint(long[] candidate, int points) {
        for (int x = 0; x < points; x++) {
            if (Arrays.equals(candidate, field.element(x))) {
                return true;
            }
        }
        return false;
    }

    /** a += w*(t - the sum of G over the entries' points); t becomes G(c). */
    void settle(Step step, long[] points, long[] challenge) {
        int words = field.words();
        // at the last level the mask stands at point 0 and is not part of the sum
        int from = step.last() ? words : 0;
        long[] sum = field.sum(Arrays.copyOfRange(points, from, step.block() * words));
        long[] weight = channel.elements(channel.coins(step.at("w")), 1);
        accumulator = field.add(accumulator, field.multiply(weight, field.subtract(target, sum)));
        target = interpolation.value(points, challenge);
    }

    /** Ends the last level; returns p(c) or q(c), G_L(c) or G_R(c), a_L or a_R: what the other verifier is told. */
    long[] close(Step step, long[] points, Statement statement) {
        long[] challenge = challenge(step);
        settle(step, points, challenge);
        statement.fold(step, challenge);
        int words = field.words();
        long[] out = Arrays.copyOf(statement.value(), CLEAR_VALUES * words);
        System.arraycopy(target, 0, out, words, words);
        System.arraycopy(accumulator, 0, out, 2 * words, words);
        return out;
    }

    /** Whether p(c)*q(c) = G_L(c) + G_R(c) and a_L + a_R = 0. */
    boolean holds(long[] mine, long[] theirs) {
        int words = field.words();
        long[] product = field.multiply(Arrays.copyOf(mine, words), Arrays.copyOf(theirs, words));
        long[] sums = field.add(mine, theirs);
        return Arrays.equals(product, Arrays.copyOfRange(sums, words, 2 * words))
                && Arrays.equals(new long[words], Arrays.copyOfRange(sums, 2 * words, CLEAR_VALUES * words));
    }

    void wipe() {
        Arrays.fill(accumulator, 0);
        if (target != null) {
            Arrays.fill(target, 0);
        }
    }

    @Override
    public String toString() {
        return "VerifierAccount";
    }
}

package io.veilflow.mpc.replicated.convert;

import io.veilflow.mpc.replicated.BitShares;
import java.util.List;

/**
 * a < b lane by lane, with what a circuit needs to check it (docs/wire.md 3).
 *
 * @param flag one plane: whether a < b
 * @param slack w planes, lowest first: {@code flag ? b - a - 1 : a - b}
 */
public record Comparison(BitShares flag, BitShares slack) {
    /**
     * From all bits of a - b at w+1 bits: the flag is the sign, and each other bit ^ the sign is the slack.
     *
     * @param difference w+1 planes
     */
    public static Comparison ofDifference(BitShares difference) {
        int width = difference.planes() - 1;
        BitShares sign = difference.plane(width);
        return new Comparison(sign, difference.planes(0, width).xor(sign.repeat(width)));
    }

    /** Flag, then slack: the order of the advice. */
    public BitShares advice() {
        return BitShares.stack(List.of(flag, slack));
    }
}

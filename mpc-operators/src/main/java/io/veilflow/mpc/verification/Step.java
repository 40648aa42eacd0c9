package io.veilflow.mpc.verification;

import java.util.ArrayList;
import java.util.List;

/**
 * One round of one proof. The rounds follow from public sizes alone, so the three parties walk the same list.
 *
 * @param level from 1; 0 for the steps that belong to no level
 * @param block points that carry a block's entries at this level, K
 */
record Step(Kind kind, int level, int block) {
    enum Kind {
        /** Left verifier to prover: the seed of the weights; products only. */
        SEED,
        /** Prover to left verifier: its part of G. */
        POINTS,
        /** Left verifier to prover: the challenge of every level but the last. */
        CHALLENGE,
        /** Left verifier to right verifier: the last points are here. */
        ARRIVED,
        /** Right verifier to prover: the hash of seed and challenges. */
        ECHO,
        /** Prover to both verifiers: it got the same. */
        OK,
        /** The verifiers to each other: their clear values. */
        CLEAR
    }

    /** At every level but a first one of ANDs. */
    static final int BLOCK = 4;

    /** The mask stands at point 0, the entries at 1 to 4. */
    static final int LAST_BLOCK = BLOCK + 1;

    /** Points of G, whose degree is twice that of the blocks' polynomials. */
    static int pointsOf(int block) {
        return 2 * block - 1;
    }

    int points() {
        return pointsOf(block);
    }

    /** PRSS purpose or label of something at this level. */
    String at(String what) {
        return what + "/" + level;
    }

    /** All rounds of one proof, in order. */
    static List<Step> plan(StatementSize size) {
        List<Step> out = new ArrayList<>();
        if (size.weighted()) {
            out.add(new Step(Kind.SEED, 0, 0));
        }
        int level = 0;
        long entries = size.entries();
        while (entries > BLOCK || (level == 0 && size.firstBlock() > BLOCK)) {
            level++;
            int block = level == 1 ? size.firstBlock() : BLOCK;
            out.add(new Step(Kind.POINTS, level, block));
            out.add(new Step(Kind.CHALLENGE, level, block));
            entries = (entries + block - 1) / block;
        }
        level++;
        for (Kind kind : List.of(Kind.POINTS, Kind.ARRIVED, Kind.ECHO, Kind.OK, Kind.CLEAR)) {
            out.add(new Step(kind, level, LAST_BLOCK));
        }
        return out;
    }

    boolean last() {
        return block == LAST_BLOCK;
    }
}

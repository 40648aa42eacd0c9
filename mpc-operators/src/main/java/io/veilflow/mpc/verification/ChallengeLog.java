package io.veilflow.mpc.verification;

import java.util.Arrays;

/** The challenges of all levels so far, flat. */
final class ChallengeLog {
    private long[] challenges = {};

    void add(long[] challenge) {
        int length = challenges.length;
        challenges = Arrays.copyOf(challenges, length + challenge.length);
        System.arraycopy(challenge, 0, challenges, length, challenge.length);
    }

    long[] all() {
        return challenges;
    }
}

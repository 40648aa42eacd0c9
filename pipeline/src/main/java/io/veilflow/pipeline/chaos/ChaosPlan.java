package io.veilflow.pipeline.chaos;

import io.veilflow.pipeline.wire.Payload.BodyCase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * What will be done, in order, by a seed; with a count of kills that is always met.
 *
 * @param blows one after the other, each when the one before is over
 * @param windows enough for all of them
 */
record ChaosPlan(List<Blow> blows, int windows) {
    static final String CHAIN = "chain";

    /** What a party posts in the course of a window: each is a point where it can be hit. */
    private static final List<BodyCase> OF_A_PARTY = List.of(
            BodyCase.ACCEPT_LIST,
            BodyCase.MANIFEST_SIGNATURE,
            BodyCase.MANIFEST,
            BodyCase.BATCH_OUTCOME,
            BodyCase.OUTPUT_READY,
            BodyCase.OUTPUT_ECHO,
            BodyCase.OUTPUT_OPENING,
            BodyCase.WINDOW_RESULT,
            BodyCase.NONCE_COMMITMENTS,
            BodyCase.SIGNATURE_SHARE,
            BodyCase.GROUP_SIGNED,
            BodyCase.WINDOW_POSTED);

    private static final List<BodyCase> OF_THE_CHAIN = List.of(BodyCase.GROUP_SIGNED, BodyCase.WINDOW_POSTED);
    private static final int KILLS_PER_PAUSE = 10;
    private static final int SPARE_WINDOWS = 6;
    private static final int DELAY_MILLIS = 300;
    private static final int ANY_TIME_MILLIS = 4_000;
    private static final int DOWN_MILLIS = 3_000;

    ChaosPlan {
        blows = List.copyOf(blows);
    }

    /**
     * @param cast who is there: three parties, the feeder, the contributors
     * @param pauseWindows windows that may pass while the chain's node stands still
     */
    static ChaosPlan of(Random random, int kills, Roles cast, int pauseWindows) {
        List<Blow> blows = new ArrayList<>();
        int windows = SPARE_WINDOWS;
        int left = kills;
        while (left > 0) {
            Blow blow = draw(random, cast);
            if (blow.kills() <= left) {
                left -= blow.kills();
                windows += 1 + blow.kills();
                blows.add(blow);
            }
        }
        for (int pause = 0; pause < kills / KILLS_PER_PAUSE; pause++) {
            Blow blow = single(random, Blow.Kind.PAUSE, cast);
            windows += blow.targets().contains(CHAIN) ? pauseWindows : 2;
            blows.add(random.nextInt(blows.size() + 1), blow);
        }
        return new ChaosPlan(blows, windows);
    }

    /**
     * Names by role.
     *
     * @param feeder its log
     */
    record Roles(List<String> parties, List<String> contributors, String feeder) {}

    private static Blow draw(Random random, Roles cast) {
        int dice = random.nextInt(100);
        if (dice < 8) {
            return blow(random, Blow.Kind.KILL, cast.parties, OF_A_PARTY);
        }
        if (dice < 16) {
            List<String> shuffled = new ArrayList<>(cast.parties);
            Collections.shuffle(shuffled, random);
            return blow(random, Blow.Kind.KILL, shuffled.subList(0, 2), OF_A_PARTY);
        }
        if (dice < 26) {
            return blow(random, Blow.Kind.RESTORE, one(random, cast.parties), OF_A_PARTY);
        }
        return single(random, dice < 40 ? Blow.Kind.KILL_TWICE : Blow.Kind.KILL, cast);
    }

    private static Blow single(Random random, Blow.Kind kind, Roles cast) {
        int dice = random.nextInt(100);
        if (dice < 12) {
            return blow(random, kind, List.of(CHAIN), OF_THE_CHAIN);
        }
        if (dice < 26) {
            return blow(random, kind, one(random, cast.contributors), List.of(BodyCase.SUBMISSION));
        }
        if (dice < 40) {
            return blow(random, kind, List.of(cast.feeder), List.of(BodyCase.TICK));
        }
        return blow(random, kind, one(random, cast.parties), OF_A_PARTY);
    }

    private static Blow blow(Random random, Blow.Kind kind, List<String> targets, List<BodyCase> points) {
        boolean anyTime = random.nextInt(4) == 0;
        Optional<BodyCase> point = anyTime ? Optional.empty() : Optional.of(points.get(random.nextInt(points.size())));
        long delay = anyTime
                ? random.nextInt(ANY_TIME_MILLIS)
                : Math.max(0, random.nextInt(4 * DELAY_MILLIS) - 3 * DELAY_MILLIS);
        return new Blow(kind, targets, point, delay, random.nextInt(DOWN_MILLIS));
    }

    private static List<String> one(Random random, List<String> names) {
        return List.of(names.get(random.nextInt(names.size())));
    }
}

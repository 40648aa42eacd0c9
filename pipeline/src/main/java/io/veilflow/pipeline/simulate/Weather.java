package io.veilflow.pipeline.simulate;

import java.time.Duration;
import java.util.SplittableRandom;

/** How fast everything is in one run, by its seed. None of this is a fault: all of it lies within what the parties' limits allow. */
final class Weather {
    private static final double NANOS_PER_MILLI = 1_000_000;
    private static final Duration RECEIVE = Duration.ofSeconds(5);

    private final SplittableRandom random;
    private final double linkMillis;
    private final double boardMillis;
    private final double noticeMillis;
    private final double lateMillis;

    Weather(SplittableRandom random) {
        this.random = random;
        this.linkMillis = anyOf(1, 5, 40);
        this.boardMillis = anyOf(1, 20, 300);
        this.noticeMillis = anyOf(5, 300, 3_000);
        this.lateMillis = anyOf(5, 150);
    }

    /** One way, between two parties. */
    long linkDelay() {
        return upTo(linkMillis);
    }

    long linkDelayMost() {
        return (long) (linkMillis * NANOS_PER_MILLI);
    }

    /** From the writing of a record until others can read it. */
    long boardDelay() {
        return upTo(boardMillis);
    }

    /** Until a party notices that a link is broken. */
    long notice() {
        return upTo(noticeMillis);
    }

    /** Of three parties that connect. */
    long handshake() {
        return upTo(20 + 10 * linkMillis);
    }

    /** A wait that was asked to last so long. */
    long late(Duration asked) {
        return asked.toNanos() + upTo(lateMillis);
    }

    /** How long a protocol waits for one message. */
    Duration receiveTimeout() {
        return RECEIVE;
    }

    private long upTo(double millis) {
        return (long) (random.nextDouble(0.01, 1) * millis * NANOS_PER_MILLI);
    }

    private double anyOf(double... choices) {
        return choices[random.nextInt(choices.length)];
    }
}

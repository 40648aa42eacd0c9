package io.veilflow.mpc.transport;

import java.time.Duration;

/**
 * Bounds of the links.
 *
 * @param frameBytes largest frame, checked before memory is taken
 * @param queuedFrames most frames that wait in one queue
 * @param queuedBytes most payload bytes that wait in one queue
 * @param handshake for TLS and for the agreement on an epoch, each as a whole
 * @param silence a peer of which no complete frame came for so long is cut off; both sides send something every quarter of it
 * @param receive longest wait of a protocol for one message: above the slowest computation of a peer between two messages
 * @param largestBackoff longest pause between two attempts to connect
 */
public record LinkLimits(
        int frameBytes,
        int queuedFrames,
        long queuedBytes,
        Duration handshake,
        Duration silence,
        Duration receive,
        Duration largestBackoff) {
    public static final int LARGEST_FRAME_BYTES = 64 << 20;

    public LinkLimits {
        if (frameBytes < 1024 || frameBytes > LARGEST_FRAME_BYTES || queuedFrames < 1 || queuedBytes < frameBytes) {
            throw new IllegalArgumentException("frames of " + frameBytes + " bytes, queues of " + queuedFrames
                    + " frames and " + queuedBytes + " bytes");
        }
        for (Duration duration : new Duration[] {handshake, silence, receive, largestBackoff}) {
            if (duration.compareTo(Duration.ofMillis(1)) < 0) {
                throw new IllegalArgumentException("a limit of " + duration);
            }
        }
    }

    public static LinkLimits defaults() {
        return new LinkLimits(
                LARGEST_FRAME_BYTES,
                16_384,
                4L * LARGEST_FRAME_BYTES,
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofSeconds(120),
                Duration.ofSeconds(2));
    }
}

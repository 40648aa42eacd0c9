package io.veilflow.pipeline.party;

import java.time.Duration;

/**
 * Bounds of a party's patience. They end waiting and attempts; they never choose what is computed.
 *
 * @param epoch longest wait for a connection of all three
 * @param agreement longest wait for the peers' lists, signatures and readiness for one unit
 * @param attempts most attempts at one unit; then the job holds
 * @param gathering P0 waits so long for more submissions before it closes a batch
 * @param disputes most submissions that this party alone could not open; then the job holds
 * @param posterTurn the next party posts a window that is not on the chain after so long
 */
public record PartyLimits(
        Duration epoch, Duration agreement, int attempts, Duration gathering, int disputes, Duration posterTurn) {
    public PartyLimits {
        if (attempts < 1 || disputes < 0) {
            throw new IllegalArgumentException(attempts + " attempts, " + disputes + " disputes");
        }
    }

    public static PartyLimits defaults() {
        return new PartyLimits(
                Duration.ofMinutes(5), Duration.ofMinutes(2), 4, Duration.ofMillis(30), 16, Duration.ofSeconds(20));
    }
}

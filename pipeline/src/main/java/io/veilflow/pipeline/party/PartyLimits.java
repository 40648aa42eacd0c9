package io.veilflow.pipeline.party;

import io.veilflow.mpc.fair.FairLimits;
import io.veilflow.pipeline.config.FailureLimits;
import java.time.Duration;

/**
 * Bounds of a party's patience. They end waiting and attempts; they never choose what is computed.
 *
 * @param epoch longest wait for a connection of all three
 * @param agreement longest wait for the peers' lists, signatures and readiness for one unit
 * @param gathering P0 waits so long for more submissions before it closes a batch
 * @param posterTurn the next party posts a window that is not on the chain after so long
 * @param failures what is borne before the job holds
 * @param fairness the bound on which the fair opening of outputs rests
 */
public record PartyLimits(
        Duration epoch,
        Duration agreement,
        Duration gathering,
        Duration posterTurn,
        FailureLimits failures,
        FairLimits fairness) {

    public static PartyLimits of(FailureLimits failures) {
        return new PartyLimits(
                Duration.ofMinutes(5),
                Duration.ofMinutes(2),
                Duration.ofMillis(30),
                Duration.ofSeconds(20),
                failures,
                FairLimits.defaults());
    }
}

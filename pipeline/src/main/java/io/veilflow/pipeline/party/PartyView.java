package io.veilflow.pipeline.party;

import java.util.Optional;

/**
 * What can be seen of a party core from outside, at one moment. Public facts only.
 *
 * @param unit that it works on, such as {@code window 3}
 * @param stageMillis since the stage began
 * @param silentMillis since the driver's loop went round
 * @param lastWindow that ended here in the life of this process
 * @param hold why the job holds here
 */
public record PartyView(
        PartyStage stage,
        Optional<String> unit,
        long stageMillis,
        long silentMillis,
        Optional<WindowOutcome> lastWindow,
        Lag lag,
        Optional<String> hold) {

    /**
     * How far the party is behind. An age is 0 where nothing waits.
     *
     * @param tickMillis since a tick of the feeder counted; empty before the first one
     * @param records of contributors that are read and not decided
     * @param windows closed by a tick and not ended here
     * @param windowMillis age of the oldest of them
     * @param posts signed and not on the chain
     * @param postMillis age of the oldest of them
     */
    public record Lag(
            Optional<Long> tickMillis, long records, int windows, long windowMillis, int posts, long postMillis) {}
}

package io.veilflow.pipeline.load;

import java.util.Map;

/**
 * What a run came to.
 *
 * @param contributors one slot each
 * @param submitted appended to the contributors' logs
 * @param admitted by a sealed batch whose outcome two parties have signed
 * @param rejected by reason, each by name in an outcome that two parties have signed
 * @param lost neither admitted nor rejected when the run ended
 * @param lagMillis of the well behaved: from the append until two parties have signed the outcome
 * @param lagMillisOfTheOthers the same for the slow, the flooding and the one with megabytes
 * @param behindMillis how late the generator itself was at most
 * @param processes by name, from the start of the clock to the last decision
 * @param partyMillisPerSubmission processor time of one party for each submission, windows and all
 */
public record LoadResult(
        int contributors,
        int rate,
        int seconds,
        long submitted,
        long admitted,
        Map<String, Long> rejected,
        long lost,
        long batches,
        long windows,
        LagMillis lagMillis,
        LagMillis lagMillisOfTheOthers,
        long behindMillis,
        Map<String, Used> processes,
        double partyMillisPerSubmission) {
    /** In milliseconds. */
    public record LagMillis(long median, long ninetyNine, long max) {}

    /** Of one process. */
    public record Used(long cpuMillis, long peakMebibytes) {}

    public LoadResult {
        rejected = Map.copyOf(rejected);
        processes = Map.copyOf(processes);
    }

    /** Whatever was submitted is decided: admitted by a sealed batch, or rejected by name. */
    public boolean passed() {
        return lost == 0;
    }
}

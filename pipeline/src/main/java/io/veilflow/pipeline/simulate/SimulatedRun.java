package io.veilflow.pipeline.simulate;

import java.util.List;
import java.util.Map;

/**
 * What one seed came to.
 *
 * @param windows on the chain with a result
 * @param skipped on the chain without one
 * @param crashes of all three parties
 * @param holds of all three parties, over faults that are a reason to; each was started again
 * @param refusals of older copies of a journal, by the party's own log or by the others; each time the newest one was put back
 * @param faults planned, how many of which
 * @param violations empty if all was right
 * @param virtualMillis time in the run
 * @param trace hash over every step: two runs of one seed have the same
 * @param last steps, the newest last
 */
public record SimulatedRun(
        long seed,
        int windows,
        int skipped,
        int crashes,
        int holds,
        int refusals,
        Map<Fault, Integer> faults,
        List<String> violations,
        long virtualMillis,
        String trace,
        List<String> last) {}

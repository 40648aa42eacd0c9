package io.veilflow.pipeline.chaos;

import java.util.List;

/**
 * What a run came to.
 *
 * @param kills SIGKILLs
 * @param windows that were fed
 * @param lost windows without a result at the end, and books that were not admitted
 * @param doubled windows that were posted, or told, more than once
 * @param wrong windows whose result is not that of the plain computation on the clear books, and audits that do not pass
 * @param pauses SIGSTOPs
 * @param refusedCopies older copies of a state folder on which the party refused to start
 * @param holds how often a party ended because the job holds, and was started again
 * @param findings one line for everything that is lost, doubled or wrong
 */
public record ChaosResult(
        long seed,
        int kills,
        int windows,
        int lost,
        int doubled,
        int wrong,
        RecoveryMillis recoveryMillis,
        int pauses,
        int refusedCopies,
        int holds,
        List<String> findings) {
    /** From the kill, or the end of a pause, until the process works with the others again. */
    public record RecoveryMillis(long median, long max) {
        static RecoveryMillis of(List<Long> millis) {
            List<Long> sorted = millis.stream().sorted().toList();
            return sorted.isEmpty()
                    ? new RecoveryMillis(0, 0)
                    : new RecoveryMillis(sorted.get(sorted.size() / 2), sorted.get(sorted.size() - 1));
        }
    }

    public ChaosResult {
        findings = List.copyOf(findings);
    }

    /** Nothing lost, doubled or wrong. */
    public boolean passed() {
        return lost == 0 && doubled == 0 && wrong == 0;
    }
}

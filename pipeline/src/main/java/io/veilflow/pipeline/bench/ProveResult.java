package io.veilflow.pipeline.bench;

import io.veilflow.nativelib.ProverTimes;
import java.util.Arrays;
import java.util.List;

/**
 * One line of {@code bench prove}. Times are milliseconds, medians. The first six belong to one party alone on the machine, the
 * last three to three party processes that share it.
 *
 * @param positions of the market
 * @param constraints of its circuit
 * @param walkMillis witness walk and row check of one party, without the engine
 * @param fftMillis the quotient of the rows
 * @param msmMillis the multi-scalar multiplications
 * @param partyMillis all of one party's prover
 * @param gnarkMillis gnark's own prover on the same inputs
 * @param gnarkDenseMillis gnark's own prover on random wires in the same circuit
 * @param windowToProofMillis from the shares of a sealed manifest's books to the verified proof, the slowest party's
 * @param bytes payload that a party sends in a window, the mean of the three
 * @param peakRssBytes of the largest party process
 */
public record ProveResult(
        int positions,
        int constraints,
        double walkMillis,
        double fftMillis,
        double msmMillis,
        double partyMillis,
        double gnarkMillis,
        double gnarkDenseMillis,
        double windowToProofMillis,
        long bytes,
        long peakRssBytes) {
    static ProveResult of(int positions, int constraints, ProverTimes alone, List<ProvePartyFigures> parties) {
        int runs = parties.get(0).nanos().size();
        long[] slowest = new long[runs];
        long bytes = 0;
        long peak = 0;
        for (ProvePartyFigures party : parties) {
            for (int run = 0; run < runs; run++) {
                slowest[run] = Math.max(slowest[run], party.nanos().get(run));
            }
            bytes += party.bytes();
            peak = Math.max(peak, party.peakRssBytes());
        }
        Arrays.sort(slowest);
        return new ProveResult(
                positions,
                constraints,
                millis(alone.walk()),
                millis(alone.transform()),
                millis(alone.multiply()),
                millis(alone.party()),
                millis(alone.gnark()),
                millis(alone.gnarkDense()),
                millis(slowest[runs / 2]),
                bytes / parties.size(),
                peak);
    }

    private static double millis(long nanos) {
        return Math.round(nanos / 1e4) / 1e2;
    }
}

package io.veilflow.pipeline.job.kind;

import io.veilflow.nativelib.CircuitSummary;

/**
 * What a window of a job costs, roughly: linear in the circuit, with figures measured on two x86-64 cores that three parties share,
 * profile M, and on the test chain.
 *
 * @param seconds from the window's close to its verified proof, one digit behind the point
 * @param gas of posting it, not the first window of a job
 */
public record CostEstimate(double seconds, long gas) {
    private static final double SECONDS_AT_LEAST = 0.7;
    private static final double SECONDS_PER_THOUSAND_ROWS = 0.11;
    private static final long GAS_AT_LEAST = 298_000;
    private static final long GAS_PER_COMMITMENT = 35_000;
    private static final long GAS_PER_PUBLIC_WORD = 7_400;

    public static CostEstimate of(CircuitSummary circuit) {
        double seconds = SECONDS_AT_LEAST + SECONDS_PER_THOUSAND_ROWS * circuit.constraints() / 1_000;
        long gas = GAS_AT_LEAST + GAS_PER_COMMITMENT * circuit.commitments() + GAS_PER_PUBLIC_WORD * circuit.words();
        return new CostEstimate(Math.round(seconds * 10) / 10.0, Math.round(gas / 1_000.0) * 1_000);
    }
}

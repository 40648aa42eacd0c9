package io.veilflow.mpc.fair;

/**
 * T1 and T2 of one fair opening, in milliseconds since 1970.
 *
 * @param ready T1: a READY counts by itself if its signer's posting was read by then
 * @param echo T2: a countersigned READY counts if it was read by then
 */
public record FairTimes(long ready, long echo) {
    public FairTimes {
        if (ready < 0 || echo < ready) {
            throw new IllegalArgumentException("T1 " + ready + ", T2 " + echo);
        }
    }
}

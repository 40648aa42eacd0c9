package io.veilflow.mpc.threshold.ecdsa;

import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.threshold.CurvePoint;

/**
 * This party's part of one signature's secret half: R = k*G, and its shares of 1/k and x/k. Serves once: a second signature with
 * it would show the key. Lives in memory only; nothing here can be stored or restored. Wiped on use and on {@link #close}.
 */
final class Presignature implements AutoCloseable {
    private final CurvePoint nonce;
    private final ElementShares inverse;
    private final ElementShares keyOverNonce;
    private boolean spent;

    /** Takes the shares over, one element each. */
    Presignature(CurvePoint nonce, ElementShares inverse, ElementShares keyOverNonce) {
        this.nonce = nonce;
        this.inverse = inverse;
        this.keyOverNonce = keyOverNonce;
    }

    /** R. */
    CurvePoint nonce() {
        return nonce;
    }

    /**
     * Shares of e/k + r*x/k, once.
     *
     * @param hash e, one element
     * @param first r, one element
     * @throws IllegalStateException the second time
     */
    synchronized ElementShares spend(long[] hash, long[] first) {
        if (spent) {
            throw new IllegalStateException("a presignature serves once");
        }
        ElementShares out = inverse.times(hash).plus(keyOverNonce.times(first));
        close();
        return out;
    }

    @Override
    public synchronized void close() {
        spent = true;
        inverse.wipe();
        keyOverNonce.wipe();
    }

    @Override
    public String toString() {
        return "Presignature";
    }
}

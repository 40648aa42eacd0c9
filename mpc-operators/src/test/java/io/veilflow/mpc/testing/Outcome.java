package io.veilflow.mpc.testing;

import io.veilflow.mpc.party.PartyId;

/** How one party's program ended: a result, or the exception that ended it (then the result is null). */
public record Outcome<T>(PartyId party, T result, Throwable failure) {
    public boolean failed() {
        return failure != null;
    }
}

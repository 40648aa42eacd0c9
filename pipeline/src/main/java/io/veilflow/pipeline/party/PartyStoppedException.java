package io.veilflow.pipeline.party;

/**
 * This party was asked to stop, and has parked what it was doing: nothing was said that it would not say again. The others are not
 * told that the job holds, because it does not; the party goes on from its journal when it is started again.
 */
public final class PartyStoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PartyStoppedException() {
        super("the party was stopped: start it again to go on");
    }
}

package io.veilflow.mpc.replicated;

/** A RISS component outside its integer range: it could agree mod r and differ mod 2^l (PROTOCOLS 3). */
public final class ComponentOutOfRangeException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** @param wire index of the value; its components stay unsaid */
    public ComponentOutOfRangeException(int component, int wire) {
        super("component " + component + " of value " + wire + " is out of its range");
    }
}

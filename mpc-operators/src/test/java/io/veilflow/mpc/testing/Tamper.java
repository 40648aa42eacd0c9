package io.veilflow.mpc.testing;

/** May change a message on its way. */
@FunctionalInterface
public interface Tamper {
    Tamper NONE = Message::payload;

    /** @return what arrives instead of the payload; the payload itself to leave it alone */
    byte[] apply(Message message);
}

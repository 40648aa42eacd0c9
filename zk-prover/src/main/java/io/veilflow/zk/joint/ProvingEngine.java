package io.veilflow.zk.joint;

/**
 * What the joint prover needs of a three-party engine over Fr: replicated arithmetic, common randomness and messages. One
 * engine serves one attempt at one proof; every label is used once and names a place that is the same at all parties. All
 * calls block and are made from one thread. An engine that aborts throws its own exception, which ends the proof.
 *
 * <p>Security: the proof's soundness does not depend on the engine, its secrecy does. Products are as good as the engine's
 * profile: in profile S they are not verified.
 */
public interface ProvingEngine {
    /** Index of this party, 0 to 2. */
    int party();

    /** Element by element. */
    FieldShares multiply(String label, FieldShares x, FieldShares y);

    /**
     * 1 / x element by element (PROTOCOLS section 4.10): x times a random mask, verified before it is opened. An element that is
     * zero ends the session; all parties learn that, and nothing else about x.
     */
    FieldShares invert(String label, FieldShares x);

    /** Uniform elements that nobody knows; no message. */
    FieldShares random(String label, int count);

    /** F_i - F_(i+1), 32 bytes: this party's summand of zero; no message. */
    byte[] zeroShare(String label);

    /** The check that a shared witness satisfies all rows; begins no message by itself. */
    RowCheck rowCheck(String label);

    /**
     * Sends one message to both peers and takes theirs.
     *
     * @param message public from now on
     * @return messages of exactly the same length
     */
    PeerMessages exchange(String label, byte[] message);
}

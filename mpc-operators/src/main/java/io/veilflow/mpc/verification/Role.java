package io.veilflow.mpc.verification;

/** What one party does in one proof, round by round. Holds secrets. */
sealed interface Role permits Prover, LeftVerifier, RightVerifier {
    /** Sends this party's messages of the round, if there are any. */
    void send(Step step);

    /** Takes the messages of the round and computes what follows from it. */
    void receive(Step step);

    void wipe();
}

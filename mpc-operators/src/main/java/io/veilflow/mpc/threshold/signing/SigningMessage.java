package io.veilflow.mpc.threshold.signing;

/** What a party posts about one message that the group signs. Lengths are the reader's to check. */
public sealed interface SigningMessage permits NonceCommitments, SignatureShare {}

package io.veilflow.pipeline.window;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.wire.Decision;

/**
 * A submission that one party alone refuses for a reason which only it can check (PROTOCOLS 4.1).
 *
 * @param refuser the party; it may be right about its ciphertext, or lie
 * @param decision DISPUTED, as it stands in the outcome if it is not settled
 */
public record Dispute(PartyId refuser, Decision decision) {}

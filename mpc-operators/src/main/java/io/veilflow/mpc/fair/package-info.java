/**
 * Fair opening of final outputs (PROTOCOLS 4.3): with one corrupted party, either all honest parties get the outputs or
 * nobody does. {@code FairOpening} is the protocol, {@code FairDecision} its rule as a pure state machine.
 *
 * <p>Signatures, clock, journal and the place where the parties post are ports that the caller supplies. Openings of values
 * that the protocol itself needs are in {@code replicated} and are not fair.
 */
package io.veilflow.mpc.fair;

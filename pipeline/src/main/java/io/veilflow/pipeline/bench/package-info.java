/**
 * The speed of the protocols between the three parties, measured as they run in production: three processes, joined by the
 * links of {@code mpc.transport} over loopback TLS under new identities. {@code Benchmark} lists what can be measured,
 * {@code PartyBench} is one party's process, {@code MpcBench} starts the three and makes one result of their times.
 *
 * <p>{@code ProveBench} does the same for whole windows with their proofs, and measures one party's prover beside gnark's own.
 *
 * <p>The inputs are random and public, from fixed seeds; every measured program is run once with its result opened and
 * compared. No protocol is written here.
 */
package io.veilflow.pipeline.bench;

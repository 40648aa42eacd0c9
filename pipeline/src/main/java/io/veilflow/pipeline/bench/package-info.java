/**
 * The speed of the protocols between the three parties, measured as they run in production: three processes, joined by the
 * links of {@code mpc.transport} over loopback TLS under new identities. {@code Benchmark} lists what can be measured,
 * {@code PartyBench} is one party's process, {@code MpcBench} starts the three and makes one result of their times.
 *
 * <p>The inputs are random and public, from fixed seeds; every measured program is run once with its result opened and
 * compared. No protocol is written here.
 */
package io.veilflow.pipeline.bench;

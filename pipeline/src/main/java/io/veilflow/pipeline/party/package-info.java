/**
 * The party core: identity, journal, sealing and the order of sessions of one party, as plain Java with clock, links,
 * board, chain and randomness injected ({@link io.veilflow.pipeline.party.PartyPorts}), so that a simulator can drive it.
 *
 * <p>{@link io.veilflow.pipeline.party.PartyCore} is the entrance; {@link io.veilflow.pipeline.party.UnitDriver} is the way
 * of a unit from accept list to result, to be read from top to bottom. Whoever feeds it, Flink or a test, sees
 * {@link io.veilflow.pipeline.party.PartyIngress} only. Nothing here imports Flink but the process's main class,
 * {@link io.veilflow.pipeline.party.PartyProcess}, which wires everything together.
 */
package io.veilflow.pipeline.party;

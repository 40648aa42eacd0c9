/**
 * Deterministic simulation (docs/simulation.md): three whole party cores over a simulated network, board, disk, chain and clock in one
 * JVM, driven by one seed. {@code Simulation} runs a seed, {@code Schedule} decides what happens next, {@code FaultPlan} what goes
 * wrong; the checkers say what must hold whatever went wrong. What the parties compute on shares with is a {@code Computation}: their
 * own protocols, or an ideal functionality.
 *
 * <p>Nothing here is used by a running party, and no part of a party knows that it is simulated.
 */
package io.veilflow.pipeline.simulate;

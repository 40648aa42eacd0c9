/**
 * The fair opening of a window's outputs in a running job (PROTOCOLS 4.3): gives {@code io.veilflow.mpc.fair} its board, journal
 * and signatures. {@code WindowOpening} is the entrance; {@code OpeningRecords} is the form of its records on the board.
 *
 * <p>The rule by which parties decide is not here, nor what outputs mean.
 */
package io.veilflow.pipeline.open;

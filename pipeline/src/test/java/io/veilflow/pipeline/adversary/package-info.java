/**
 * The adversary over one whole window: three party cores in one process, real links, real prover, one of the three corrupted.
 * A corrupted party is an honest core behind a decorated network and a decorated log: what leaves it is changed at one place
 * and every place is tried. {@code Judge} says what must hold afterwards, whatever was changed.
 *
 * <p>Here are tests only, and no test of a single primitive: those are in {@code io.veilflow.mpc.adversary}. Start with
 * {@code WindowAdversaryITCase}, then {@code Cheat} and {@code Judge}.
 */
package io.veilflow.pipeline.adversary;

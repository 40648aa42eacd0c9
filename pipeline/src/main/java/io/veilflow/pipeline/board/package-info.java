/**
 * The board: one append-only log per writer, read by all (docs/wire.md, section 6). A board is trusted for nothing but
 * availability: every record is signed by its writer, its place in the log is part of what is signed, and the head of a
 * log says everything before it, so that a board which shows different things to different readers is found out when
 * cuts are compared.
 *
 * <p>{@link io.veilflow.pipeline.board.Board} keeps bytes and {@link io.veilflow.pipeline.board.RecordVerifier} says whose
 * they are. What a payload means is decided in {@code admit}, {@code window} and {@code audit}, not here.
 */
package io.veilflow.pipeline.board;

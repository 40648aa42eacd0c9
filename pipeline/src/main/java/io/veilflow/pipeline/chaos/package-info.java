/**
 * A job under kills: the demo's processes, of which a seeded {@code ChaosPlan} kills, stops or sets back one after the other, each
 * started again by the {@code Cast}; at the end {@code Verdict} holds every window against the plain computation on the clear books
 * (docs/chaos.md).
 *
 * <p>Processes are hit from outside only: the moment is chosen by what they have posted on the board. Start with {@code Chaos}.
 */
package io.veilflow.pipeline.chaos;

/**
 * What a submission is, for the contributor that makes it and the parties that open it (docs/wire.md, section 7; PROTOCOLS
 * 4.1): the layout of the three parties' plaintexts, the encryption and what it is bound to, the commitments to the three
 * components. Making one is next door in {@code contributor}, judging one in {@code admit}.
 *
 * <p>Plaintexts are secret: they are wiped by whoever made or opened them and stand in no record, message or log.
 */
package io.veilflow.pipeline.submission;

/**
 * The Flink job of a party (DESIGN section 6): board source, verification, book keeping by contributor, the session
 * operator around the party core, sink. The only package here, besides the party's main class, that imports Flink.
 *
 * <p>What flows and what is kept in state is public: records of the board, their places, what was decided. Shares,
 * plaintexts, keys and the progress of protocols never enter a record, a state or a checkpoint; they are the core's.
 * Start with {@link io.veilflow.pipeline.flink.PartyFlinkJob}, the graph as a table of contents.
 */
package io.veilflow.pipeline.flink;

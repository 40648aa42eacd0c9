/**
 * What a running party shows those who operate it: whether it lives, whether it is ready and what is missing, its figures in the text
 * format of Prometheus, and its state as one document ({@code docs/operation.md}). And the other side: asking the parties of a folder.
 *
 * <p>Everything here is public: no share, key, address of a node or text that a contributor chose is shown, and labels come from fixed
 * sets. Nothing here acts on a party. Start with {@link io.veilflow.pipeline.operate.PartyOperation}.
 */
package io.veilflow.pipeline.operate;

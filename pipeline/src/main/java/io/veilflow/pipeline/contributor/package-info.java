/**
 * The institution's side: a book in the clear becomes a submission on the board (PROTOCOLS 4.1). The only place of the
 * pipeline where amounts exist in the clear, on the contributor's own machine. Start with
 * {@link io.veilflow.pipeline.contributor.Contributor}.
 */
package io.veilflow.pipeline.contributor;

/**
 * Checks a whole job afterwards (DESIGN 2, step 10) from what everybody can read: the board's folder, the chain and the
 * registry's address. Needs no key and no party; every manifest is computed again with the functions that the parties used.
 * Start with {@link io.veilflow.pipeline.audit.Auditor}.
 *
 * <p>What an audit does not show: that the parties computed privately, in whatever profile, and, of a job with unsafe
 * keys, anything about whoever ran the local setup, who could have made any proof.
 */
package io.veilflow.pipeline.audit;

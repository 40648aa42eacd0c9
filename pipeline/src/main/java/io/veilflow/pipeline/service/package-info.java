/**
 * Signatures that operators ask for: messages of others under the SIGN key, and the next key under the RESULT key (DESIGN sections 8 and
 * 11). An operator asks and approves in a log of its own on the board, under its party's identity; the running parties sign when two
 * have approved of what the policy allows, and keep an audit log of everything.
 *
 * <p>{@link io.veilflow.pipeline.service.SigningService} is the party's side, {@link io.veilflow.pipeline.service.SigningDesk} the
 * operator's, {@link io.veilflow.pipeline.service.SigningAuditLog} what an auditor reads. How two of three sign is not here.
 */
package io.veilflow.pipeline.service;

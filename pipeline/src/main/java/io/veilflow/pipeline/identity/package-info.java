/**
 * Who somebody is: key files of parties, contributors and the feeder, and the keys in them. A file holds one identity; its
 * public parts can be read by anybody, its secrets are encrypted under a passphrase (Argon2id, AES-256-GCM) and come out as
 * {@link io.veilflow.pipeline.identity.PartyIdentity} or {@link io.veilflow.pipeline.identity.SignerIdentity}.
 *
 * <p>What keys are used for (links, boards, results) does not belong here. Start with
 * {@link io.veilflow.pipeline.identity.IdentityFile}.
 */
package io.veilflow.pipeline.identity;

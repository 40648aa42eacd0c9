/**
 * Keys of a job: proving key, verifying key, commitment basis, each with its digest, cached on disk by circuit digest
 * (docs/wire.md section 4).
 *
 * <p>A key of a local setup is <b>unsafe</b>: whoever ran it could have kept the trapdoor and prove anything. A key of a
 * {@link io.veilflow.zk.key.Ceremony} is safe if one contributor of each phase was honest. {@link
 * io.veilflow.zk.key.SetupOrigin} travels with the key and is shown wherever the key is. Start at {@link
 * io.veilflow.zk.key.KeyCache}.
 */
package io.veilflow.zk.key;

/**
 * Keys of a job: proving key, verifying key, commitment basis, each with its digest, cached on disk by circuit digest
 * (docs/wire.md section 4).
 *
 * <p>In this issue every key comes from a local setup and is <b>unsafe</b>: whoever ran it could have kept the trapdoor
 * and prove anything. {@link io.veilflow.zk.key.SetupOrigin} travels with the key and is shown wherever the key is. Start
 * at {@link io.veilflow.zk.key.KeyCache}.
 */
package io.veilflow.zk.key;

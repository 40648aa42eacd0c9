/**
 * The parties' shares of their common keys, from making to replacing. {@link io.veilflow.pipeline.key.GroupKeyStore} keeps one
 * share in an encrypted file, and beside it the one that is to follow; {@link io.veilflow.pipeline.key.KeyCeremony} makes, renews
 * and hands on shares between the three; {@link io.veilflow.pipeline.key.Settlement} decides what becomes of a share that is
 * not everybody's yet, so that honest parties end on one side wherever they crashed.
 *
 * <p>The protocols that make shares are in {@code io.veilflow.mpc.threshold}; what is signed with them does not belong here.
 */
package io.veilflow.pipeline.key;

/**
 * What a protocol sees of the outside: a {@link io.veilflow.mpc.session.Session} for one attempt at one batch or window, in
 * it one {@link io.veilflow.mpc.session.Operation} for each place in the program, and the one exception that ends an
 * attempt. {@link io.veilflow.mpc.session.PartyNetwork} is where the party core gets its sessions from.
 *
 * <p>Here are contracts and plain values only: sockets and threads are in {@code transport}, share arithmetic in
 * {@code replicated}. Start with {@code Operation}.
 */
package io.veilflow.mpc.session;

/**
 * The adversary harness: one corrupted party as a decorator on its session, and every primitive as a {@code Scenario} whose end can
 * be judged. {@code AdversaryHarness} enumerates what the party can do differently ({@code Change} for each message it sends,
 * {@code OtherRandomness} for each stream it uses, a lie about each input, programs of its own) and counts how the honest two
 * end. Tests only; attacks on transport and board are elsewhere.
 */
package io.veilflow.mpc.adversary;

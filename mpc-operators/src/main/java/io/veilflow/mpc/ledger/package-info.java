/**
 * What a session has multiplied and not verified yet. Products enter here where they are made; {@code verification} takes
 * them out; openings ask whether anything is left. Here is bookkeeping only: no message is sent from this package.
 */
package io.veilflow.mpc.ledger;

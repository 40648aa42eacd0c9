/** The three parties and which components they hold (PROTOCOLS 1). Nothing but names and indices. */
package io.veilflow.mpc.party;

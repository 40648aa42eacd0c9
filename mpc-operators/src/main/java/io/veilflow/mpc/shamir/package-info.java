/** Shamir shares of degree one for the joint proof (PROTOCOLS 8.2), made locally from replicated ones. No messages. */
package io.veilflow.mpc.shamir;

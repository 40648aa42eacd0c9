// Package joint is one party's side of a collaborative Groth16 proof (PROTOCOLS section 8) as a state machine without
// input or output: Start, then Step with the reply that the last outbound asked for, until Done.
//
// Paper: Ozdemir and Boneh, Experimenting with Collaborative zk-SNARKs (USENIX Security 2022). Ours, and mandatory
// (8.3): the row check on the replicated witness, Shamir degree 1 throughout, collinearity of every opened point before
// it is used, B opened in G1 too, zero-sharing of C, verification before the proof leaves.
//
// Security: the caller owes verified products and the opened zero of the row check. In profile S products are not
// verified, and there is no malicious claim. gnark-crypto's multiplications are not constant-time, and copies that they
// make of scalars are not wiped.
//
// Reading order: prover.go (states), walk.go (replicated witness), shamir.go, rounds.go (the two rounds).
package joint

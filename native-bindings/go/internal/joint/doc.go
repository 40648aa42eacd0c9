// Package joint is one party's side of a collaborative Groth16 proof (PROTOCOLS section 8) as a state machine without
// input or output: Start, then Step with the reply that the last outbound asked for, until Done.
//
// Paper: Ozdemir and Boneh, Experimenting with Collaborative zk-SNARKs (USENIX Security 2022). Ours, and mandatory
// (8.3): the row check on the replicated witness, Shamir degree 1 throughout, collinearity of every opened point before
// it is used, B opened in G1 too, zero-sharing of C, verification before the proof leaves. Ours too (8.6): ranges by
// limbs, for which a circuit has a second commitment.
//
// Order, and bytes that a party sends to each peer (n products, m inverses, k rows with two shared factors):
//
//	RoundZero        64, with two commitments only: D2 opened, X = challenge of D2
//	Products         32 n for every level of the walk
//	Inversions       32 m twice and a verification, for every level that has some
//	RowCoin          32
//	RowTerms         32 three times and a verification of the k terms and all products before them
//	RoundOne         384: A, B in both groups, D, the folded PoK
//	RoundOneChecked  the outputs are opened by the caller
//	RoundTwo         64: C
//
// Everything that is heavy happens in the step before RoundOne, at once; round two adds s*A + r*B and the zero-sharing.
//
// Security: the caller owes verified products and inverses and the opened zero of the row check. D2 hides: its mask is
// fresh for every attempt and known to nobody. In profile S products are not verified, and there is no malicious claim.
// gnark-crypto's multiplications are not constant-time, and copies that they make of scalars are not wiped.
//
// Reading order: prover.go (states), witness.go and walk.go (replicated witness), rowcheck.go, shamir.go, rounds.go,
// heavy.go (transforms and multiplications), messages.go.
package joint

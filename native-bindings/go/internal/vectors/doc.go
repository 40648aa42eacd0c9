// Package vectors holds no code of the product: its test makes and checks the Groth16 vectors that Java, Go and Solidity read alike
// (THREATS E13), right and wrong proofs of small circuits with one and with two in-proof commitments, each with the answer of
// gnark's own verifier.
package vectors

// Package verify reads verifying keys and proofs in the bytes of docs/wire.md section 4 and checks proofs with gnark's own
// verifier and the Solidity-target challenge hash, so that Go and the contract agree. No secret comes here.
package verify

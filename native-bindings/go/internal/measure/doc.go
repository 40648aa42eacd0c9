// Package measure times one party's joint prover beside gnark's own prover, each alone on the machine, for the benchmarks:
// the party's with recorded replies, so that no other prover runs or holds memory; gnark's on the same inputs, whose wires
// are mostly small numbers; and gnark's on random wires, which is the honest comparison, since a share is a random number.
// Inputs are in the clear: nothing of a running window ever comes here.
package measure

// Package setup makes, writes and reads proving keys. Unsafe runs a local setup: whoever runs it could keep the trapdoor
// and prove anything, so its keys say "unsafe" in their first bytes and serve development only; those of package ceremony say
// "shared". Load trusts no byte: all counts come from the circuit, so a claimed length never takes memory (THREATS E10, E11, E22).
// Both make gamma the G2 point of every commitment, which saves the contract a pair.
package setup

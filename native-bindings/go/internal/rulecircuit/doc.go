// Package rulecircuit turns a rule (RuleProgram, docs/wire.md section 3) into one gnark circuit: its third reading, as
// constraints. It recomputes shapes, kinds, intervals and widths from the bytes alone and refuses a bad rule by node.
//
// Reading order: program.go (analysis), layout.go (order of wires and public words), circuit.go (the rows, each group
// with its formula), compile.go (rows as the joint prover reads them, checks, digest).
//
// The circuit must be sound by itself, also if all three parties lie: every bit boolean, every range checked, every
// public input constrained (PROTOCOLS 8.4). It uses Add, Sub, Mul, AssertIsEqual, AssertIsBoolean and one Commit, and so
// no hint but gnark's mask and commitment placeholder. No key and no share belongs here.
package rulecircuit

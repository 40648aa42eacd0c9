// Package rulecircuit turns a rule (RuleProgram, docs/wire.md section 3) into one gnark circuit: its third reading, as
// constraints. It recomputes shapes, kinds, intervals and widths from the bytes alone and refuses a bad rule by node.
//
// Reading order: program.go (analysis; node.go and combine.go the operations), ranges.go and layout.go (order of wires, limbs
// and public words), circuit.go and gadgets.go (the rows, each group with its formula), compile.go (rows as the joint prover
// reads them), check.go, walk.go (how internal wires are computed), digest.go.
//
// The circuit must be sound by itself, also if all three parties lie: every bit boolean, every limb looked up, every public
// input constrained (PROTOCOLS 8.4, 8.6). It uses Add, Sub, Mul, AssertIsEqual, AssertIsBoolean, rows of its own (row.go),
// quotients of two kinds (Inverse and DivUnchecked, which make one row and no hint) and one or two Commits, and so no hint but
// gnark's mask and commitment placeholder for each. No key and no share belongs here.
package rulecircuit

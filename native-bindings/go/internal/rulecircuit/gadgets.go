package rulecircuit

import (
	"github.com/consensys/gnark/frontend"
)

// lessThan is f = [d < 0] for -2^w <= d < 2^w: f boolean, and d - f*(2d+1) is a number of w bits. For f = 0 that is d, for
// f = 1 it is -d - 1; the wrong f makes it negative, which w bits cannot be, as 2^(w+1) is below r.
func (b *rows) lessThan(d frontend.Variable, width int) frontend.Variable {
	f := b.advice()
	b.api.AssertIsBoolean(f)
	twice := b.api.Add(b.api.Mul(d, 2), 1)
	b.row(twice, f, b.api.Sub(d, b.number(width)))
	return f
}

// equal is e = [d = 0]: e boolean, d*e = 0, (d + e)*inv = 1. For d = 0 the last row wants e = 1, otherwise the second one
// wants e = 0; the divisor is never zero for the right e.
func (b *rows) equal(d frontend.Variable) frontend.Variable {
	e := b.advice()
	b.api.AssertIsBoolean(e)
	b.row(d, e, 0)
	b.api.Inverse(b.api.Add(d, e))
	return e
}

// candidate gives h and h + 1; h is the sum of its own bits or limbs.
func (b *rows) candidate(n node) [][]frontend.Variable {
	count := b.program.count(n.shape)
	at, after := make([]frontend.Variable, count), make([]frontend.Variable, count)
	for s := range at {
		at[s] = b.number(n.bits)
		after[s] = b.api.Add(at[s], 1)
	}
	return [][]frontend.Variable{at, after}
}

// greatest holds the certificate: h = 0 or the condition holds at h; h = 2^bits - 1 or it fails at h + 1.
func (b *rows) greatest(n node) []frontend.Variable {
	h, condition := b.values[n.operands[0]][0], b.values[n.operands[1]]
	most := b.program.nodes[n.operands[0]].bits
	for s := range h {
		b.row(b.api.Sub(1, condition[0][s]), h[s], 0)
		b.row(b.api.Sub(ofBits(uint32(most)).high, h[s]), condition[1][s], 0)
	}
	return h
}

func (b *rows) advice() frontend.Variable {
	b.used++
	return b.inputs.Advice[b.used-1]
}

// number is a value that the circuit shows to be of w bits: a sum of bits, or of limbs that are looked up.
func (b *rows) number(w int) frontend.Variable {
	t := b.layout.LimbBits
	limbs, topBits := division(w, t)
	if limbs == 0 {
		return b.fromBits(w)
	}
	terms := make([]frontend.Variable, limbs)
	for i := range terms {
		l := b.inputs.Limbs[b.limbs]
		b.limbs++
		b.table = append(b.table, l)
		terms[i] = b.api.Mul(l, powerOfTwo(i*t))
		if i == limbs-1 && topBits < t {
			// l < 2^t and 2^(t-topBits) * l < 2^t as integers: so l < 2^topBits.
			b.table = append(b.table, b.api.Mul(l, powerOfTwo(t-topBits)))
		}
	}
	return b.sum(terms)
}

// fromBits asserts every bit boolean and adds them up, lowest first.
func (b *rows) fromBits(w int) frontend.Variable {
	terms := make([]frontend.Variable, w)
	for i := range terms {
		bit := b.inputs.Bits[b.bits]
		b.bits++
		b.api.AssertIsBoolean(bit)
		terms[i] = b.api.Mul(bit, powerOfTwo(i))
	}
	return b.sum(terms)
}

// lookups shows that every value of the table lies in 0..2^t-1 (U. Haboeck, 2022/1530, with the multiplicities as inputs):
//
//	X = challenge of the second commitment, to all limbs and counts
//	(X - l) * i = 1 for each value l    (X - v) * u = count_v for each v    sum of all i = sum of all u
//
// As rational functions of X the two sums are equal only if every l is some v: one outside would be a pole of the left sum
// (of multiplicity n < r) and none of the right one. For a fixed witness that fails at more than n + 2^t of the r values of X
// never, and X is a hash of the commitment to the witness.
func (b *rows) lookups(committer frontend.Committer) error {
	if b.layout.LimbBits == 0 {
		return nil
	}
	committed := append(append([]frontend.Variable{}, b.inputs.Limbs...), b.inputs.Counts...)
	x, err := committer.Commit(committed...)
	if err != nil {
		return err
	}
	left := make([]frontend.Variable, len(b.table))
	for k, l := range b.table {
		left[k] = b.api.Inverse(b.api.Sub(x, l))
	}
	right := make([]frontend.Variable, len(b.inputs.Counts))
	for v, count := range b.inputs.Counts {
		right[v] = b.api.DivUnchecked(count, b.api.Sub(x, v))
	}
	b.api.AssertIsEqual(b.sum(left), b.sum(right))
	return nil
}

package joint

import (
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/constraint"

	"io.veilflow/native/internal/abi"
	"io.veilflow/native/internal/rulecircuit"
	"io.veilflow/native/internal/verify"
)

// replicated is party i's components x_i (own) and x_{i+1} (next) of every wire. A known wire, of which there are few, also
// has its value; its sharing is (value, 0, 0), so that sums need not tell the two apart.
type replicated struct {
	party     int
	own, next []fr.Element
	value     map[int]fr.Element
	known     rulecircuit.Knowledge
}

func newReplicated(c *rulecircuit.Circuit, party int) replicated {
	return replicated{
		party: party,
		own:   make([]fr.Element, c.Wires), next: make([]fr.Element, c.Wires), value: make(map[int]fr.Element),
		known: make(rulecircuit.Knowledge, c.Wires),
	}
}

// read fills the input wires from a witness share and plans the walk. The challenge of D2 has no value before round zero.
func (p *Prover) read(share []byte) error {
	c := p.circuit
	n, masks := c.Layout.Inputs(), 2*len(c.Commitments)
	if want := n + (2*n+masks)*abi.ElementBytes + abi.G1Bytes; len(share) != want {
		return fmt.Errorf("%w: witness share of %d bytes, expected %d", abi.InvalidWitness, len(share), want)
	}
	tags, own := share[:n], share[n:n+n*abi.ElementBytes]
	next, rest := share[n+n*abi.ElementBytes:n+2*n*abi.ElementBytes], share[n+2*n*abi.ElementBytes:]
	blinding, err := abi.Elements(rest[:masks*abi.ElementBytes])
	if err != nil {
		return fmt.Errorf("%w: mask: %w", abi.InvalidWitness, err)
	}
	defer clear(blinding)
	if p.expected, err = abi.G1(rest[masks*abi.ElementBytes:]); err != nil {
		return fmt.Errorf("%w: expected commitment: %w", abi.InvalidWitness, err)
	}
	p.witness = newReplicated(c, p.party)
	p.witness.setKnown(0, fr.One())
	for i, tag := range tags {
		var x, y fr.Element
		at := i * abi.ElementBytes
		if x.SetBytesCanonical(own[at:at+abi.ElementBytes]) != nil || y.SetBytesCanonical(next[at:at+abi.ElementBytes]) != nil {
			return fmt.Errorf("%w: input wire %d is not below the modulus", abi.InvalidWitness, i)
		}
		switch {
		case tag == 0 && y.IsZero():
			p.witness.setKnown(1+i, x)
		case tag == 1:
			p.witness.setShared(1+i, x, y)
		default:
			return fmt.Errorf("%w: input wire %d: tag %d", abi.InvalidWitness, i, tag)
		}
	}
	if !p.witness.known[1] {
		return fmt.Errorf("%w: the context must be known", abi.InvalidWitness)
	}
	for k, commitment := range c.Commitments {
		p.witness.setShared(commitment.Mask, blinding[2*k], blinding[2*k+1])
		p.witness.known[commitment.Challenge] = true
	}
	p.witness.setKnown(c.Commitments[0].Challenge, verify.Challenge(&p.expected))
	for wire := 1; wire < c.Public; wire++ {
		p.publics = append(p.publics, p.witness.value[wire])
	}
	p.walk, err = c.PlanWalk(p.witness.known)
	return err
}

func (w *replicated) setShared(wire int, own, next fr.Element) {
	w.own[wire], w.next[wire] = own, next
}

// setKnown also shares the value as component 0, which P0 holds as own and P2 as next.
func (w *replicated) setKnown(wire int, v fr.Element) {
	w.known[wire], w.value[wire] = true, v
	switch w.party {
	case 0:
		w.own[wire] = v
	case 2:
		w.next[wire] = v
	}
}

// wipe leaves nothing; known values are wiped too, as tests know a whole witness.
func (w *replicated) wipe() {
	clear(w.own)
	clear(w.next)
	clear(w.value)
	w.own, w.next, w.value = nil, nil, nil
}

// allKnown tells whether a sum has a public value.
func (w *replicated) allKnown(terms []rulecircuit.Term) bool {
	for _, t := range terms {
		if !w.known[t.Wire] {
			return false
		}
	}
	return true
}

// publicSum is a sum of known wires.
func (w *replicated) publicSum(c *rulecircuit.Circuit, terms []rulecircuit.Term) (sum fr.Element) {
	for _, t := range terms {
		x := w.value[int(t.Wire)]
		addTerm(c, &sum, t, &x)
	}
	return sum
}

// sums is a sum over both components.
func (w *replicated) sums(c *rulecircuit.Circuit, terms []rulecircuit.Term) (own, next fr.Element) {
	for _, t := range terms {
		addTerm(c, &own, t, &w.own[t.Wire])
		addTerm(c, &next, t, &w.next[t.Wire])
	}
	return own, next
}

// evaluate is the sum of coefficient times wire.
func evaluate(c *rulecircuit.Circuit, terms []rulecircuit.Term, wires []fr.Element) (sum fr.Element) {
	for _, t := range terms {
		addTerm(c, &sum, t, &wires[t.Wire])
	}
	return sum
}

// addTerm: gnark has fixed numbers for the coefficients that most terms have.
func addTerm(c *rulecircuit.Circuit, sum *fr.Element, t rulecircuit.Term, x *fr.Element) {
	switch t.Coefficient {
	case constraint.CoeffIdOne:
		sum.Add(sum, x)
	case constraint.CoeffIdMinusOne:
		sum.Sub(sum, x)
	default:
		var product fr.Element
		product.Mul(&c.Coefficients[t.Coefficient], x)
		sum.Add(sum, &product)
	}
}

package joint

import (
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/constraint"

	"io.veilflow/native/internal/rulecircuit"
)

// replicated is party i's components x_i (own) and x_{i+1} (next) of every wire. A known wire also has its value; its
// sharing is (value, 0, 0), so that sums need not tell the two apart.
type replicated struct {
	party            int
	own, next, value []fr.Element
	known            rulecircuit.Knowledge
}

func newReplicated(c *rulecircuit.Circuit, party int) replicated {
	return replicated{
		party: party,
		own:   make([]fr.Element, c.Wires), next: make([]fr.Element, c.Wires), value: make([]fr.Element, c.Wires),
		known: make(rulecircuit.Knowledge, c.Wires),
	}
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

func (w *replicated) wipe() {
	clear(w.own)
	clear(w.next)
	clear(w.value)
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

// evaluate is the sum of coefficient times wire over one component, over values or over Shamir shares.
func evaluate(c *rulecircuit.Circuit, terms []rulecircuit.Term, wires []fr.Element) fr.Element {
	return evaluateBut(c, terms, wires, -1)
}

// evaluateBut leaves one wire out.
func evaluateBut(c *rulecircuit.Circuit, terms []rulecircuit.Term, wires []fr.Element, but int) (sum fr.Element) {
	var t fr.Element
	for _, term := range terms {
		if int(term.Wire) == but {
			continue
		}
		x := &wires[term.Wire]
		switch term.Coefficient {
		case constraint.CoeffIdOne:
			sum.Add(&sum, x)
		case constraint.CoeffIdMinusOne:
			sum.Sub(&sum, x)
		default:
			t.Mul(&c.Coefficients[term.Coefficient], x)
			sum.Add(&sum, &t)
		}
	}
	return sum
}

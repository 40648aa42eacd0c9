package joint

import (
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/constraint"

	"io.veilflow/native/internal/abi"
	"io.veilflow/native/internal/rulecircuit"
)

// enterLevel computes what is local and stops at the next level that has shared products or inverses (PROTOCOLS 8.4,
// witness walk; 8.6 for the inverses).
func (p *Prover) enterLevel() (Outbound, error) {
	for ; p.level < len(p.walk.Levels); p.level++ {
		level := &p.walk.Levels[p.level]
		if len(level.Products) > 0 {
			return p.products(level.Products)
		}
		if len(level.Inverses) > 0 {
			return p.inversions(level.Inverses)
		}
		if err := p.localRows(level.Local); err != nil {
			return Outbound{}, err
		}
	}
	return Outbound{Kind: RowCoin}, nil
}

// leaveLevel follows the last message of a level.
func (p *Prover) leaveLevel() (Outbound, error) {
	if err := p.localRows(p.walk.Levels[p.level].Local); err != nil {
		return Outbound{}, err
	}
	p.level++
	return p.enterLevel()
}

// products is the operand message of a level, rows ascending.
func (p *Prover) products(steps []rulecircuit.Step) (Outbound, error) {
	n := len(steps)
	out := vectors{make([]byte, 4*n*abi.ElementBytes), n}
	err := abi.Parallel(n, func(from, to int) error {
		for i := from; i < to; i++ {
			row := &p.circuit.Rows[steps[i].Row]
			for side, terms := range [...][]rulecircuit.Term{row.Left, row.Right} {
				own, next := p.witness.sums(p.circuit, terms)
				out.put(2*side, i, &own)
				out.put(2*side+1, i, &next)
			}
		}
		return nil
	})
	return Outbound{Products, out.bytes}, err
}

// takeProducts sets the wires of a level from z own || z next.
func (p *Prover) takeProducts(reply []byte) (Outbound, error) {
	level := &p.walk.Levels[p.level]
	if err := p.take(reply, level.Products, p.withoutRest); err != nil {
		return Outbound{}, err
	}
	if len(level.Inverses) > 0 {
		return p.inversions(level.Inverses)
	}
	return p.leaveLevel()
}

// inversions are the shared sums by which rows of a level divide a constant.
func (p *Prover) inversions(steps []rulecircuit.Step) (Outbound, error) {
	n := len(steps)
	out := vectors{make([]byte, 2*n*abi.ElementBytes), n}
	err := abi.Parallel(n, func(from, to int) error {
		for i := from; i < to; i++ {
			own, next := p.witness.sums(p.circuit, steps[i].Divisor(&p.circuit.Rows[steps[i].Row]))
			out.put(0, i, &own)
			out.put(1, i, &next)
		}
		return nil
	})
	return Outbound{Inversions, out.bytes}, err
}

// takeInverses sets the wires of a level from w own || w next, w = 1/x.
func (p *Prover) takeInverses(reply []byte) (Outbound, error) {
	err := p.take(reply, p.walk.Levels[p.level].Inverses, func(s rulecircuit.Step, own, next *fr.Element) {
		constant := p.witness.publicSum(p.circuit, p.circuit.Rows[s.Row].Output)
		own.Mul(own, &constant)
		next.Mul(next, &constant)
		p.overCoefficient(s, own, next)
	})
	if err != nil {
		return Outbound{}, err
	}
	return p.leaveLevel()
}

// take reads two components for each step, makes its wire of them and sets it.
func (p *Prover) take(reply []byte, steps []rulecircuit.Step, solve func(s rulecircuit.Step, own, next *fr.Element)) error {
	n := len(steps)
	if err := wantBytes(reply, 2*n*abi.ElementBytes); err != nil {
		return err
	}
	given, err := abi.Elements(reply)
	if err != nil {
		return err
	}
	defer clear(given)
	return abi.Parallel(n, func(from, to int) error {
		for i := from; i < to; i++ {
			solve(steps[i], &given[i], &given[n+i])
			p.witness.setShared(steps[i].Wire, given[i], given[n+i])
		}
		return nil
	})
}

// localRows computes wires from rows with a known factor.
func (p *Prover) localRows(steps []rulecircuit.Step) error {
	for _, s := range steps {
		row := &p.circuit.Rows[s.Row]
		factor, other := row.Left, row.Right
		switch {
		case s.Place != rulecircuit.InOutput:
			factor, other = s.Divisor(row), row.Output
		case !p.witness.allKnown(factor):
			factor, other = other, factor
		}
		scale := p.witness.publicSum(p.circuit, factor)
		if s.Place != rulecircuit.InOutput {
			if scale.IsZero() {
				return fmt.Errorf("%w: row %d divides by a known zero", abi.InvalidWitness, s.Row)
			}
			scale.Inverse(&scale)
		}
		p.localRow(s, other, &scale)
	}
	return nil
}

// localRow sets a wire to (scale * sum - rest of the output) / coefficient; a quotient has no rest.
func (p *Prover) localRow(s rulecircuit.Step, sum []rulecircuit.Term, scale *fr.Element) {
	c, w := p.circuit, &p.witness
	if w.known[s.Wire] {
		value := w.publicSum(c, sum)
		value.Mul(&value, scale)
		if s.Place == rulecircuit.InOutput {
			for _, t := range c.Rows[s.Row].Output {
				if int(t.Wire) != s.Wire {
					x := w.value[int(t.Wire)]
					subtractTerm(c, &value, t, &x)
				}
			}
		}
		p.overCoefficient(s, &value)
		w.setKnown(s.Wire, value)
		return
	}
	own, next := w.sums(c, sum)
	own.Mul(&own, scale)
	next.Mul(&next, scale)
	if s.Place == rulecircuit.InOutput {
		p.withoutRest(s, &own, &next)
	} else {
		p.overCoefficient(s, &own, &next)
	}
	w.setShared(s.Wire, own, next)
}

// withoutRest is (product - rest of the output) / coefficient, for both components.
func (p *Prover) withoutRest(s rulecircuit.Step, own, next *fr.Element) {
	for _, t := range p.circuit.Rows[s.Row].Output {
		if int(t.Wire) != s.Wire {
			subtractTerm(p.circuit, own, t, &p.witness.own[t.Wire])
			subtractTerm(p.circuit, next, t, &p.witness.next[t.Wire])
		}
	}
	p.overCoefficient(s, own, next)
}

// overCoefficient divides by the coefficient of the wire, which is nearly always one.
func (p *Prover) overCoefficient(s rulecircuit.Step, values ...*fr.Element) {
	if s.Coefficient == constraint.CoeffIdOne {
		return
	}
	var inverse fr.Element
	inverse.Inverse(&p.circuit.Coefficients[s.Coefficient])
	for _, v := range values {
		v.Mul(v, &inverse)
	}
}

func subtractTerm(c *rulecircuit.Circuit, from *fr.Element, t rulecircuit.Term, x *fr.Element) {
	var product fr.Element
	product.Mul(&c.Coefficients[t.Coefficient], x)
	from.Sub(from, &product)
}

// vectors is a message of equally long vectors of elements, one after the other.
type vectors struct {
	bytes []byte
	count int
}

func (v vectors) put(vector, index int, x *fr.Element) {
	abi.PutElement(v.bytes[(vector*v.count+index)*abi.ElementBytes:], x)
}

package joint

import (
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"io.veilflow/native/internal/abi"
	"io.veilflow/native/internal/rulecircuit"
)

// enterLevel computes what is local and stops at the next level that has shared products (PROTOCOLS 8.4, witness walk).
func (p *Prover) enterLevel() (Outbound, error) {
	for ; p.level < len(p.walk.Levels); p.level++ {
		level := &p.walk.Levels[p.level]
		if len(level.Products) > 0 {
			return p.products(level.Products), nil
		}
		p.localRows(level.Local)
	}
	return Outbound{Kind: RowCoin}, nil
}

// products is the operand message of a level, rows ascending.
func (p *Prover) products(steps []rulecircuit.Step) Outbound {
	w := &p.witness
	body := make([]byte, 4*len(steps)*abi.ElementBytes)
	part := len(steps) * abi.ElementBytes
	for i, s := range steps {
		row := &p.circuit.Rows[s.Row]
		for k, v := range [...]fr.Element{
			evaluate(p.circuit, row.Left, w.own), evaluate(p.circuit, row.Left, w.next),
			evaluate(p.circuit, row.Right, w.own), evaluate(p.circuit, row.Right, w.next),
		} {
			abi.PutElement(body[k*part+i*abi.ElementBytes:], &v)
		}
	}
	return Outbound{Products, body}
}

// takeProducts sets the wires of a level from z own || z next, then its local rows.
func (p *Prover) takeProducts(reply []byte) error {
	level := &p.walk.Levels[p.level]
	n := len(level.Products)
	if err := wantBytes(reply, 2*n*abi.ElementBytes); err != nil {
		return err
	}
	z, err := abi.Elements(reply)
	if err != nil {
		return err
	}
	defer clear(z)
	for i, s := range level.Products {
		own, next := p.solved(s, z[i], p.witness.own), p.solved(s, z[n+i], p.witness.next)
		p.witness.setShared(s.Wire, own, next)
	}
	p.localRows(level.Local)
	p.level++
	return nil
}

// localRows computes wires whose product has a known factor.
func (p *Prover) localRows(steps []rulecircuit.Step) {
	w := &p.witness
	for _, s := range steps {
		row := &p.circuit.Rows[s.Row]
		factor, other := row.Left, row.Right
		if !w.allKnown(factor) {
			factor, other = other, factor
		}
		scale := evaluate(p.circuit, factor, w.value)
		over := func(wires []fr.Element) fr.Element {
			product := evaluate(p.circuit, other, wires)
			product.Mul(&product, &scale)
			return p.solved(s, product, wires)
		}
		if w.known[s.Wire] {
			w.setKnown(s.Wire, over(w.value))
		} else {
			w.setShared(s.Wire, over(w.own), over(w.next))
		}
	}
}

// solved is (product - rest of the output) / coefficient.
func (p *Prover) solved(s rulecircuit.Step, product fr.Element, wires []fr.Element) fr.Element {
	inverse := p.circuit.Coefficients[s.Coefficient]
	inverse.Inverse(&inverse)
	rest := evaluateBut(p.circuit, p.circuit.Rows[s.Row].Output, wires, s.Wire)
	product.Sub(&product, &rest).Mul(&product, &inverse)
	return product
}

// rowTerms takes the coin q and gives the terms of v = sum q^k (a_k b_k - c_k), k from 0 (PROTOCOLS 8.3 item 2): the
// engine computes v as one dot product on replicated shares, where no party can cancel the effect of its own error.
func (p *Prover) rowTerms(reply []byte) (Outbound, error) {
	if err := wantBytes(reply, abi.ElementBytes); err != nil {
		return Outbound{}, err
	}
	coin, err := abi.Elements(reply)
	if err != nil {
		return Outbound{}, err
	}
	q := coin[0]
	if q.IsZero() {
		return Outbound{}, fmt.Errorf("%w: the coin is zero", abi.InvalidArgument)
	}
	w, rows := &p.witness, p.circuit.Rows
	part := len(rows) * abi.ElementBytes
	body := make([]byte, 4*part+2*abi.ElementBytes)
	powers := make([]fr.Element, len(rows))
	powers[0].SetOne()
	for k := 1; k < len(powers); k++ {
		powers[k].Mul(&powers[k-1], &q)
	}
	rest := [2][]fr.Element{make([]fr.Element, len(rows)), make([]fr.Element, len(rows))}
	err = abi.Parallel(len(rows), func(from, to int) error {
		for k := from; k < to; k++ {
			for h, wires := range [...][]fr.Element{w.own, w.next} {
				x, y := evaluate(p.circuit, rows[k].Left, wires), evaluate(p.circuit, rows[k].Right, wires)
				c := evaluate(p.circuit, rows[k].Output, wires)
				x.Mul(&x, &powers[k])
				rest[h][k].Mul(&c, &powers[k])
				abi.PutElement(body[h*part+k*abi.ElementBytes:], &x)
				abi.PutElement(body[(2+h)*part+k*abi.ElementBytes:], &y)
			}
		}
		return nil
	})
	if err != nil {
		return Outbound{}, err
	}
	for h := range rest {
		var sum fr.Element
		for k := range rest[h] {
			sum.Add(&sum, &rest[h][k])
		}
		abi.PutElement(body[4*part+h*abi.ElementBytes:], &sum)
		clear(rest[h])
	}
	return Outbound{RowTerms, body}, nil
}

package measure

import (
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"io.veilflow/native/internal/abi"
	"io.veilflow/native/internal/joint"
	"io.veilflow/native/internal/rulecircuit"
	"io.veilflow/native/internal/setup"
)

// world is three provers in one process, and in the place of the engine plain arithmetic that puts components together,
// computes and shares again.
type world struct {
	words   []fr.Element
	shares  [3][]byte
	provers [3]*joint.Prover
	outs    [3]joint.Outbound
}

func newWorld(c *rulecircuit.Circuit, keys *setup.Keys, inputs []fr.Element) (*world, error) {
	l := c.Layout
	n := l.Inputs()
	if len(inputs) != n {
		return nil, fmt.Errorf("%w: %d input wires, the circuit has %d", abi.InvalidWitness, len(inputs), n)
	}
	w := &world{words: inputs[1 : 1+l.Words]}
	masks, err := random(len(c.Commitments))
	if err != nil {
		return nil, err
	}
	d, err := commitmentTo(keys, inputs[1+l.Words:1+l.Words+l.Book], masks[0])
	if err != nil {
		return nil, err
	}
	known := c.UsualKnowledge()
	parts, err := split(append(append([]fr.Element(nil), inputs...), masks...))
	if err != nil {
		return nil, err
	}
	for party := range w.provers {
		own, next := parts[party], parts[(party+1)%3]
		tags := make([]byte, n)
		var first, second, blinding []byte
		for i := range tags {
			if known[1+i] {
				first = abi.AppendElements(first, inputs[i:i+1])
				second = append(second, make([]byte, abi.ElementBytes)...)
			} else {
				tags[i] = 1
				first = abi.AppendElements(first, own[i:i+1])
				second = abi.AppendElements(second, next[i:i+1])
			}
		}
		for k := n; k < len(own); k++ {
			blinding = abi.AppendElements(abi.AppendElements(blinding, own[k:k+1]), next[k:k+1])
		}
		w.shares[party] = abi.AppendG1(append(append(append(tags, first...), second...), blinding...), &d)
		if w.provers[party], err = joint.Start(c, keys, party, w.shares[party]); err != nil {
			return nil, err
		}
		if w.outs[party], err = w.provers[party].Step(nil); err != nil {
			return nil, err
		}
	}
	return w, nil
}

func (w *world) close() {
	for _, p := range w.provers {
		p.Close()
	}
}

// replies does for one step what the parties' engines do.
func (w *world) replies() (replies [3][]byte, err error) {
	switch kind := w.outs[0].Kind; kind {
	case joint.Products, joint.Inversions:
		values, err := w.answer(kind)
		if err != nil {
			return replies, err
		}
		return sharesOf(values)
	case joint.RowCoin:
		q, err := random(1)
		for party := range replies {
			replies[party] = abi.AppendElements(nil, q)
		}
		return replies, err
	case joint.RowTerms:
		for range 2 {
			blinding, err := random(1)
			if err != nil {
				return replies, err
			}
			shares, err := sharesOf(blinding)
			if err != nil {
				return replies, err
			}
			for party := range replies {
				replies[party] = append(replies[party], shares[party]...)
			}
		}
		return replies, nil
	case joint.RoundZero, joint.RoundOne, joint.RoundTwo:
		for party := range replies {
			replies[party] = append(append([]byte(nil), w.outs[(party+1)%3].Body...), w.outs[(party+2)%3].Body...)
		}
		return replies, nil
	case joint.RoundOneChecked:
		f, err := random(3)
		for party := range replies {
			var zero fr.Element
			if err == nil {
				zero.Sub(&f[party], &f[(party+1)%3])
			}
			replies[party] = abi.AppendElements(abi.AppendElements(nil, w.words), []fr.Element{zero})
		}
		return replies, err
	default:
		return replies, fmt.Errorf("%w: step %d", abi.Internal, kind)
	}
}

// answer is x * y or 1 / x of the three bodies.
func (w *world) answer(kind joint.Kind) ([]fr.Element, error) {
	if kind == joint.Inversions {
		x, err := w.open(2, 0)
		return fr.BatchInvert(x), err
	}
	x, err := w.open(4, 0)
	if err != nil {
		return nil, err
	}
	y, err := w.open(4, 2)
	if err != nil {
		return nil, err
	}
	for i := range x {
		x[i].Mul(&x[i], &y[i])
	}
	return x, nil
}

// open adds the own components, which are one of so many equal parts of the bodies.
func (w *world) open(parts, at int) (sum []fr.Element, err error) {
	for _, out := range w.outs {
		size := len(out.Body) / parts
		own, err := abi.Elements(out.Body[at*size : (at+1)*size])
		if err != nil {
			return nil, err
		}
		if sum == nil {
			sum = make([]fr.Element, len(own))
		}
		for i := range sum {
			sum[i].Add(&sum[i], &own[i])
		}
	}
	return sum, nil
}

// sharesOf are the replies own || next of the three parties.
func sharesOf(values []fr.Element) (out [3][]byte, err error) {
	parts, err := split(values)
	for party := range out {
		out[party] = abi.AppendElements(abi.AppendElements(nil, parts[party]), parts[(party+1)%3])
	}
	return out, err
}

// split makes components of values.
func split(values []fr.Element) (parts [3][]fr.Element, err error) {
	for j := range parts {
		if parts[j], err = random(len(values)); err != nil {
			return parts, err
		}
	}
	for i := range values {
		parts[2][i].Sub(&values[i], &parts[0][i]).Sub(&parts[2][i], &parts[1][i])
	}
	return parts, nil
}

func random(n int) ([]fr.Element, error) {
	out := make([]fr.Element, n)
	for i := range out {
		if _, err := out[i].SetRandom(); err != nil {
			return nil, fmt.Errorf("%w: %w", abi.Internal, err)
		}
	}
	return out, nil
}

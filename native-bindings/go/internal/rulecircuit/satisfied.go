package rulecircuit

import (
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"io.veilflow/native/internal/abi"
)

// Satisfied tells whether input wires in the clear (context, words, book, publics, limbs, counts, bits, advice) satisfy
// every row. For tests and for audits of test data: in a joint proof nobody holds the witness. Masks stand in rows of their own
// that any value satisfies. A challenge is a hash of the wires committed to, as in a proof it is one of the commitment.
func (c *Circuit) Satisfied(inputs []fr.Element) (bool, error) {
	if len(inputs) != c.Layout.Inputs() {
		return false, fmt.Errorf("%w: %d input wires, the circuit has %d", abi.InvalidWitness, len(inputs), c.Layout.Inputs())
	}
	known := make(Knowledge, c.Wires)
	for w := range known {
		known[w] = true
	}
	walk, err := c.PlanWalk(known)
	if err != nil {
		return false, err
	}
	values := make([]fr.Element, c.Wires)
	values[0].SetOne()
	copy(values[1:], inputs)
	for _, of := range c.Commitments {
		if values[of.Challenge], err = hashOf(of.Wires, values); err != nil {
			return false, err
		}
	}
	for _, level := range walk.Levels {
		for _, step := range level.Local {
			c.solve(step, values)
		}
	}
	for k := range c.Rows {
		row := &c.Rows[k]
		left, right, output := c.sum(row.Left, values), c.sum(row.Right, values), c.sum(row.Output, values)
		left.Mul(&left, &right)
		if !left.Equal(&output) {
			return false, nil
		}
	}
	return true, nil
}

// hashOf stands for a challenge.
func hashOf(wires []int, values []fr.Element) (fr.Element, error) {
	var committed []byte
	for _, w := range wires {
		b := values[w].Bytes()
		committed = append(committed, b[:]...)
	}
	x, err := fr.Hash(committed, []byte("veilflow/clear-challenge/1"), 1)
	if err != nil {
		return fr.Element{}, fmt.Errorf("%w: %w", abi.Internal, err)
	}
	return x[0], nil
}

// solve computes a step's wire, which is still zero, so that the rest of the output is its whole sum. Nothing divided by
// zero is zero, and the row then fails.
func (c *Circuit) solve(step Step, values []fr.Element) {
	row := &c.Rows[step.Row]
	output := c.sum(row.Output, values)
	var value fr.Element
	if step.Place == InOutput {
		left, right := c.sum(row.Left, values), c.sum(row.Right, values)
		value.Mul(&left, &right).Sub(&value, &output)
	} else {
		divisor := c.sum(step.Divisor(row), values)
		value.Div(&output, &divisor)
	}
	values[step.Wire].Div(&value, &c.Coefficients[step.Coefficient])
}

func (c *Circuit) sum(terms []Term, values []fr.Element) fr.Element {
	var total, product fr.Element
	for _, t := range terms {
		product.Mul(&c.Coefficients[t.Coefficient], &values[t.Wire])
		total.Add(&total, &product)
	}
	return total
}

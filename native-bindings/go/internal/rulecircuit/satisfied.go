package rulecircuit

import (
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"io.veilflow/native/internal/abi"
)

// Satisfied tells whether input wires in the clear (context, words, book, publics, their bits, book bits, advice) satisfy
// every row. For tests and for audits of test data: in a joint proof nobody holds the witness. The mask and the challenge
// stand in rows of their own that any value satisfies, so they do not matter here.
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
	values[c.Mask].SetZero()
	values[c.Challenge].SetOne()
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

// solve: wire = (left * right - rest of the output) / coefficient; the wire is still zero, so the rest is the whole sum.
func (c *Circuit) solve(step Step, values []fr.Element) {
	row := &c.Rows[step.Row]
	left, right, rest := c.sum(row.Left, values), c.sum(row.Right, values), c.sum(row.Output, values)
	left.Mul(&left, &right).Sub(&left, &rest)
	values[step.Wire].Div(&left, &c.Coefficients[step.Coefficient])
}

func (c *Circuit) sum(terms []Term, values []fr.Element) fr.Element {
	var total, product fr.Element
	for _, t := range terms {
		product.Mul(&c.Coefficients[t.Coefficient], &values[t.Wire])
		total.Add(&total, &product)
	}
	return total
}

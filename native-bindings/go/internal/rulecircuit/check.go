package rulecircuit

import (
	"fmt"

	"github.com/consensys/gnark/constraint"

	"io.veilflow/native/internal/abi"
)

// The two hints that api.Commit brings along; the joint prover supplies both wires itself and runs no solver.
const (
	maskHint        = "github.com/consensys/gnark/internal/hints.Randomize"
	placeholderHint = "github.com/consensys/gnark/frontend/cs.Bsb22CommitmentComputePlaceholder"
)

// check refuses a circuit that the binding or the joint prover could not stand on (PROTOCOLS 8.4, THREATS E22).
func (c *Circuit) check() error {
	if err := c.checkCommitted(); err != nil {
		return err
	}
	if err := c.checkHints(); err != nil {
		return err
	}
	return c.checkPublic()
}

// checkCommitted: the committed wires are the book, then limbs and counts, in order, each followed by the mask, and each
// stands in a row with no other of its commitment. Otherwise basis points may coincide or be the identity, and the commitment
// would bind only sums.
func (c *Circuit) checkCommitted() error {
	if len(c.Commitments) != c.Layout.Commitments() {
		return fmt.Errorf("%w: %d commitments, expected %d", abi.InvalidRule, len(c.Commitments), c.Layout.Commitments())
	}
	l := c.Layout
	groups := [][2]int{{c.Public, l.Book}, {c.Public + l.Book + l.Publics, l.Limbs + l.Counts}}
	for k, of := range c.Commitments {
		from, count := groups[k][0], groups[k][1]
		if len(of.Wires) != count+1 {
			return fmt.Errorf("%w: commitment %d is to %d wires, expected %d", abi.InvalidRule, k, len(of.Wires)-1, count)
		}
		for i, w := range of.Wires[:count] {
			if w != from+i {
				return fmt.Errorf("%w: commitment %d is to wire %d, expected %d", abi.InvalidRule, k, w, from+i)
			}
		}
		if err := c.checkAlone(of.Wires); err != nil {
			return fmt.Errorf("commitment %d: %w", k, err)
		}
	}
	return nil
}

// checkAlone: every wire stands in a row without the others.
func (c *Circuit) checkAlone(wires []int) error {
	const no, yes = 1, 2
	state := make([]byte, c.Wires) // 0: not of these
	for _, w := range wires {
		state[w] = no
	}
	for _, r := range c.Rows {
		if w := c.only(&r, state); w >= 0 {
			state[w] = yes
		}
	}
	for i, w := range wires {
		if state[w] != yes {
			return fmt.Errorf("%w: committed wire %d has no row of its own", abi.InvalidRule, i)
		}
	}
	return nil
}

// only is the one wire of a row whose state is set, -1 if there is none or there are more.
func (c *Circuit) only(r *Row, state []byte) int {
	found := -1
	for _, s := range [][]Term{r.Left, r.Right, r.Output} {
		for _, t := range s {
			w := int(t.Wire)
			if state[w] == 0 || w == found {
				continue
			}
			if found >= 0 {
				return -1
			}
			found = w
		}
	}
	return found
}

// checkHints: no instruction but rows, and for each commitment the mask and the placeholder.
func (c *Circuit) checkHints() error {
	masks, placeholders := 0, 0
	for _, packed := range c.System.Instructions {
		instruction := packed.Unpack(&c.System.System)
		switch blueprint := c.System.Blueprints[packed.BlueprintID].(type) {
		case constraint.BlueprintR1C:
		case constraint.BlueprintHint:
			var hint constraint.HintMapping
			blueprint.DecompressHint(&hint, instruction)
			name, from, to := c.System.MHintsDependencies[hint.HintID], int(hint.OutputRange.Start), int(hint.OutputRange.End)
			mask, challenge := c.role(from)
			switch {
			case name == maskHint && mask && to == from+1:
				masks++
			case name == placeholderHint && challenge && to == from+1:
				placeholders++
			default:
				return fmt.Errorf("%w: hint %q is not allowed", abi.InvalidRule, name)
			}
		default:
			return fmt.Errorf("%w: instruction %T is not allowed", abi.InvalidRule, blueprint)
		}
	}
	if masks != len(c.Commitments) || placeholders != len(c.Commitments) {
		return fmt.Errorf("%w: %d masks, %d placeholders", abi.InvalidRule, masks, placeholders)
	}
	return nil
}

// role says whether a wire is the mask or the challenge of a commitment.
func (c *Circuit) role(wire int) (mask, challenge bool) {
	for _, of := range c.Commitments {
		mask = mask || wire == of.Mask
		challenge = challenge || wire == of.Challenge
	}
	return mask, challenge
}

// checkPublic: every public wire and every challenge stand in some row.
func (c *Circuit) checkPublic() error {
	used := make([]bool, c.Wires)
	for _, r := range c.Rows {
		for _, s := range [][]Term{r.Left, r.Right, r.Output} {
			for _, t := range s {
				used[t.Wire] = true
			}
		}
	}
	for w := 0; w < c.Public; w++ {
		if !used[w] {
			return fmt.Errorf("%w: no row uses public wire %d", abi.InvalidRule, w)
		}
	}
	for k, of := range c.Commitments {
		if !used[of.Challenge] {
			return fmt.Errorf("%w: no row uses the challenge of commitment %d", abi.InvalidRule, k)
		}
	}
	return nil
}

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

// checkCommitted: the committed wires are the book in order and then the mask, and each stands in a row with no other of
// them. Otherwise basis points may coincide or be the identity, and the commitment would bind only sums.
func (c *Circuit) checkCommitted() error {
	if len(c.Committed) != c.Layout.Book+1 {
		return fmt.Errorf("%w: %d committed wires, the book has %d", abi.InvalidRule, len(c.Committed), c.Layout.Book)
	}
	committed := make(map[int]bool, len(c.Committed))
	for i, w := range c.Committed {
		if i < c.Layout.Book && w != c.Public+i {
			return fmt.Errorf("%w: committed wire %d is no book wire", abi.InvalidRule, w)
		}
		committed[w] = true
	}
	alone := make(map[int]bool, len(c.Committed))
	for _, r := range c.Rows {
		found, several := -1, false
		for _, s := range [][]Term{r.Left, r.Right, r.Output} {
			for _, t := range s {
				if w := int(t.Wire); committed[w] && w != found {
					several = found >= 0
					found = w
					if several {
						break
					}
				}
			}
			if several {
				break
			}
		}
		if found >= 0 && !several {
			alone[found] = true
		}
	}
	for i, w := range c.Committed {
		if !alone[w] {
			return fmt.Errorf("%w: book wire %d has no row of its own", abi.InvalidRule, i)
		}
	}
	return nil
}

// checkHints: no instruction but rows, the mask and the commitment placeholder.
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
			switch {
			case name == maskHint && from == c.Mask && to == c.Mask+1:
				masks++
			case name == placeholderHint && from == c.Challenge && to == c.Challenge+1:
				placeholders++
			default:
				return fmt.Errorf("%w: hint %q is not allowed", abi.InvalidRule, name)
			}
		default:
			return fmt.Errorf("%w: instruction %T is not allowed", abi.InvalidRule, blueprint)
		}
	}
	if masks != 1 || placeholders != 1 {
		return fmt.Errorf("%w: %d masks, %d commitments", abi.InvalidRule, masks, placeholders)
	}
	return nil
}

// checkPublic: every public wire and the challenge stand in some row.
func (c *Circuit) checkPublic() error {
	used := make(map[int]bool)
	for _, r := range c.Rows {
		for _, s := range [][]Term{r.Left, r.Right, r.Output} {
			for _, t := range s {
				used[int(t.Wire)] = true
			}
		}
	}
	for w := 0; w < c.Public; w++ {
		if !used[w] {
			return fmt.Errorf("%w: no row uses public wire %d", abi.InvalidRule, w)
		}
	}
	if !used[c.Challenge] {
		return fmt.Errorf("%w: no row uses the challenge", abi.InvalidRule)
	}
	return nil
}

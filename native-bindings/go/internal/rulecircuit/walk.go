package rulecircuit

import (
	"fmt"

	"io.veilflow/native/internal/abi"
)

// Knowledge says for each wire whether all parties know its value (as opposed to sharing it).
type Knowledge []bool

// Walk is the order in which internal wires are computed from inputs (PROTOCOLS 8.4): level by level, a level being one
// vector of products of shared sums; rows that need no such product are local and belong to the level they follow.
type Walk struct {
	Levels []Level
}

// Level is computed in this order: the products of one message (rows ascending), then all rows that need none, ascending.
type Level struct {
	Products []Step // rows whose left and right sums are both shared
	Local    []Step // rows with a known factor
}

// Step computes one wire from its row: wire = (left * right - rest of the output) / coefficient.
type Step struct{ Row, Wire, Coefficient int }

// solved is a row's one unknown wire, always in its output.
func (c *Circuit) solved(row *Row, level []int) (wire, coefficient int, err error) {
	wire = -1
	for _, s := range [][]Term{row.Left, row.Right} {
		for _, t := range s {
			if level[t.Wire] < 0 {
				return 0, 0, fmt.Errorf("%w: wire %d is unknown in a factor (a division)", abi.InvalidRule, t.Wire)
			}
		}
	}
	for _, t := range row.Output {
		if level[t.Wire] < 0 {
			if wire >= 0 {
				return 0, 0, fmt.Errorf("%w: wires %d and %d are both unknown", abi.InvalidRule, wire, t.Wire)
			}
			wire, coefficient = int(t.Wire), int(t.Coefficient)
		}
	}
	return wire, coefficient, nil
}

// PlanWalk orders the rows for inputs of which known says what all parties know, and completes known for the other wires.
func (c *Circuit) PlanWalk(known Knowledge) (*Walk, error) {
	level := make([]int, c.Wires)
	for w := c.Public + c.Secret; w < c.Wires; w++ {
		level[w] = -1
	}
	level[c.Mask], level[c.Challenge] = 0, 0
	known[c.Challenge] = true
	walk := &Walk{Levels: []Level{{}}}
	for k := range c.Rows {
		row := &c.Rows[k]
		wire, coefficient, err := c.solved(row, level)
		if err != nil {
			return nil, fmt.Errorf("row %d: %w", k, err)
		}
		if wire < 0 {
			continue
		}
		depth, leftKnown, rightKnown, restKnown := 0, true, true, true
		for _, t := range row.Left {
			depth = max(depth, level[t.Wire])
			leftKnown = leftKnown && known[t.Wire]
		}
		for _, t := range row.Right {
			depth = max(depth, level[t.Wire])
			rightKnown = rightKnown && known[t.Wire]
		}
		for _, t := range row.Output {
			if int(t.Wire) != wire {
				depth = max(depth, level[t.Wire])
				restKnown = restKnown && known[t.Wire]
			}
		}
		shared := !leftKnown && !rightKnown
		if shared {
			depth++
		}
		for len(walk.Levels) <= depth {
			walk.Levels = append(walk.Levels, Level{})
		}
		if shared {
			walk.Levels[depth].Products = append(walk.Levels[depth].Products, Step{k, wire, coefficient})
		} else {
			walk.Levels[depth].Local = append(walk.Levels[depth].Local, Step{k, wire, coefficient})
		}
		level[wire] = depth
		known[wire] = leftKnown && rightKnown && restKnown
	}
	for w, l := range level {
		if l < 0 {
			return nil, fmt.Errorf("%w: no row computes wire %d", abi.InvalidRule, w)
		}
	}
	return walk, nil
}

// UsualKnowledge is what all parties know in an ordinary proof: the constant, the context, the words without outputs, the
// public inputs and their bits.
func (c *Circuit) UsualKnowledge() Knowledge {
	known := make(Knowledge, c.Wires)
	known[0], known[1] = true, true
	for k, parts := range c.Layout.words {
		known[2+k] = true
		for _, q := range parts {
			if q.output {
				known[2+k] = false
			}
		}
	}
	from := c.Public + c.Layout.Book
	for w := from; w < from+c.Layout.Publics+c.Layout.PublicBits; w++ {
		known[w] = true
	}
	return known
}

func (c *Circuit) walkSize() (levels, products int, err error) {
	walk, err := c.PlanWalk(c.UsualKnowledge())
	if err != nil {
		return 0, 0, err
	}
	for _, l := range walk.Levels {
		if len(l.Products) > 0 {
			levels++
			products += len(l.Products)
		}
	}
	return levels, products, nil
}

package rulecircuit

import (
	"fmt"

	"io.veilflow/native/internal/abi"
)

// Knowledge says for each wire whether all parties know its value (as opposed to sharing it).
type Knowledge []bool

// Walk is the order in which internal wires are computed from inputs (PROTOCOLS 8.4): level by level, a level being one
// vector of products of shared sums and one of inverses of shared sums; rows that need neither are local and belong to the
// level they follow.
type Walk struct {
	Levels []Level
}

// Level is computed in this order: its products and then its inverses, both of which depend on earlier levels only, then all
// rows that need none, ascending.
type Level struct {
	Inverses []Step // rows with the wire as one factor, a shared sum as the other and a constant output
	Products []Step // rows whose left and right sums are both shared
	Local    []Step // rows with a known factor
}

// Place is where a row's one unknown wire stands.
type Place int

const (
	InOutput Place = iota // wire = (left * right - rest of the output) / coefficient
	InLeft                // it is the whole left factor: wire = output / (right * coefficient)
	InRight               // it is the whole right factor: wire = output / (left * coefficient)
)

// Step computes one wire from its row.
type Step struct {
	Row, Wire, Coefficient int
	Place                  Place
}

// Divisor is the factor of a row that a step divides by.
func (s Step) Divisor(r *Row) []Term {
	if s.Place == InLeft {
		return r.Right
	}
	return r.Left
}

// unknown finds a row's one unknown wire: in its output, or as a whole factor. A row without one has Wire -1.
func (c *Circuit) unknown(k int, level []int) (Step, error) {
	row := &c.Rows[k]
	found := Step{Row: k, Wire: -1}
	for place, s := range [][]Term{row.Output, row.Left, row.Right} {
		for _, t := range s {
			if level[t.Wire] >= 0 {
				continue
			}
			if found.Wire >= 0 {
				return found, fmt.Errorf("%w: wires %d and %d are both unknown", abi.InvalidRule, found.Wire, t.Wire)
			}
			if Place(place) != InOutput && len(s) != 1 {
				return found, fmt.Errorf("%w: wire %d is unknown in a factor of more terms", abi.InvalidRule, t.Wire)
			}
			found.Wire, found.Coefficient, found.Place = int(t.Wire), int(t.Coefficient), Place(place)
		}
	}
	return found, nil
}

// PlanWalk orders the rows for inputs of which known says what all parties know, and completes known for the other wires.
// Two quotients are allowed: by a sum that everybody knows, and of a constant by a shared sum (an inverse).
func (c *Circuit) PlanWalk(known Knowledge) (*Walk, error) {
	level := make([]int, c.Wires)
	for w := c.Public + c.Secret; w < c.Wires; w++ {
		level[w] = -1
	}
	for _, of := range c.Commitments {
		level[of.Mask], level[of.Challenge] = 0, 0
		known[of.Challenge] = true
	}
	walk := &Walk{Levels: []Level{{}}}
	for k := range c.Rows {
		step, err := c.unknown(k, level)
		if err != nil {
			return nil, fmt.Errorf("row %d: %w", k, err)
		}
		if step.Wire < 0 {
			continue
		}
		depth, knows, err := c.place(walk, step, level, known)
		if err != nil {
			return nil, fmt.Errorf("row %d: %w", k, err)
		}
		level[step.Wire], known[step.Wire] = depth, knows
	}
	for w, l := range level {
		if l < 0 {
			return nil, fmt.Errorf("%w: no row computes wire %d", abi.InvalidRule, w)
		}
	}
	c.putOff(walk)
	return walk, nil
}

// putOff moves the inverses from which no wire is computed to the last level: one message has them all, and the engine
// verifies once before it opens their masks.
func (c *Circuit) putOff(walk *Walk) {
	read := make([]bool, c.Wires)
	for _, l := range walk.Levels {
		for _, steps := range [][]Step{l.Inverses, l.Products, l.Local} {
			for _, s := range steps {
				row := &c.Rows[s.Row]
				for _, sum := range [][]Term{row.Left, row.Right, row.Output} {
					for _, t := range sum {
						read[t.Wire] = read[t.Wire] || int(t.Wire) != s.Wire
					}
				}
			}
		}
	}
	last := &walk.Levels[len(walk.Levels)-1]
	var late []Step
	for k := range walk.Levels {
		at := &walk.Levels[k]
		kept := at.Inverses[:0]
		for _, s := range at.Inverses {
			if read[s.Wire] {
				kept = append(kept, s)
			} else {
				late = append(late, s)
			}
		}
		at.Inverses = kept
	}
	last.Inverses = append(last.Inverses, late...)
}

// place puts a step into its level and says whether everybody knows the wire then.
func (c *Circuit) place(walk *Walk, step Step, level []int, known Knowledge) (depth int, knows bool, err error) {
	row := &c.Rows[step.Row]
	all := func(s []Term) bool {
		yes := true
		for _, t := range s {
			if int(t.Wire) != step.Wire {
				depth = max(depth, level[t.Wire])
				yes = yes && known[t.Wire]
			}
		}
		return yes
	}
	left, right, output := all(row.Left), all(row.Right), all(row.Output)
	knows = left && right && output
	product := step.Place == InOutput && !left && !right
	inverse := step.Place == InLeft && !right || step.Place == InRight && !left
	if inverse && !isConstant(row.Output) {
		return 0, false, fmt.Errorf("%w: wire %d is a quotient of shared values", abi.InvalidRule, step.Wire)
	}
	if product || inverse {
		depth++
	}
	for len(walk.Levels) <= depth {
		walk.Levels = append(walk.Levels, Level{})
	}
	at := &walk.Levels[depth]
	switch {
	case product:
		at.Products = append(at.Products, step)
	case inverse:
		at.Inverses = append(at.Inverses, step)
	default:
		at.Local = append(at.Local, step)
	}
	return depth, knows, nil
}

// isConstant: a multiple of wire 0 and nothing else.
func isConstant(s []Term) bool { return len(s) == 1 && s[0].Wire == 0 }

// UsualKnowledge is what all parties know in an ordinary proof: the constant, the context, the words without outputs, the
// publics and the limbs and bits of the public inputs.
func (c *Circuit) UsualKnowledge() Knowledge {
	known := make(Knowledge, c.Wires)
	known[0], known[1] = true, true
	for k, parts := range c.Layout.words {
		known[2+k] = true
		for _, q := range parts {
			if q.node != none {
				known[2+k] = false
			}
		}
	}
	l := c.Layout
	publics := c.Public + l.Book
	limbs := publics + l.Publics
	bits := limbs + l.Limbs + l.Counts
	for _, group := range [][2]int{{publics, l.Publics}, {limbs, l.PublicLimbs}, {bits, l.PublicBits}} {
		for w := group[0]; w < group[0]+group[1]; w++ {
			known[w] = true
		}
	}
	return known
}

// size counts what the walk asks of the engine.
func (w *Walk) size() (levels, products, inverses int) {
	for _, l := range w.Levels {
		if len(l.Products) > 0 {
			levels++
			products += len(l.Products)
		}
		inverses += len(l.Inverses)
	}
	return levels, products, inverses
}

// divisions counts the rows that compute a quotient, of shared and of known values.
func (w *Walk) divisions() (n int) {
	for _, l := range w.Levels {
		n += len(l.Inverses)
		for _, s := range l.Local {
			if s.Place != InOutput {
				n++
			}
		}
	}
	return n
}

package rulecircuit

import (
	"fmt"

	"io.veilflow/native/internal/rulepb"
)

// Layout counts the wires of each group, in the order in which a witness supplies them (docs/wire.md section 3).
type Layout struct {
	Words, VariableWords, OutputBits           int
	Book, Publics, Limbs, Counts, Bits, Advice int

	LimbBits                int // t, or 0 for none
	PublicLimbs, PublicBits int // the first limbs and bits, which belong to public inputs: everybody knows them
	Lookups                 int // values shown to lie in the table, shifted top limbs included
	Divisions               int // rows that compute a quotient: one a lookup, one a table entry, one an equal

	words     [][]part
	roleStart []int       // first book wire of a role
	usedStart map[int]int // first of the publics that are a role's used bits
}

// Inputs is the number of wires that a witness supplies: context, words and the six secret groups, without the masks.
func (l *Layout) Inputs() int {
	return 1 + l.Words + l.Book + l.Publics + l.Limbs + l.Counts + l.Bits + l.Advice
}

// Commitments of a proof: to the book and, with limbs, to limbs and counts.
func (l *Layout) Commitments() int {
	if l.LimbBits > 0 {
		return 2
	}
	return 1
}

// part is one value at its place in a word: of an output's node, or one of the publics.
type part struct {
	node, value int // node is none for a public
	public      int
	shift       int
}

func layoutOf(p *Program) (*Layout, error) {
	l := &Layout{LimbBits: int(p.message.LimbBits), usedStart: map[int]int{}}
	l.Publics = len(p.message.PublicInputs)
	for _, r := range p.used {
		l.usedStart[r] = l.Publics
		l.Publics += int(p.message.Roles[r].Slots)
	}
	for r, role := range p.message.Roles {
		l.roleStart = append(l.roleStart, l.Book)
		l.Book += int(role.Slots) * len(p.fields[r])
	}
	for _, w := range p.publicWidths() {
		l.show(w)
	}
	l.PublicLimbs, l.PublicBits = l.Limbs, l.Bits
	for _, w := range p.rangeWidths()[len(p.message.PublicInputs):] {
		l.show(w)
	}
	if l.LimbBits > 0 {
		l.Counts = 1 << l.LimbBits
	}
	l.Divisions = l.Lookups + l.Counts
	for _, n := range p.nodes {
		values := n.copies() * p.count(n.shape)
		switch n.op {
		case opLessThan:
			l.Advice += values
		case opEqual:
			l.Advice += values
			l.Divisions += values
		}
	}
	return l, l.pack(p)
}

// show counts what a range of w bits takes.
func (l *Layout) show(w int) {
	limbs, topBits := division(w, l.LimbBits)
	if limbs == 0 {
		l.Bits += w
		return
	}
	l.Limbs += limbs
	l.Lookups += limbs
	if topBits < l.LimbBits {
		l.Lookups++
	}
}

// pack fills the public words: outputs, FEED inputs, used bits; then PARAMETER inputs from a new word on. A part that does
// not fit begins the next word.
func (l *Layout) pack(p *Program) error {
	used := wordBits // of the last word; full: the next part begins a word
	pack := func(q part, bits int) {
		if used+bits > wordBits {
			l.words = append(l.words, nil)
			used = 0
		}
		q.shift = used
		last := len(l.words) - 1
		l.words[last] = append(l.words[last], q)
		used += bits
	}
	for _, n := range p.outputs {
		bits := outputBits(p.nodes[n])
		for v := 0; v < p.count(p.nodes[n].shape); v++ {
			l.OutputBits += bits
			pack(part{node: n, value: v}, bits)
		}
	}
	if len(l.words) > outputWordsMax {
		return fmt.Errorf("outputs take %d words, at most %d", len(l.words), outputWordsMax)
	}
	inputs := func(origin rulepb.Origin) {
		for k, in := range p.message.PublicInputs {
			if in.Origin == origin {
				pack(part{node: none, public: k}, int(in.Bits))
			}
		}
	}
	inputs(rulepb.Origin_FEED)
	for k := len(p.message.PublicInputs); k < l.Publics; k++ {
		pack(part{node: none, public: k}, 1)
	}
	l.VariableWords = len(l.words)
	used = wordBits
	inputs(rulepb.Origin_PARAMETER)
	l.Words = len(l.words)
	return nil
}

// bookWire is the place of a field of a slot among the book wires.
func (l *Layout) bookWire(p *Program, role, slot, fieldIndex int) int {
	return l.roleStart[role] + slot*len(p.fields[role]) + fieldIndex
}

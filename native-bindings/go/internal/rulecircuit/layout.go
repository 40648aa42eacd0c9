package rulecircuit

import "io.veilflow/native/internal/rulepb"

// Layout counts the wires of each group, in the order in which a witness supplies them (docs/wire.md section 3).
type Layout struct {
	Words, VariableWords, OutputBits              int
	Book, Publics, PublicBits, BookBits, Advice   int
	words                                         [][]part
	roleStart, fieldsOfRole, publicBitsOf, bitsOf []int // first book wire of a role; its fields; bits per public, per book wire
}

// Inputs is the number of wires that a witness supplies: context, words and the five secret groups, without the mask.
func (l *Layout) Inputs() int {
	return 1 + l.Words + l.Book + l.Publics + l.PublicBits + l.BookBits + l.Advice
}

// part is an output or a public input, at its place in a word.
type part struct {
	output bool
	index  int
	shift  int
}

// layoutOf packs the public words: outputs, FEED inputs; then PARAMETER inputs from a new word on. A part that does not
// fit begins the next word.
func layoutOf(p *Program) *Layout {
	l := &Layout{}
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
	for k, n := range p.outputs {
		bits := outputBits(p.nodes[n])
		l.OutputBits += bits
		pack(part{output: true, index: k}, bits)
	}
	inputs := p.message.PublicInputs
	for k, in := range inputs {
		l.publicBitsOf = append(l.publicBitsOf, int(in.Bits))
		l.PublicBits += int(in.Bits)
		if in.Origin == rulepb.Origin_FEED {
			pack(part{index: k}, int(in.Bits))
		}
	}
	l.VariableWords = len(l.words)
	used = wordBits
	for k, in := range inputs {
		if in.Origin == rulepb.Origin_PARAMETER {
			pack(part{index: k}, int(in.Bits))
		}
	}
	l.Words = len(l.words)
	l.Publics = len(inputs)
	for _, role := range p.message.Roles {
		l.roleStart = append(l.roleStart, l.Book)
		l.fieldsOfRole = append(l.fieldsOfRole, len(role.Fields))
		for s := uint32(0); s < role.Slots; s++ {
			for _, f := range role.Fields {
				l.bitsOf = append(l.bitsOf, int(f.Bits))
				l.BookBits += int(f.Bits)
			}
		}
		l.Book += int(role.Slots) * len(role.Fields)
	}
	for _, n := range p.nodes {
		if n.op == opLessThan {
			l.Advice += p.slots(n.shape) * (1 + n.width)
		}
	}
	return l
}

// bookWire is the place of a field of a slot among the book wires.
func (l *Layout) bookWire(role, slot, fieldIndex int) int {
	return l.roleStart[role] + slot*l.fieldsOfRole[role] + fieldIndex
}

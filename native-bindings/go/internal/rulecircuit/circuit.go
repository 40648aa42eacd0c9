package rulecircuit

import (
	"fmt"

	"github.com/consensys/gnark/frontend"
)

// Assignment is the circuit's input, one slice per group in the documented order; gnark numbers wires by it. It serves
// as the circuit definition (with a program) and as the assignment of gnark's own prover in tests.
type Assignment struct {
	Context frontend.Variable   `gnark:",public"`
	Words   []frontend.Variable `gnark:",public"`

	Book    []frontend.Variable
	Publics []frontend.Variable
	Limbs   []frontend.Variable
	Counts  []frontend.Variable
	Bits    []frontend.Variable
	Advice  []frontend.Variable

	program *Program `gnark:"-"` // gnark walks unexported fields too
	layout  *Layout  `gnark:"-"`
}

// NewAssignment makes empty slices of the right lengths.
func NewAssignment(l *Layout) *Assignment {
	return &Assignment{
		Words:   make([]frontend.Variable, l.Words),
		Book:    make([]frontend.Variable, l.Book),
		Publics: make([]frontend.Variable, l.Publics),
		Limbs:   make([]frontend.Variable, l.Limbs),
		Counts:  make([]frontend.Variable, l.Counts),
		Bits:    make([]frontend.Variable, l.Bits),
		Advice:  make([]frontend.Variable, l.Advice),
	}
}

// Define writes the rows of docs/wire.md section 3.
func (c *Assignment) Define(api frontend.API) error {
	// context * context = (a wire): a public input that no row uses could be changed by anybody.
	api.Mul(c.Context, c.Context)

	// The first commitment, over all book wires; challenge * challenge = (a wire), so that no key point is the identity.
	committer, ok := api.(frontend.Committer)
	if !ok {
		return fmt.Errorf("this compiler has no commitments")
	}
	challenge, err := committer.Commit(c.Book...)
	if err != nil {
		return err
	}
	api.Mul(challenge, challenge)

	b := &rows{api: api, blueprint: newRowBlueprint(api), inputs: c, program: c.program, layout: c.layout}
	for k, width := range c.program.publicWidths() {
		api.AssertIsEqual(c.Publics[k], b.number(width))
	}
	for _, used := range c.Publics[len(c.program.message.PublicInputs):] {
		api.AssertIsBoolean(used)
	}
	b.book()
	for _, n := range c.program.nodes {
		b.values = append(b.values, b.evaluate(n))
	}
	b.words()
	return b.lookups(committer)
}

// book shows minimum <= x <= maximum for every book wire: x - minimum = sum of its bits or limbs, a row of its own
// (PROTOCOLS 8.4 item 6), and maximum - x = another such sum where the width alone would allow more.
func (b *rows) book() {
	at := 0
	for r, role := range b.program.message.Roles {
		for s := uint32(0); s < role.Slots; s++ {
			for _, f := range b.program.fields[r] {
				x := b.inputs.Book[at]
				at++
				widths := f.widths()
				b.api.AssertIsEqual(b.api.Sub(x, f.low), b.number(widths[0]))
				if len(widths) > 1 {
					b.api.AssertIsEqual(b.api.Sub(f.high, x), b.number(widths[1]))
				}
			}
		}
	}
}

// words: word = sum of 2^shift * part.
func (b *rows) words() {
	for k, parts := range b.layout.words {
		terms := make([]frontend.Variable, len(parts))
		for i, q := range parts {
			v := frontend.Variable(nil)
			if q.node != none {
				v = b.values[q.node][0][q.value]
			} else {
				v = b.inputs.Publics[q.public]
			}
			terms[i] = b.api.Mul(v, powerOfTwo(q.shift))
		}
		b.api.AssertIsEqual(b.inputs.Words[k], b.sum(terms))
	}
}

// rows writes a program's rows; it takes limbs, bits and advice from the inputs in their order.
type rows struct {
	api       frontend.API
	blueprint rowBlueprint
	inputs    *Assignment
	program   *Program
	layout    *Layout

	values            [][][]frontend.Variable // of each node, of each copy, of each slot or owner
	limbs, bits, used int                     // taken so far; used is of the advice
	table             []frontend.Variable     // values to look up
}

// evaluate gives the values of the next node, copy by copy.
func (b *rows) evaluate(n node) [][]frontend.Variable {
	if n.op == opCandidate {
		return b.candidate(n)
	}
	if n.op == opGreatest {
		return [][]frontend.Variable{b.greatest(n)}
	}
	copies := make([][]frontend.Variable, n.copies())
	for copied := range copies {
		copies[copied] = b.evaluateCopy(n, copied)
	}
	return copies
}

// evaluateCopy reads operands that depend on the candidate in the same copy, others in their only one.
func (b *rows) evaluateCopy(n node, copied int) []frontend.Variable {
	operands := make([][]frontend.Variable, len(n.operands))
	for i, k := range n.operands {
		operands[i] = b.values[k][min(copied, len(b.values[k])-1)]
	}
	switch n.op {
	case opSum:
		return []frontend.Variable{b.sum(operands[0])}
	case opSumByOwner:
		return b.sumByOwner(n.role, operands[0])
	case opRepeat:
		return operands[0]
	}
	out := make([]frontend.Variable, b.program.count(n.shape))
	for s := range out {
		of := make([]frontend.Variable, len(operands))
		for i, values := range operands {
			of[i] = values[min(s, len(values)-1)]
		}
		out[s] = b.operation(n, s, of)
	}
	return out
}

// operation is the value of one slot or owner from the operands' values there.
func (b *rows) operation(n node, slot int, of []frontend.Variable) frontend.Variable {
	api := b.api
	switch n.op {
	case opSecret:
		return b.inputs.Book[b.layout.bookWire(b.program, n.role, slot, n.index)]
	case opPublic:
		return b.inputs.Publics[n.index]
	case opUsed:
		return b.inputs.Publics[b.layout.usedStart[n.role]+slot]
	case opConstant:
		return n.constant
	case opAdd:
		return b.sum(of)
	case opSubtract:
		return api.Sub(of[0], of[1])
	case opMultiply, opBoth:
		return api.Mul(of[0], of[1])
	case opEither:
		return api.Sub(api.Add(of[0], of[1]), api.Mul(of[0], of[1]))
	case opNot:
		return api.Sub(1, of[0])
	case opSelect:
		return api.Add(of[2], api.Mul(of[0], api.Sub(of[1], of[2])))
	case opLessThan:
		return b.lessThan(api.Sub(of[0], of[1]), n.width)
	case opEqual:
		return b.equal(api.Sub(of[0], of[1]))
	default:
		panic(fmt.Sprintf("operation %d has no value of its own", n.op))
	}
}

func (b *rows) sumByOwner(role int, slots []frontend.Variable) []frontend.Variable {
	out := make([]frontend.Variable, 0, len(b.program.message.Roles[role].OwnerSlots))
	for _, n := range b.program.message.Roles[role].OwnerSlots {
		out = append(out, b.sum(slots[:n]))
		slots = slots[n:]
	}
	return out
}

// sum adds in one step: pairwise it would copy growing expressions.
func (b *rows) sum(terms []frontend.Variable) frontend.Variable {
	if len(terms) == 1 {
		return terms[0]
	}
	return b.api.Add(terms[0], terms[1], terms[2:]...)
}

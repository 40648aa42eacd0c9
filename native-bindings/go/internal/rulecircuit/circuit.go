package rulecircuit

import (
	"fmt"
	"math/big"

	"github.com/consensys/gnark/frontend"
)

// Assignment is the circuit's input, one slice per group in the documented order; gnark numbers wires by it. It serves
// as the circuit definition (with a program) and as the assignment of gnark's own prover in tests.
type Assignment struct {
	Context frontend.Variable   `gnark:",public"`
	Words   []frontend.Variable `gnark:",public"`

	Book       []frontend.Variable
	Publics    []frontend.Variable
	PublicBits []frontend.Variable
	BookBits   []frontend.Variable
	Advice     []frontend.Variable

	program *Program `gnark:"-"` // gnark walks unexported fields too
	layout  *Layout  `gnark:"-"`
}

// NewAssignment makes empty slices of the right lengths.
func NewAssignment(l *Layout) *Assignment {
	return &Assignment{
		Words:      make([]frontend.Variable, l.Words),
		Book:       make([]frontend.Variable, l.Book),
		Publics:    make([]frontend.Variable, l.Publics),
		PublicBits: make([]frontend.Variable, l.PublicBits),
		BookBits:   make([]frontend.Variable, l.BookBits),
		Advice:     make([]frontend.Variable, l.Advice),
	}
}

// Define writes the rows of docs/wire.md section 3.
func (c *Assignment) Define(api frontend.API) error {
	// context * context = (a wire): a public input that no row uses could be changed by anybody.
	api.Mul(c.Context, c.Context)

	// The one commitment, over all book wires; challenge * challenge = (a wire), so that no key point is the identity.
	committer, ok := api.(frontend.Committer)
	if !ok {
		return fmt.Errorf("this compiler has no commitments")
	}
	challenge, err := committer.Commit(c.Book...)
	if err != nil {
		return err
	}
	api.Mul(challenge, challenge)

	// x = sum of 2^i * bit_i, every bit boolean: a row of its own for every book wire (PROTOCOLS 8.4 item 6).
	decompose(api, c.Publics, c.PublicBits, c.layout.publicBitsOf)
	decompose(api, c.Book, c.BookBits, c.layout.bitsOf)

	values := c.evaluate(api)

	// word = sum of 2^shift * part.
	for k, parts := range c.layout.words {
		var terms []frontend.Variable
		for _, q := range parts {
			v := frontend.Variable(nil)
			if q.output {
				v = values[c.program.outputs[q.index]][0]
			} else {
				v = c.Publics[q.index]
			}
			terms = append(terms, api.Mul(v, powerOfTwo(q.shift)))
		}
		api.AssertIsEqual(c.Words[k], sum(api, terms))
	}
	return nil
}

// evaluate reads the nodes in order: one value for a scalar, one per slot otherwise.
func (c *Assignment) evaluate(api frontend.API) [][]frontend.Variable {
	values := make([][]frontend.Variable, len(c.program.nodes))
	advice := c.Advice
	for k, n := range c.program.nodes {
		at := func(operand, slot int) frontend.Variable {
			v := values[n.operands[operand]]
			if len(v) == 1 {
				return v[0]
			}
			return v[slot]
		}
		count := c.program.slots(n.shape)
		if n.op == opSum {
			values[k] = []frontend.Variable{sum(api, values[n.operands[0]])}
			continue
		}
		values[k] = make([]frontend.Variable, count)
		for s := 0; s < count; s++ {
			switch n.op {
			case opSecret:
				values[k][s] = c.Book[c.layout.bookWire(n.role, s, n.index)]
			case opPublic:
				values[k][s] = c.Publics[n.index]
			case opConstant:
				values[k][s] = n.constant
			case opAdd:
				terms := make([]frontend.Variable, len(n.operands))
				for i := range terms {
					terms[i] = at(i, s)
				}
				values[k][s] = sum(api, terms)
			case opSubtract:
				values[k][s] = api.Sub(at(0, s), at(1, s))
			case opMultiply:
				values[k][s] = api.Mul(at(0, s), at(1, s))
			case opLessThan:
				values[k][s] = lessThan(api, api.Sub(at(0, s), at(1, s)), advice[0], advice[1:1+n.width])
				advice = advice[1+n.width:]
			}
		}
	}
	return values
}

// lessThan is f = [d < 0] for |d| <= 2^w: f boolean, p = f*(2d+1), d - p = sum of w bits. For f = 0 the slack is d, for
// f = 1 it is -d - 1; the wrong f makes it negative, which w bits cannot be, as 2^(w+1) is below r.
func lessThan(api frontend.API, d, f frontend.Variable, bits []frontend.Variable) frontend.Variable {
	api.AssertIsBoolean(f)
	p := api.Mul(f, api.Add(api.Mul(d, 2), 1))
	api.AssertIsEqual(api.Sub(d, p), fromBits(api, bits))
	return f
}

// decompose writes x = sum of bits for each x in turn.
func decompose(api frontend.API, wires, bits []frontend.Variable, widths []int) {
	for i, x := range wires {
		api.AssertIsEqual(x, fromBits(api, bits[:widths[i]]))
		bits = bits[widths[i]:]
	}
}

// fromBits asserts every bit boolean and adds them up, lowest first.
func fromBits(api frontend.API, bits []frontend.Variable) frontend.Variable {
	terms := make([]frontend.Variable, len(bits))
	for i, b := range bits {
		api.AssertIsBoolean(b)
		terms[i] = api.Mul(b, powerOfTwo(i))
	}
	return sum(api, terms)
}

// sum adds in one step: pairwise it would copy growing expressions.
func sum(api frontend.API, terms []frontend.Variable) frontend.Variable {
	if len(terms) == 1 {
		return terms[0]
	}
	return api.Add(terms[0], terms[1], terms[2:]...)
}

func powerOfTwo(i int) *big.Int { return new(big.Int).Lsh(big.NewInt(1), uint(i)) }

package ruletest

import (
	"math/big"
	"math/rand"

	"github.com/consensys/gnark/frontend"

	"io.veilflow/native/internal/rulecircuit"
	"io.veilflow/native/internal/rulepb"
)

// Inputs is every input value of a circuit as an integer, one slice per group of the assignment.
type Inputs struct {
	Context                                           *big.Int
	Words, Book, Publics, Limbs, Counts, Bits, Advice []*big.Int
	Outputs                                           [][]*big.Int // of each output, each value

	program *rulecircuit.Program
	rule    *rulepb.RuleProgram
}

// Read evaluates a rule in the clear and derives all that a witness holds. It reads the message on its own: only widths and
// bounds come from the program. used holds the bits of the roles that have a used node, role by role.
func Read(p *rulecircuit.Program, context *big.Int, book, publics []*big.Int, used ...*big.Int) *Inputs {
	in := &Inputs{Context: context, Book: book, program: p, rule: p.Message()}
	in.Publics = append(append([]*big.Int{}, publics...), used...)
	in.read(newReader(in))
	return in
}

func (in *Inputs) read(r *reader) {
	r.evaluate()
	in.ranges(r)
	for _, o := range in.rule.Outputs {
		in.Outputs = append(in.Outputs, r.copies[o.Node][0])
	}
	in.Pack()
}

// ranges derives limbs, counts, bits and advice: of public inputs, the book, then node by node.
func (in *Inputs) ranges(r *reader) {
	if t := in.rule.LimbBits; t > 0 {
		for v := 0; v < 1<<t; v++ {
			in.Counts = append(in.Counts, new(big.Int))
		}
	}
	for k, p := range in.rule.PublicInputs {
		in.show(in.Publics[k], int(p.Bits))
	}
	at := 0
	for _, role := range in.rule.Roles {
		for s := uint32(0); s < role.Slots; s++ {
			for _, f := range role.Fields {
				low, high := value(f.Minimum), value(f.Maximum)
				size := new(big.Int).Sub(high, low)
				in.show(new(big.Int).Sub(in.Book[at], low), size.BitLen())
				if more := new(big.Int).Add(size, big.NewInt(1)); more.TrailingZeroBits() != uint(size.BitLen()) {
					in.show(new(big.Int).Sub(high, in.Book[at]), size.BitLen())
				}
				at++
			}
		}
	}
	for k, n := range in.rule.Nodes {
		switch o := n.Operation.(type) {
		case *rulepb.Node_Candidate:
			for _, h := range r.copies[k][0] {
				in.show(h, int(o.Candidate.Bits))
			}
		case *rulepb.Node_LessThan:
			r.differences(o.LessThan, len(r.copies[k]), func(d *big.Int) {
				below := int64(0)
				if d.Sign() < 0 {
					below = 1
					d = new(big.Int).Not(d) // -d - 1
				}
				in.Advice = append(in.Advice, big.NewInt(below))
				in.show(d, in.program.Width(k))
			})
		case *rulepb.Node_Equal:
			r.differences(o.Equal, len(r.copies[k]), func(d *big.Int) {
				in.Advice = append(in.Advice, flag(d.Sign() == 0))
			})
		}
	}
}

// Guess reads everything again as if the k-th greatest of the rule had found the given number for all its slots or owners:
// what a cheater would have to show.
func (in *Inputs) Guess(k int, h int64) {
	r := newReader(in)
	r.guess, r.guessed = big.NewInt(h), k
	*in = Inputs{Context: in.Context, Book: in.Book, Publics: in.Publics, program: in.program, rule: in.rule}
	in.read(r)
}

// show appends the limbs or bits of a value of so many bits and counts the lookups.
func (in *Inputs) show(v *big.Int, width int) {
	t := int(in.rule.LimbBits)
	if t == 0 || width <= 2 {
		in.Bits = append(in.Bits, Bits(v, width)...)
		return
	}
	count := func(l int64) {
		if l < int64(len(in.Counts)) {
			in.Counts[l].Add(in.Counts[l], big.NewInt(1))
		}
	}
	for from := 0; from < width; from += t {
		limb := new(big.Int).Rsh(v, uint(from))
		limb.And(limb, big.NewInt(1<<t-1))
		in.Limbs = append(in.Limbs, limb)
		count(limb.Int64())
		if gap := from + t - width; gap > 0 {
			count(limb.Int64() << gap)
		}
	}
}

// Pack makes the public words of the outputs, FEED inputs, used bits and PARAMETER inputs.
func (in *Inputs) Pack() {
	in.Words = nil
	used := 253
	pack := func(v *big.Int, bits int) {
		if used+bits > 253 {
			in.Words = append(in.Words, new(big.Int))
			used = 0
		}
		last := in.Words[len(in.Words)-1]
		last.Add(last, new(big.Int).Lsh(v, uint(used)))
		used += bits
	}
	for k, values := range in.Outputs {
		_, high := in.program.Bounds(int(in.rule.Outputs[k].Node))
		for _, v := range values {
			pack(v, max(1, high.BitLen()))
		}
	}
	for _, origin := range []rulepb.Origin{rulepb.Origin_FEED, rulepb.Origin_PARAMETER} {
		if origin == rulepb.Origin_PARAMETER {
			for _, v := range in.Publics[len(in.rule.PublicInputs):] {
				pack(v, 1)
			}
			used = 253
		}
		for k, p := range in.rule.PublicInputs {
			if p.Origin == origin {
				pack(in.Publics[k], int(p.Bits))
			}
		}
	}
}

// Groups are the input wires in witness order, by name; the context is none of them.
func (in *Inputs) Groups() []Group {
	return []Group{
		{"word", in.Words}, {"book", in.Book}, {"public", in.Publics}, {"limb", in.Limbs},
		{"count", in.Counts}, {"bit", in.Bits}, {"advice", in.Advice},
	}
}

// Group is one of the groups; its wires may be changed in place.
type Group struct {
	Name  string
	Wires []*big.Int
}

// All is every input wire in witness order.
func (in *Inputs) All() []*big.Int {
	out := []*big.Int{in.Context}
	for _, group := range in.Groups() {
		out = append(out, group.Wires...)
	}
	return out
}

// Assignment is the same for gnark's own prover.
func (in *Inputs) Assignment(c *rulecircuit.Circuit) *rulecircuit.Assignment {
	a := c.NewWitness()
	a.Context = in.Context
	for k, to := range [][]frontend.Variable{a.Words, a.Book, a.Publics, a.Limbs, a.Counts, a.Bits, a.Advice} {
		for i, v := range in.Groups()[k].Wires {
			to[i] = v
		}
	}
	return a
}

// Bits are the lowest bits of a non-negative number, lowest first.
func Bits(v *big.Int, n int) []*big.Int {
	out := make([]*big.Int, n)
	for i := range out {
		out[i] = big.NewInt(int64(v.Bit(i)))
	}
	return out
}

// RandomInputs is a random book within its bounds, with random public inputs and used bits.
func RandomInputs(p *rulecircuit.Program, random *rand.Rand) *Inputs {
	within := func(low, high *big.Int) *big.Int {
		size := new(big.Int).Sub(high, low)
		return size.Add(low, size.Rand(random, size.Add(size, big.NewInt(1))))
	}
	rule := p.Message()
	var book, publics, used []*big.Int
	for _, role := range rule.Roles {
		for s := uint32(0); s < role.Slots; s++ {
			for _, f := range role.Fields {
				book = append(book, within(value(f.Minimum), value(f.Maximum)))
			}
		}
	}
	for _, in := range rule.PublicInputs {
		publics = append(publics, new(big.Int).Rand(random, new(big.Int).Lsh(big.NewInt(1), uint(in.Bits))))
	}
	for k, role := range rule.Roles {
		if isUsed(rule, uint32(k)) {
			for s := uint32(0); s < role.Slots; s++ {
				used = append(used, big.NewInt(random.Int63n(2)))
			}
		}
	}
	context := new(big.Int).Rand(random, new(big.Int).Lsh(big.NewInt(1), 250))
	return Read(p, context, book, publics, used...)
}

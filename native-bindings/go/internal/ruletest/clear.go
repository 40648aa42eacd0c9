package ruletest

import (
	"math/big"
	"math/rand"

	"io.veilflow/native/internal/rulecircuit"
	"io.veilflow/native/internal/rulepb"
)

// Inputs is every input value of a circuit as an integer, one slice per group of the assignment.
type Inputs struct {
	Context                                            *big.Int
	Words, Book, Publics, PublicBits, BookBits, Advice []*big.Int
	Outputs                                            []*big.Int
}

// Read evaluates a rule in the clear and derives all that a witness holds. It reads the message on its own: only the
// comparison widths come from the program.
func Read(p *rulecircuit.Program, context *big.Int, book, publics []*big.Int) *Inputs {
	rule := p.Message()
	in := &Inputs{Context: context, Book: book, Publics: publics}
	for k, v := range publics {
		in.PublicBits = append(in.PublicBits, Bits(v, int(rule.PublicInputs[k].Bits))...)
	}
	at := 0
	for _, role := range rule.Roles {
		for s := uint32(0); s < role.Slots; s++ {
			for _, f := range role.Fields {
				in.BookBits = append(in.BookBits, Bits(book[at], int(f.Bits))...)
				at++
			}
		}
	}
	values := make([][]*big.Int, len(rule.Nodes))
	for k, n := range rule.Nodes {
		values[k] = in.evaluate(rule, values, n, p.Width(k))
	}
	for _, o := range rule.Outputs {
		in.Outputs = append(in.Outputs, values[o.Node][0])
	}
	return in
}

func (in *Inputs) evaluate(rule *rulepb.RuleProgram, values [][]*big.Int, n *rulepb.Node, width int) []*big.Int {
	each := func(operands *rulepb.Operands, f func(x, y *big.Int) *big.Int) []*big.Int {
		count := 1
		for _, k := range operands.Nodes {
			count = max(count, len(values[k]))
		}
		out := make([]*big.Int, count)
		for s := range out {
			for i, k := range operands.Nodes {
				v := values[k][s%len(values[k])]
				if i == 0 {
					out[s] = v
				} else {
					out[s] = f(out[s], v)
				}
			}
		}
		return out
	}
	switch o := n.Operation.(type) {
	case *rulepb.Node_SecretInput:
		start := 0
		for r := uint32(0); r < o.SecretInput.Role; r++ {
			start += int(rule.Roles[r].Slots) * len(rule.Roles[r].Fields)
		}
		role := rule.Roles[o.SecretInput.Role]
		out := make([]*big.Int, role.Slots)
		for s := range out {
			out[s] = in.Book[start+s*len(role.Fields)+int(o.SecretInput.Field)]
		}
		return out
	case *rulepb.Node_PublicInput:
		return []*big.Int{in.Publics[o.PublicInput]}
	case *rulepb.Node_Constant:
		v := new(big.Int).SetBytes(o.Constant.Magnitude)
		if o.Constant.Negative {
			v.Neg(v)
		}
		return []*big.Int{v}
	case *rulepb.Node_Add:
		return each(o.Add, func(x, y *big.Int) *big.Int { return new(big.Int).Add(x, y) })
	case *rulepb.Node_Subtract:
		return each(o.Subtract, func(x, y *big.Int) *big.Int { return new(big.Int).Sub(x, y) })
	case *rulepb.Node_Multiply:
		return each(o.Multiply, func(x, y *big.Int) *big.Int { return new(big.Int).Mul(x, y) })
	case *rulepb.Node_LessThan:
		return each(o.LessThan, func(x, y *big.Int) *big.Int {
			flag, slack := big.NewInt(0), new(big.Int).Sub(x, y)
			if slack.Sign() < 0 {
				flag.SetInt64(1)
				slack.Neg(slack).Sub(slack, big.NewInt(1))
			}
			in.Advice = append(append(in.Advice, flag), Bits(slack, width)...)
			return flag
		})
	default:
		total := new(big.Int)
		for _, v := range values[n.GetSum().Nodes[0]] {
			total.Add(total, v)
		}
		return []*big.Int{total}
	}
}

// Pack makes the public words of the outputs and public inputs.
func (in *Inputs) Pack(rule *rulepb.RuleProgram, outputBits []int) {
	in.Words = nil
	used := 253
	pack := func(v *big.Int, bits int) {
		if used+bits > 253 {
			in.Words = append(in.Words, new(big.Int))
			used = 0
		}
		last := in.Words[len(in.Words)-1]
		last.Or(last, new(big.Int).Lsh(v, uint(used)))
		used += bits
	}
	for k, v := range in.Outputs {
		pack(v, outputBits[k])
	}
	for _, origin := range []rulepb.Origin{rulepb.Origin_FEED, rulepb.Origin_PARAMETER} {
		if origin == rulepb.Origin_PARAMETER {
			used = 253
		}
		for k, p := range rule.PublicInputs {
			if p.Origin == origin {
				pack(in.Publics[k], int(p.Bits))
			}
		}
	}
}

// All is every input wire in witness order.
func (in *Inputs) All() []*big.Int {
	out := []*big.Int{in.Context}
	for _, group := range [][]*big.Int{in.Words, in.Book, in.Publics, in.PublicBits, in.BookBits, in.Advice} {
		out = append(out, group...)
	}
	return out
}

// Assignment is the same for gnark's own prover.
func (in *Inputs) Assignment(c *rulecircuit.Circuit) *rulecircuit.Assignment {
	a := c.NewWitness()
	a.Context = in.Context
	for k, v := range in.Words {
		a.Words[k] = v
	}
	for k, v := range in.Book {
		a.Book[k] = v
	}
	for k, v := range in.Publics {
		a.Publics[k] = v
	}
	for k, v := range in.PublicBits {
		a.PublicBits[k] = v
	}
	for k, v := range in.BookBits {
		a.BookBits[k] = v
	}
	for k, v := range in.Advice {
		a.Advice[k] = v
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

// MarketHealthInputs is a random book with random prices; roughly half of the slots are at risk.
func MarketHealthInputs(p *rulecircuit.Program, assets, slots int, random *rand.Rand) *Inputs {
	var book, publics []*big.Int
	number := func(bits int) *big.Int { return new(big.Int).Rand(random, new(big.Int).Lsh(big.NewInt(1), uint(bits))) }
	for k := 0; k < 2*assets*slots; k++ {
		book = append(book, number(64))
	}
	for a := 0; a < assets; a++ {
		publics = append(publics, number(64))
	}
	for a := 0; a < assets; a++ {
		publics = append(publics, big.NewInt(8000))
	}
	publics = append(publics, big.NewInt(500), big.NewInt(1500), big.NewInt(9900))
	in := Read(p, number(250), book, publics)
	in.Pack(p.Message(), []int{2})
	return in
}

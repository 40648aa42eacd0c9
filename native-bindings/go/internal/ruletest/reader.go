package ruletest

import (
	"math/big"

	"io.veilflow/native/internal/rulepb"
)

const independent = -1

// reader holds the values of every node: of each copy, of each slot or owner. A node that depends on a candidate has two
// copies, at h and at h + 1.
type reader struct {
	in       *Inputs
	rule     *rulepb.RuleProgram
	depends  []int    // the candidate that a node depends on
	shapes   []uint32 // as in Candidate
	copies   [][][]*big.Int
	searches int      // greatest nodes read so far
	guessed  int      // the one that is told what to find
	guess    *big.Int // or nil
}

func newReader(in *Inputs) *reader {
	return &reader{
		in: in, rule: in.rule, copies: make([][][]*big.Int, len(in.rule.Nodes)),
		depends: dependencies(in.rule), shapes: shapes(in.rule),
	}
}

// dependencies finds the candidate of each node; greatest depends on none.
func dependencies(rule *rulepb.RuleProgram) []int {
	out := make([]int, len(rule.Nodes))
	for k, n := range rule.Nodes {
		out[k] = independent
		switch n.Operation.(type) {
		case *rulepb.Node_Candidate:
			out[k] = k
		case *rulepb.Node_Greatest:
		default:
			for _, operand := range operandsOf(n) {
				if out[operand] != independent {
					out[k] = out[operand]
				}
			}
		}
	}
	return out
}

// shapes finds the shape of each node, in the numbers of Candidate.
func shapes(rule *rulepb.RuleProgram) []uint32 {
	out := make([]uint32, len(rule.Nodes))
	for k, n := range rule.Nodes {
		switch o := n.Operation.(type) {
		case *rulepb.Node_SecretInput:
			out[k] = 2*o.SecretInput.Role + 1
		case *rulepb.Node_Used:
			out[k] = 2*o.Used + 1
		case *rulepb.Node_Zip:
			out[k] = 2*o.Zip.Role + 1
		case *rulepb.Node_Candidate:
			out[k] = o.Candidate.Shape
		case *rulepb.Node_Greatest:
			out[k] = out[o.Greatest.Candidate]
		case *rulepb.Node_SumByOwner:
			out[k] = out[o.SumByOwner.Nodes[0]] + 1
		case *rulepb.Node_Sum, *rulepb.Node_Broadcast:
		default:
			for _, operand := range operandsOf(n) {
				out[k] = max(out[k], out[operand])
			}
		}
	}
	return out
}

// evaluate reads independent nodes in order; greatest finds its h and with it both copies of what depends on it. Nodes that
// depend on a candidate and follow its greatest are read at the end.
func (r *reader) evaluate() {
	for k, n := range r.rule.Nodes {
		if r.depends[k] != independent {
			continue
		}
		if g := n.GetGreatest(); g != nil {
			h := r.search(int(g.Candidate), int(g.Condition))
			r.copies[k] = [][]*big.Int{h}
		} else {
			r.copies[k] = [][]*big.Int{r.node(n, 0)}
		}
	}
	for k, n := range r.rule.Nodes {
		if c := r.depends[k]; c != independent && c != k {
			r.copies[k] = [][]*big.Int{r.node(n, 0), r.node(n, 1)}
		}
	}
}

// search tries the bits of h from the highest; it leaves the candidate's copies at h and h + 1.
func (r *reader) search(candidate, condition int) []*big.Int {
	c := r.rule.Nodes[candidate].GetCandidate()
	h := make([]*big.Int, r.count(c.Shape))
	for s := range h {
		h[s] = new(big.Int)
	}
	for bit := int(c.Bits) - 1; bit >= 0; bit-- {
		tried := make([]*big.Int, len(h))
		for s := range h {
			tried[s] = new(big.Int).SetBit(h[s], bit, 1)
		}
		r.copies[candidate] = [][]*big.Int{tried}
		for k := candidate + 1; k <= condition; k++ {
			if r.depends[k] == candidate {
				r.copies[k] = [][]*big.Int{r.node(r.rule.Nodes[k], 0)}
			}
		}
		for s := range h {
			if r.copies[condition][0][s].Sign() > 0 {
				h[s] = tried[s]
			}
		}
	}
	if r.guess != nil && r.searches == r.guessed {
		for s := range h {
			h[s] = r.guess
		}
	}
	r.searches++
	after := make([]*big.Int, len(h))
	for s := range h {
		after[s] = new(big.Int).Add(h[s], big.NewInt(1))
	}
	r.copies[candidate] = [][]*big.Int{h, after}
	return h
}

func (r *reader) count(shape uint32) int {
	switch {
	case shape == 0:
		return 1
	case shape%2 == 1:
		return int(r.rule.Roles[shape/2].Slots)
	default:
		return len(r.rule.Roles[shape/2-1].OwnerSlots)
	}
}

// values of an operand in a copy.
func (r *reader) values(node uint32, copied int) []*big.Int {
	return r.copies[node][min(copied, len(r.copies[node])-1)]
}

// node gives the values of any node but a candidate or a greatest.
func (r *reader) node(n *rulepb.Node, copied int) []*big.Int {
	switch o := n.Operation.(type) {
	case *rulepb.Node_SecretInput:
		return r.secret(o.SecretInput)
	case *rulepb.Node_PublicInput:
		return []*big.Int{r.in.Publics[o.PublicInput]}
	case *rulepb.Node_Constant:
		return []*big.Int{value(o.Constant)}
	case *rulepb.Node_Used:
		return r.usedBits(o.Used)
	case *rulepb.Node_Zip:
		return r.values(o.Zip.Node, copied)
	case *rulepb.Node_Broadcast:
		return r.values(o.Broadcast.Nodes[0], copied)
	case *rulepb.Node_Sum:
		return []*big.Int{total(r.values(o.Sum.Nodes[0], copied))}
	case *rulepb.Node_SumByOwner:
		return r.byOwner(o.SumByOwner.Nodes[0], r.values(o.SumByOwner.Nodes[0], copied))
	}
	given := operandsOf(n)
	count := 1
	for _, k := range given {
		count = max(count, len(r.values(k, copied)))
	}
	out := make([]*big.Int, count)
	for s := range out {
		of := make([]*big.Int, len(given))
		for i, k := range given {
			of[i] = r.values(k, copied)[s%len(r.values(k, copied))]
		}
		out[s] = operation(n, of)
	}
	return out
}

// operation is one value of a node that works slot by slot.
func operation(n *rulepb.Node, of []*big.Int) *big.Int {
	switch n.Operation.(type) {
	case *rulepb.Node_Add:
		return total(of)
	case *rulepb.Node_Subtract:
		return new(big.Int).Sub(of[0], of[1])
	case *rulepb.Node_Multiply:
		return new(big.Int).Mul(of[0], of[1])
	case *rulepb.Node_LessThan:
		return flag(of[0].Cmp(of[1]) < 0)
	case *rulepb.Node_Equal:
		return flag(of[0].Cmp(of[1]) == 0)
	case *rulepb.Node_Both:
		return flag(of[0].Sign() > 0 && of[1].Sign() > 0)
	case *rulepb.Node_Either:
		return flag(of[0].Sign() > 0 || of[1].Sign() > 0)
	case *rulepb.Node_Not:
		return flag(of[0].Sign() == 0)
	case *rulepb.Node_Select:
		if of[0].Sign() > 0 {
			return of[1]
		}
		return of[2]
	default:
		panic("a node without a reading in the clear")
	}
}

func (r *reader) secret(in *rulepb.SecretInput) []*big.Int {
	start := 0
	for k := uint32(0); k < in.Role; k++ {
		start += int(r.rule.Roles[k].Slots) * len(r.rule.Roles[k].Fields)
	}
	role := r.rule.Roles[in.Role]
	out := make([]*big.Int, role.Slots)
	for s := range out {
		out[s] = r.in.Book[start+s*len(role.Fields)+int(in.Field)]
	}
	return out
}

// usedBits stand after the public inputs, role by role for the roles that have such a node.
func (r *reader) usedBits(role uint32) []*big.Int {
	start := len(r.rule.PublicInputs)
	for k := uint32(0); k < role; k++ {
		if isUsed(r.rule, k) {
			start += int(r.rule.Roles[k].Slots)
		}
	}
	return r.in.Publics[start : start+int(r.rule.Roles[role].Slots)]
}

// isUsed tells whether a node reads the used bits of a role.
func isUsed(rule *rulepb.RuleProgram, role uint32) bool {
	for _, n := range rule.Nodes {
		if u, ok := n.Operation.(*rulepb.Node_Used); ok && u.Used == role {
			return true
		}
	}
	return false
}

// byOwner adds the slots of each owner; the role is the one that the operand's slots belong to.
func (r *reader) byOwner(operand uint32, slots []*big.Int) (out []*big.Int) {
	for _, n := range r.rule.Roles[r.shapes[operand]/2].OwnerSlots {
		out = append(out, total(slots[:n]))
		slots = slots[n:]
	}
	return out
}

// differences calls f with first - second, copy by copy and in it value by value.
func (r *reader) differences(o *rulepb.Operands, copies int, f func(d *big.Int)) {
	for copied := 0; copied < copies; copied++ {
		x, y := r.values(o.Nodes[0], copied), r.values(o.Nodes[1], copied)
		for s := 0; s < max(len(x), len(y)); s++ {
			f(new(big.Int).Sub(x[s%len(x)], y[s%len(y)]))
		}
	}
}

// operandsOf lists the earlier nodes that an operation reads.
func operandsOf(n *rulepb.Node) []uint32 {
	switch o := n.Operation.(type) {
	case *rulepb.Node_Add:
		return o.Add.Nodes
	case *rulepb.Node_Subtract:
		return o.Subtract.Nodes
	case *rulepb.Node_Multiply:
		return o.Multiply.Nodes
	case *rulepb.Node_LessThan:
		return o.LessThan.Nodes
	case *rulepb.Node_Equal:
		return o.Equal.Nodes
	case *rulepb.Node_Both:
		return o.Both.Nodes
	case *rulepb.Node_Either:
		return o.Either.Nodes
	case *rulepb.Node_Not:
		return o.Not.Nodes
	case *rulepb.Node_Select:
		return o.Select.Nodes
	case *rulepb.Node_Sum:
		return o.Sum.Nodes
	case *rulepb.Node_SumByOwner:
		return o.SumByOwner.Nodes
	case *rulepb.Node_Zip:
		return []uint32{o.Zip.Node}
	case *rulepb.Node_Broadcast:
		return o.Broadcast.Nodes
	default:
		return nil
	}
}

func total(values []*big.Int) *big.Int {
	out := new(big.Int)
	for _, v := range values {
		out.Add(out, v)
	}
	return out
}

func flag(yes bool) *big.Int {
	if yes {
		return big.NewInt(1)
	}
	return new(big.Int)
}

func value(c *rulepb.Constant) *big.Int {
	v := new(big.Int).SetBytes(c.GetMagnitude())
	if c.GetNegative() {
		v.Neg(v)
	}
	return v
}

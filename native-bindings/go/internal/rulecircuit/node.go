package rulecircuit

import (
	"fmt"
	"math/big"

	"io.veilflow/native/internal/rulepb"
)

// shape of a node's values: 0 is one value, 2k+1 one per slot of role k, 2k+2 one per owner of role k (as in Candidate).
type shape int

const scalar shape = 0

func slotsOf(role int) shape  { return shape(2*role + 1) }
func ownersOf(role int) shape { return shape(2*role + 2) }

// none says that a node depends on no candidate.
const none = -1

type kind int

const (
	public kind = iota // from public inputs, used bits and constants only
	linear             // secret inputs times public values, added
	field              // any other secret
)

type operation int

const (
	opSecret operation = iota
	opPublic
	opConstant
	opUsed
	opAdd
	opSubtract
	opMultiply
	opLessThan
	opEqual
	opBoth
	opEither
	opNot
	opSelect
	opSum
	opSumByOwner
	opRepeat // zip and broadcast: the same values under another shape
	opCandidate
	opGreatest
)

// node is one analysed node.
type node struct {
	op        operation
	operands  []int
	role      int      // opSecret, opUsed, opSumByOwner
	index     int      // field of the role, or public input
	constant  *big.Int // opConstant
	shape     shape
	kind      kind
	interval  interval
	width     int // opLessThan, opEqual
	bits      int // opCandidate
	candidate int // the node that this one depends on or, for a candidate, is; or none
}

// copies of the node in the circuit: at h and at h + 1 if it depends on a candidate.
func (n node) copies() int {
	if n.candidate != none {
		return 2
	}
	return 1
}

// count is the number of values of a shape.
func (p *Program) count(s shape) int {
	switch {
	case s == scalar:
		return 1
	case s%2 == 1:
		return int(p.message.Roles[s/2].Slots)
	default:
		return len(p.message.Roles[s/2-1].OwnerSlots)
	}
}

func (p *Program) shapeName(s shape) string {
	switch {
	case s == scalar:
		return "a scalar"
	case s%2 == 1:
		return fmt.Sprintf("the slots of role %d", s/2)
	default:
		return fmt.Sprintf("the owners of role %d", s/2-1)
	}
}

// analyse finds shape, kind, interval and candidate of node k; operands are earlier ones.
func (p *Program) analyse(k int, n *rulepb.Node) (node, error) {
	switch o := n.Operation.(type) {
	case *rulepb.Node_SecretInput:
		return p.secretInput(o.SecretInput)
	case *rulepb.Node_PublicInput:
		if int64(o.PublicInput) >= int64(len(p.message.PublicInputs)) {
			return node{}, fmt.Errorf("public input %d of %d", o.PublicInput, len(p.message.PublicInputs))
		}
		bits := p.message.PublicInputs[o.PublicInput].Bits
		return node{op: opPublic, index: int(o.PublicInput), candidate: none, interval: ofBits(bits)}.bounded()
	case *rulepb.Node_Constant:
		v, err := integer(o.Constant)
		if err != nil {
			return node{}, err
		}
		return node{op: opConstant, constant: v, candidate: none, interval: interval{v, v}}.bounded()
	case *rulepb.Node_Used:
		return p.usedBits(o.Used)
	case *rulepb.Node_Add:
		return p.combine(opAdd, o.Add, 2, len(o.Add.GetNodes()))
	case *rulepb.Node_Subtract:
		return p.combine(opSubtract, o.Subtract, 2, 2)
	case *rulepb.Node_Multiply:
		return p.combine(opMultiply, o.Multiply, 2, 2)
	case *rulepb.Node_LessThan:
		return p.combine(opLessThan, o.LessThan, 2, 2)
	case *rulepb.Node_Equal:
		return p.combine(opEqual, o.Equal, 2, 2)
	case *rulepb.Node_Both:
		return p.combine(opBoth, o.Both, 2, 2)
	case *rulepb.Node_Either:
		return p.combine(opEither, o.Either, 2, 2)
	case *rulepb.Node_Not:
		return p.combine(opNot, o.Not, 1, 1)
	case *rulepb.Node_Select:
		return p.combine(opSelect, o.Select, 3, 3)
	case *rulepb.Node_Sum:
		return p.combine(opSum, o.Sum, 1, 1)
	case *rulepb.Node_SumByOwner:
		return p.combine(opSumByOwner, o.SumByOwner, 1, 1)
	case *rulepb.Node_Zip:
		return p.zip(o.Zip)
	case *rulepb.Node_Broadcast:
		return p.broadcast(o.Broadcast)
	case *rulepb.Node_Candidate:
		return p.lookedFor(k, o.Candidate)
	case *rulepb.Node_Greatest:
		return p.greatest(o.Greatest)
	default:
		return node{}, fmt.Errorf("no operation")
	}
}

func (p *Program) secretInput(in *rulepb.SecretInput) (node, error) {
	if int64(in.GetRole()) >= int64(len(p.message.Roles)) {
		return node{}, fmt.Errorf("role %d of %d", in.GetRole(), len(p.message.Roles))
	}
	role := int(in.GetRole())
	if int64(in.GetField()) >= int64(len(p.fields[role])) {
		return node{}, fmt.Errorf("field %d of role %q", in.GetField(), p.message.Roles[role].Name)
	}
	return node{
		op: opSecret, role: role, index: int(in.GetField()), shape: slotsOf(role), kind: linear, candidate: none,
		interval: p.fields[role][in.GetField()],
	}, nil
}

func (p *Program) usedBits(role uint32) (node, error) {
	if int64(role) >= int64(len(p.message.Roles)) {
		return node{}, fmt.Errorf("role %d of %d", role, len(p.message.Roles))
	}
	at := 0
	for at < len(p.used) && p.used[at] < int(role) {
		at++
	}
	if at == len(p.used) || p.used[at] != int(role) {
		p.used = append(p.used[:at], append([]int{int(role)}, p.used[at:]...)...)
	}
	return node{op: opUsed, role: int(role), shape: slotsOf(int(role)), candidate: none, interval: ofBits(1)}, nil
}

// operand is an earlier node.
func (p *Program) operand(k uint32) (*node, error) {
	if int64(k) >= int64(len(p.nodes)) {
		return nil, fmt.Errorf("operand %d is no earlier node", k)
	}
	return &p.nodes[k], nil
}

// zip reads the values of one role's slots as those of another with as many.
func (p *Program) zip(z *rulepb.Zip) (node, error) {
	of, err := p.operand(z.GetNode())
	if err != nil {
		return node{}, err
	}
	if int64(z.GetRole()) >= int64(len(p.message.Roles)) {
		return node{}, fmt.Errorf("role %d of %d", z.GetRole(), len(p.message.Roles))
	}
	to := slotsOf(int(z.GetRole()))
	if of.shape%2 != 1 {
		return node{}, fmt.Errorf("zip of %s", p.shapeName(of.shape))
	}
	if p.count(of.shape) != p.count(to) {
		return node{}, fmt.Errorf("zip of %d slots with %d", p.count(of.shape), p.count(to))
	}
	return repeated(of, int(z.GetNode()), to), nil
}

// broadcast reads the one slot of a role as a scalar.
func (p *Program) broadcast(operands *rulepb.Operands) (node, error) {
	if len(operands.GetNodes()) != 1 {
		return node{}, fmt.Errorf("%d operands", len(operands.GetNodes()))
	}
	of, err := p.operand(operands.Nodes[0])
	if err != nil {
		return node{}, err
	}
	if of.shape%2 != 1 || p.count(of.shape) != 1 {
		return node{}, fmt.Errorf("broadcast of %s: it must be a role of one slot", p.shapeName(of.shape))
	}
	return repeated(of, int(operands.Nodes[0]), scalar), nil
}

func repeated(of *node, index int, to shape) node {
	return node{op: opRepeat, operands: []int{index}, shape: to, kind: of.kind, interval: of.interval, candidate: of.candidate}
}

func (n node) bounded() (node, error) {
	for _, bound := range []*big.Int{n.interval.low, n.interval.high} {
		if bound.BitLen() > boundBits {
			return node{}, fmt.Errorf("interval reaches 2^%d", boundBits)
		}
	}
	return n, nil
}

package rulecircuit

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"math/big"

	"google.golang.org/protobuf/proto"

	"io.veilflow/native/internal/abi"
	"io.veilflow/native/internal/rulepb"
)

// Limits of a rule. All are checked before anything is built from the counts in it.
const (
	ruleBytesMax      = 4 << 20
	boundBits         = 250     // an interval must stay below 2^250 in absolute value
	comparisonBitsMax = 169     // docs/wire.md section 3
	wordBits          = 253     // of a packed public word
	outputBitsMax     = 128     // all outputs stand in word 0
	secretBitsMax     = 128     // of one secret number
	bookWiresMax      = 1 << 20 // PROTOCOLS section 14
	secretInputsMax   = 1 << 24
)

// scalar is the shape of a node without slots; otherwise a shape is the index of a role.
const scalar = -1

type kind int

const (
	public kind = iota // from public inputs and constants only
	linear             // secret inputs times public values, added
	field              // any other secret
)

// interval holds exact integer bounds, both inclusive.
type interval struct{ low, high *big.Int }

type operation int

const (
	opSecret operation = iota
	opPublic
	opConstant
	opAdd
	opSubtract
	opMultiply
	opLessThan
	opSum
)

// node is one analysed node.
type node struct {
	op       operation
	operands []int
	role     int      // opSecret
	index    int      // field of the role, or public input
	constant *big.Int // opConstant
	shape    int
	kind     kind
	interval interval
	width    int // opLessThan: bits of the slack
}

// Program is a checked rule.
type Program struct {
	message *rulepb.RuleProgram
	hash    [sha256.Size]byte
	nodes   []node
	outputs []int // node of each output
}

// Hash is the rule hash, SHA-256 of the canonical bytes.
func (p *Program) Hash() [sha256.Size]byte { return p.hash }

// Message is the rule itself; not to be modified.
func (p *Program) Message() *rulepb.RuleProgram { return p.message }

// Width is the number of slack bits of a comparison, 0 for any other node.
func (p *Program) Width(node int) int { return p.nodes[node].width }

// Parse reads canonical rule bytes and analyses every node.
func Parse(rule []byte) (*Program, error) {
	if len(rule) > ruleBytesMax {
		return nil, fmt.Errorf("%w: %d bytes, at most %d", abi.InvalidRule, len(rule), ruleBytesMax)
	}
	message := &rulepb.RuleProgram{}
	if err := (proto.UnmarshalOptions{DiscardUnknown: true}).Unmarshal(rule, message); err != nil {
		return nil, fmt.Errorf("%w: not a RuleProgram", abi.InvalidRule)
	}
	again, err := (proto.MarshalOptions{Deterministic: true}).Marshal(message)
	if err != nil || !bytes.Equal(again, rule) {
		return nil, fmt.Errorf("%w: bytes are not canonical", abi.InvalidRule)
	}
	p := &Program{message: message, hash: sha256.Sum256(rule)}
	if err := p.checkInputs(); err != nil {
		return nil, err
	}
	for k, n := range message.Nodes {
		analysed, err := p.analyse(n)
		if err != nil {
			return nil, fmt.Errorf("%w: node %d: %w", abi.InvalidRule, k, err)
		}
		p.nodes = append(p.nodes, analysed)
	}
	if err := p.checkOutputs(); err != nil {
		return nil, err
	}
	return p, p.checkSize()
}

func (p *Program) checkInputs() error {
	m := p.message
	if m.Version != 1 {
		return fmt.Errorf("%w: version %d", abi.InvalidRule, m.Version)
	}
	wires := uint64(0)
	for _, role := range m.Roles {
		if role.Slots == 0 || len(role.Fields) == 0 {
			return fmt.Errorf("%w: role %q has no slot or no field", abi.InvalidRule, role.Name)
		}
		for _, f := range role.Fields {
			if f.Bits == 0 || f.Bits > secretBitsMax {
				return fmt.Errorf("%w: role %q field %q: %d bits, 1 to %d", abi.InvalidRule, role.Name, f.Name, f.Bits, secretBitsMax)
			}
		}
		wires += uint64(role.Slots) * uint64(len(role.Fields))
		if wires > bookWiresMax {
			return fmt.Errorf("%w: more than %d secret numbers", abi.InvalidRule, bookWiresMax)
		}
	}
	if wires == 0 {
		return fmt.Errorf("%w: no secret input", abi.InvalidRule)
	}
	for _, in := range m.PublicInputs {
		if in.Bits == 0 || in.Bits > boundBits {
			return fmt.Errorf("%w: public input %q: %d bits, 1 to %d", abi.InvalidRule, in.Name, in.Bits, boundBits)
		}
		if in.Origin != rulepb.Origin_FEED && in.Origin != rulepb.Origin_PARAMETER {
			return fmt.Errorf("%w: public input %q: origin %d", abi.InvalidRule, in.Name, in.Origin)
		}
	}
	return nil
}

// analyse finds shape, kind and interval of the next node; operands are earlier ones.
func (p *Program) analyse(n *rulepb.Node) (node, error) {
	switch o := n.Operation.(type) {
	case *rulepb.Node_SecretInput:
		return p.secretInput(o.SecretInput)
	case *rulepb.Node_PublicInput:
		if int64(o.PublicInput) >= int64(len(p.message.PublicInputs)) {
			return node{}, fmt.Errorf("public input %d of %d", o.PublicInput, len(p.message.PublicInputs))
		}
		bits := p.message.PublicInputs[o.PublicInput].Bits
		return node{op: opPublic, index: int(o.PublicInput), shape: scalar, kind: public, interval: ofBits(bits)}.bounded()
	case *rulepb.Node_Constant:
		return constant(o.Constant)
	case *rulepb.Node_Add:
		return p.combine(opAdd, o.Add, 2, len(o.Add.GetNodes()))
	case *rulepb.Node_Subtract:
		return p.combine(opSubtract, o.Subtract, 2, 2)
	case *rulepb.Node_Multiply:
		return p.combine(opMultiply, o.Multiply, 2, 2)
	case *rulepb.Node_LessThan:
		return p.combine(opLessThan, o.LessThan, 2, 2)
	case *rulepb.Node_Sum:
		return p.combine(opSum, o.Sum, 1, 1)
	default:
		return node{}, fmt.Errorf("no operation")
	}
}

func (p *Program) secretInput(in *rulepb.SecretInput) (node, error) {
	if int64(in.GetRole()) >= int64(len(p.message.Roles)) {
		return node{}, fmt.Errorf("role %d of %d", in.GetRole(), len(p.message.Roles))
	}
	role := p.message.Roles[in.GetRole()]
	if int64(in.GetField()) >= int64(len(role.Fields)) {
		return node{}, fmt.Errorf("field %d of role %q", in.GetField(), role.Name)
	}
	return node{
		op: opSecret, role: int(in.GetRole()), index: int(in.GetField()), shape: int(in.GetRole()), kind: linear,
		interval: ofBits(role.Fields[in.GetField()].Bits),
	}.bounded()
}

func constant(c *rulepb.Constant) (node, error) {
	magnitude := c.GetMagnitude()
	if len(magnitude) > 0 && magnitude[0] == 0 {
		return node{}, fmt.Errorf("constant with a leading zero byte")
	}
	if len(magnitude) == 0 && c.GetNegative() {
		return node{}, fmt.Errorf("constant minus zero")
	}
	if len(magnitude) > boundBits/8+1 {
		return node{}, fmt.Errorf("constant of %d bytes", len(magnitude))
	}
	v := new(big.Int).SetBytes(magnitude)
	if c.GetNegative() {
		v.Neg(v)
	}
	return node{op: opConstant, constant: v, shape: scalar, kind: public, interval: interval{v, v}}.bounded()
}

func (p *Program) combine(op operation, operands *rulepb.Operands, least, most int) (node, error) {
	given := operands.GetNodes()
	if len(given) < least || len(given) > most {
		return node{}, fmt.Errorf("%d operands", len(given))
	}
	result := node{op: op, shape: scalar, kind: public}
	of := make([]*node, len(given))
	for i, k := range given {
		if int64(k) >= int64(len(p.nodes)) {
			return node{}, fmt.Errorf("operand %d is no earlier node", k)
		}
		of[i] = &p.nodes[k]
		result.operands = append(result.operands, int(k))
		result.kind = max(result.kind, of[i].kind)
		if of[i].shape != scalar {
			if result.shape != scalar && result.shape != of[i].shape {
				return node{}, fmt.Errorf("slots of role %d and role %d do not mix", result.shape, of[i].shape)
			}
			result.shape = of[i].shape
		}
	}
	a := of[0].interval
	switch op {
	case opAdd:
		low, high := new(big.Int), new(big.Int)
		for _, n := range of {
			low.Add(low, n.interval.low)
			high.Add(high, n.interval.high)
		}
		result.interval = interval{low, high}
	case opSubtract:
		result.interval = difference(a, of[1].interval)
	case opMultiply:
		result.interval = product(a, of[1].interval)
		if of[0].kind != public && of[1].kind != public {
			result.kind = field
		}
	case opLessThan:
		if result.kind == public {
			return node{}, fmt.Errorf("comparison of two public nodes")
		}
		result.kind = field
		result.width = comparisonWidth(difference(a, of[1].interval))
		if result.width > comparisonBitsMax {
			return node{}, fmt.Errorf("comparison needs %d bits, at most %d", result.width, comparisonBitsMax)
		}
		result.interval = ofBits(1)
	case opSum:
		if result.shape == scalar {
			return node{}, fmt.Errorf("sum of a scalar")
		}
		slots := new(big.Int).SetUint64(uint64(p.message.Roles[result.shape].Slots))
		result.interval = interval{new(big.Int).Mul(a.low, slots), new(big.Int).Mul(a.high, slots)}
		result.shape = scalar
	}
	return result.bounded()
}

func (p *Program) checkOutputs() error {
	if len(p.message.Outputs) == 0 {
		return fmt.Errorf("%w: no output", abi.InvalidRule)
	}
	total := 0
	for k, o := range p.message.Outputs {
		if int64(o.Node) >= int64(len(p.nodes)) {
			return fmt.Errorf("%w: output %d: node %d of %d", abi.InvalidRule, k, o.Node, len(p.nodes))
		}
		n := p.nodes[o.Node]
		if n.shape != scalar {
			return fmt.Errorf("%w: output %d: node %d is no scalar", abi.InvalidRule, k, o.Node)
		}
		if n.interval.low.Sign() < 0 {
			return fmt.Errorf("%w: output %d: node %d can be negative", abi.InvalidRule, k, o.Node)
		}
		p.outputs = append(p.outputs, int(o.Node))
		total += outputBits(n)
	}
	if total > outputBitsMax {
		return fmt.Errorf("%w: outputs of %d bits, at most %d", abi.InvalidRule, total, outputBitsMax)
	}
	return nil
}

// checkSize bounds the wires before any circuit is built.
func (p *Program) checkSize() error {
	inputs := uint64(0)
	for _, role := range p.message.Roles {
		for _, f := range role.Fields {
			inputs += uint64(role.Slots) * uint64(1+f.Bits)
		}
	}
	for k, n := range p.nodes {
		wires := uint64(1)
		if n.op == opLessThan {
			wires += uint64(n.width)
		}
		inputs += wires * uint64(p.slots(n.shape))
		if inputs > secretInputsMax {
			return fmt.Errorf("%w: node %d: more than %d wires", abi.InvalidRule, k, secretInputsMax)
		}
	}
	return nil
}

// slots is the number of values of a shape.
func (p *Program) slots(shape int) int {
	if shape == scalar {
		return 1
	}
	return int(p.message.Roles[shape].Slots)
}

func (n node) bounded() (node, error) {
	for _, bound := range []*big.Int{n.interval.low, n.interval.high} {
		if bound.BitLen() > boundBits {
			return node{}, fmt.Errorf("interval reaches 2^%d", boundBits)
		}
	}
	return n, nil
}

func ofBits(bits uint32) interval {
	high := new(big.Int).Lsh(big.NewInt(1), uint(bits))
	return interval{new(big.Int), high.Sub(high, big.NewInt(1))}
}

func difference(a, b interval) interval {
	return interval{new(big.Int).Sub(a.low, b.high), new(big.Int).Sub(a.high, b.low)}
}

func product(a, b interval) interval {
	out := interval{}
	for _, x := range []*big.Int{a.low, a.high} {
		for _, y := range []*big.Int{b.low, b.high} {
			z := new(big.Int).Mul(x, y)
			if out.low == nil || z.Cmp(out.low) < 0 {
				out.low = z
			}
			if out.high == nil || z.Cmp(out.high) > 0 {
				out.high = z
			}
		}
	}
	return out
}

// comparisonWidth is the least w >= 1 with -2^w <= d <= 2^w - 1 over the interval of d.
func comparisonWidth(d interval) int {
	w := max(1, d.high.BitLen())
	if d.low.Sign() < 0 {
		// -2^w <= low is bitlen(-low - 1) <= w.
		m := new(big.Int).Neg(d.low)
		w = max(w, m.Sub(m, big.NewInt(1)).BitLen())
	}
	return w
}

func outputBits(n node) int { return max(1, n.interval.high.BitLen()) }

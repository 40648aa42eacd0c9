package ruletest

import (
	"math/big"

	"google.golang.org/protobuf/proto"

	"io.veilflow/native/internal/rulepb"
)

// Builder writes a rule node by node; each method returns the number of its node.
type Builder struct{ Rule *rulepb.RuleProgram }

// Build begins a rule; limbBits is 0 for ranges by bits.
func Build(name string, limbBits int) *Builder {
	return &Builder{&rulepb.RuleProgram{Version: 2, Name: name, LimbBits: uint32(limbBits)}}
}

// Bytes is the canonical form.
func (b *Builder) Bytes() []byte { return Canonical(b.Rule) }

// Canonical serialises a rule; a rule of a test that cannot be is a bug of the test.
func Canonical(rule *rulepb.RuleProgram) []byte {
	out, err := proto.MarshalOptions{Deterministic: true}.Marshal(rule)
	if err != nil {
		panic(err)
	}
	return out
}

// Number is a constant of the schema.
func Number(v *big.Int) *rulepb.Constant {
	return &rulepb.Constant{Negative: v.Sign() < 0, Magnitude: v.Bytes()}
}

// Field is a secret number from minimum to maximum; a bound that is zero is not written.
func Field(name string, minimum, maximum *big.Int) *rulepb.InputField {
	f := &rulepb.InputField{Name: name}
	if minimum.Sign() != 0 {
		f.Minimum = Number(minimum)
	}
	if maximum.Sign() != 0 {
		f.Maximum = Number(maximum)
	}
	return f
}

// BitField is a secret number of so many bits.
func BitField(name string, bits int) *rulepb.InputField {
	most := new(big.Int).Lsh(big.NewInt(1), uint(bits))
	return Field(name, new(big.Int), most.Sub(most, big.NewInt(1)))
}

// Role adds slots of the same shape; owners may be nil.
func (b *Builder) Role(name string, slots int, owners []uint32, fields ...*rulepb.InputField) uint32 {
	b.Rule.Roles = append(b.Rule.Roles, &rulepb.Role{Name: name, Slots: uint32(slots), Fields: fields, OwnerSlots: owners})
	return uint32(len(b.Rule.Roles) - 1)
}

// Node adds any node.
func (b *Builder) Node(n *rulepb.Node) uint32 {
	b.Rule.Nodes = append(b.Rule.Nodes, n)
	return uint32(len(b.Rule.Nodes) - 1)
}

// Public adds a public input and its node.
func (b *Builder) Public(name string, bits uint32, origin rulepb.Origin) uint32 {
	b.Rule.PublicInputs = append(b.Rule.PublicInputs, &rulepb.PublicInput{Name: name, Bits: bits, Origin: origin})
	return b.Node(&rulepb.Node{Operation: &rulepb.Node_PublicInput{PublicInput: uint32(len(b.Rule.PublicInputs) - 1)}})
}

func (b *Builder) Constant(v int64) uint32 {
	return b.Node(&rulepb.Node{Operation: &rulepb.Node_Constant{Constant: Number(big.NewInt(v))}})
}

func (b *Builder) Secret(role, field uint32) uint32 {
	return b.Node(&rulepb.Node{Operation: &rulepb.Node_SecretInput{SecretInput: &rulepb.SecretInput{Role: role, Field: field}}})
}

func (b *Builder) Used(role uint32) uint32 {
	return b.Node(&rulepb.Node{Operation: &rulepb.Node_Used{Used: role}})
}

// Add of one node is the node.
func (b *Builder) Add(nodes ...uint32) uint32 {
	if len(nodes) == 1 {
		return nodes[0]
	}
	return b.Node(&rulepb.Node{Operation: &rulepb.Node_Add{Add: operands(nodes)}})
}

func (b *Builder) Subtract(x, y uint32) uint32 {
	return b.Node(&rulepb.Node{Operation: &rulepb.Node_Subtract{Subtract: operands([]uint32{x, y})}})
}

func (b *Builder) Multiply(x, y uint32) uint32 {
	return b.Node(&rulepb.Node{Operation: &rulepb.Node_Multiply{Multiply: operands([]uint32{x, y})}})
}

func (b *Builder) LessThan(x, y uint32) uint32 {
	return b.Node(&rulepb.Node{Operation: &rulepb.Node_LessThan{LessThan: operands([]uint32{x, y})}})
}

func (b *Builder) Equal(x, y uint32) uint32 {
	return b.Node(&rulepb.Node{Operation: &rulepb.Node_Equal{Equal: operands([]uint32{x, y})}})
}

func (b *Builder) Both(x, y uint32) uint32 {
	return b.Node(&rulepb.Node{Operation: &rulepb.Node_Both{Both: operands([]uint32{x, y})}})
}

func (b *Builder) Either(x, y uint32) uint32 {
	return b.Node(&rulepb.Node{Operation: &rulepb.Node_Either{Either: operands([]uint32{x, y})}})
}

func (b *Builder) Not(x uint32) uint32 {
	return b.Node(&rulepb.Node{Operation: &rulepb.Node_Not{Not: operands([]uint32{x})}})
}

func (b *Builder) Select(condition, chosen, otherwise uint32) uint32 {
	return b.Node(&rulepb.Node{Operation: &rulepb.Node_Select{Select: operands([]uint32{condition, chosen, otherwise})}})
}

func (b *Builder) Sum(x uint32) uint32 {
	return b.Node(&rulepb.Node{Operation: &rulepb.Node_Sum{Sum: operands([]uint32{x})}})
}

func (b *Builder) SumByOwner(x uint32) uint32 {
	return b.Node(&rulepb.Node{Operation: &rulepb.Node_SumByOwner{SumByOwner: operands([]uint32{x})}})
}

func (b *Builder) Zip(x, role uint32) uint32 {
	return b.Node(&rulepb.Node{Operation: &rulepb.Node_Zip{Zip: &rulepb.Zip{Node: x, Role: role}}})
}

func (b *Builder) Broadcast(x uint32) uint32 {
	return b.Node(&rulepb.Node{Operation: &rulepb.Node_Broadcast{Broadcast: operands([]uint32{x})}})
}

// Candidate has shape 0 for a scalar, 2k + 1 for the slots and 2k + 2 for the owners of role k.
func (b *Builder) Candidate(bits, shape uint32) uint32 {
	return b.Node(&rulepb.Node{Operation: &rulepb.Node_Candidate{Candidate: &rulepb.Candidate{Bits: bits, Shape: shape}}})
}

func (b *Builder) Greatest(candidate, condition uint32) uint32 {
	return b.Node(&rulepb.Node{Operation: &rulepb.Node_Greatest{Greatest: &rulepb.Greatest{Candidate: candidate, Condition: condition}}})
}

func (b *Builder) Output(name string, node uint32) {
	b.Rule.Outputs = append(b.Rule.Outputs, &rulepb.Output{Name: name, Node: node})
}

// MaskedOutput publishes node, which is a value plus the mask, a secret input.
func (b *Builder) MaskedOutput(name string, node, mask uint32) {
	b.Rule.Outputs = append(b.Rule.Outputs, &rulepb.Output{Name: name, Node: node, Mask: mask + 1})
}

func operands(nodes []uint32) *rulepb.Operands { return &rulepb.Operands{Nodes: nodes} }

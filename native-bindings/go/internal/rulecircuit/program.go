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
	ruleVersion       = 2
	ruleBytesMax      = 4 << 20
	boundBits         = 250     // an interval must stay below 2^250 in absolute value
	comparisonBitsMax = 169     // docs/wire.md section 3
	wordBits          = 253     // of a packed public word
	outputBitsMax     = 2024    // of all outputs
	outputWordsMax    = 8       // that outputs may stand in
	secretBitsMax     = 64      // of one secret number's bounds
	candidateBitsMax  = 64      // of the number that greatest looks for
	limbBitsMin       = 4       // of a limb, if there are limbs
	limbBitsMax       = 8       //
	narrowBits        = 2       // a range of so few bits is always shown by bits
	maskBitsMore      = 40      // that an output's mask has beyond the value
	bookWiresMax      = 1 << 20 // PROTOCOLS section 14
	secretInputsMax   = 1 << 24
)

// Program is a checked rule.
type Program struct {
	message *rulepb.RuleProgram
	hash    [sha256.Size]byte
	fields  [][]interval // of each role, of each field
	nodes   []node
	outputs []int // node of each output
	used    []int // roles with a used node, ascending
}

// Hash is the rule hash, SHA-256 of the canonical bytes.
func (p *Program) Hash() [sha256.Size]byte { return p.hash }

// Message is the rule itself; not to be modified.
func (p *Program) Message() *rulepb.RuleProgram { return p.message }

// Width is the number of bits that a comparison's range shows, 0 for any node but less_than and equal.
func (p *Program) Width(node int) int { return p.nodes[node].width }

// Bounds is the interval of a node, both ends inclusive.
func (p *Program) Bounds(node int) (low, high *big.Int) {
	return new(big.Int).Set(p.nodes[node].interval.low), new(big.Int).Set(p.nodes[node].interval.high)
}

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
		return nil, fmt.Errorf("%w: %w", abi.InvalidRule, err)
	}
	for k, n := range message.Nodes {
		analysed, err := p.analyse(k, n)
		if err != nil {
			return nil, fmt.Errorf("%w: node %d: %w", abi.InvalidRule, k, err)
		}
		p.nodes = append(p.nodes, analysed)
	}
	for _, check := range []func() error{p.checkCandidates, p.checkOwners, p.checkOutputs, p.checkSize, p.checkLimbs} {
		if err := check(); err != nil {
			return nil, fmt.Errorf("%w: %w", abi.InvalidRule, err)
		}
	}
	return p, nil
}

func (p *Program) checkInputs() error {
	m := p.message
	if m.Version != ruleVersion {
		return fmt.Errorf("version %d, expected %d", m.Version, ruleVersion)
	}
	wires := uint64(0)
	for _, role := range m.Roles {
		fields, err := checkRole(role)
		if err != nil {
			return fmt.Errorf("role %q: %w", role.Name, err)
		}
		p.fields = append(p.fields, fields)
		wires += uint64(role.Slots) * uint64(len(role.Fields))
		if wires > bookWiresMax {
			return fmt.Errorf("more than %d secret numbers", bookWiresMax)
		}
	}
	if wires == 0 {
		return fmt.Errorf("no secret input")
	}
	for _, in := range m.PublicInputs {
		if in.Bits == 0 || in.Bits > boundBits {
			return fmt.Errorf("public input %q: %d bits, 1 to %d", in.Name, in.Bits, boundBits)
		}
		if in.Origin != rulepb.Origin_FEED && in.Origin != rulepb.Origin_PARAMETER {
			return fmt.Errorf("public input %q: origin %d", in.Name, in.Origin)
		}
	}
	return nil
}

func checkRole(role *rulepb.Role) ([]interval, error) {
	if role.Slots == 0 || len(role.Fields) == 0 {
		return nil, fmt.Errorf("no slot or no field")
	}
	owned := uint64(0)
	for _, n := range role.OwnerSlots {
		if n == 0 {
			return nil, fmt.Errorf("an owner without a slot")
		}
		owned += uint64(n)
	}
	if len(role.OwnerSlots) > 0 && owned != uint64(role.Slots) {
		return nil, fmt.Errorf("its owners have %d slots, it has %d", owned, role.Slots)
	}
	var fields []interval
	for _, f := range role.Fields {
		low, err := bound(f.Minimum)
		if err != nil {
			return nil, fmt.Errorf("field %q: minimum: %w", f.Name, err)
		}
		high, err := bound(f.Maximum)
		if err != nil {
			return nil, fmt.Errorf("field %q: maximum: %w", f.Name, err)
		}
		if low.Sign() > 0 || high.Sign() < 0 || low.Cmp(high) == 0 || low.BitLen() > secretBitsMax || high.BitLen() > secretBitsMax {
			return nil, fmt.Errorf("field %q: from %s to %s; zero must lie there, within 2^%d", f.Name, low, high, secretBitsMax)
		}
		fields = append(fields, interval{low, high})
	}
	return fields, nil
}

// checkOutputs: values that are never negative and depend on no candidate; a masked one is a sum with its mask.
func (p *Program) checkOutputs() error {
	if len(p.message.Outputs) == 0 {
		return fmt.Errorf("no output")
	}
	for k, o := range p.message.Outputs {
		if int64(o.Node) >= int64(len(p.nodes)) {
			return fmt.Errorf("output %d: node %d of %d", k, o.Node, len(p.nodes))
		}
		n := p.nodes[o.Node]
		if n.candidate != none {
			return fmt.Errorf("output %d: node %d depends on candidate %d", k, o.Node, n.candidate)
		}
		if n.interval.low.Sign() < 0 {
			return fmt.Errorf("output %d: node %d can be negative", k, o.Node)
		}
		if o.Mask != 0 {
			if err := p.checkMask(n, int64(o.Mask)-1); err != nil {
				return fmt.Errorf("output %d: node %d: %w", k, o.Node, err)
			}
		}
		p.outputs = append(p.outputs, int(o.Node))
	}
	return nil
}

// checkMask: the published node is value + mask, per slot; the mask, a secret number of the same slot that nothing else reads,
// hides the value.
func (p *Program) checkMask(n node, mask int64) error {
	if mask >= int64(len(p.nodes)) || p.nodes[mask].op != opSecret {
		return fmt.Errorf("mask %d is no secret input", mask)
	}
	of := p.nodes[mask]
	if n.op != opAdd || len(n.operands) != 2 || int64(n.operands[1]) != mask || n.shape != of.shape {
		return fmt.Errorf("is not a value per slot plus mask %d", mask)
	}
	value := p.nodes[n.operands[0]].interval.size()
	bits := of.interval.size().BitLen()
	if of.interval.low.Sign() != 0 || len(of.interval.widths()) != 1 || bits < value.BitLen()+maskBitsMore {
		return fmt.Errorf("mask %d does not hide %d bits with %d more", mask, value.BitLen(), maskBitsMore)
	}
	if p.readings(of) != 1 {
		return fmt.Errorf("mask %d is read elsewhere too", mask)
	}
	return nil
}

// readings counts operands and outputs that are this secret number.
func (p *Program) readings(secret node) (n int) {
	same := func(k int) {
		if of := p.nodes[k]; of.op == opSecret && of.role == secret.role && of.index == secret.index {
			n++
		}
	}
	for _, reader := range p.nodes {
		for _, k := range reader.operands {
			same(k)
		}
	}
	for _, o := range p.message.Outputs {
		if int64(o.Node) < int64(len(p.nodes)) {
			same(int(o.Node))
		}
	}
	return n
}

// checkOwners: a role says who owns its slots only if a node has a value per owner.
func (p *Program) checkOwners() error {
	for r, role := range p.message.Roles {
		asked := false
		for _, n := range p.nodes {
			asked = asked || n.shape == ownersOf(r)
		}
		if len(role.OwnerSlots) > 0 && !asked {
			return fmt.Errorf("role %q has owners that no node asks for", role.Name)
		}
	}
	return nil
}

// checkSize bounds the wires before any circuit is built.
func (p *Program) checkSize() error {
	inputs := uint64(0)
	for _, in := range p.message.PublicInputs {
		inputs += 1 + uint64(in.Bits)
	}
	for r, role := range p.message.Roles {
		for _, f := range p.fields[r] {
			inputs += uint64(role.Slots) * uint64(1+2*f.size().BitLen())
		}
	}
	for k, n := range p.nodes {
		wires := uint64(n.copies()) * uint64(2+n.width+n.bits)
		inputs += wires * uint64(p.count(n.shape))
		if inputs > secretInputsMax {
			return fmt.Errorf("node %d: more than %d wires", k, secretInputsMax)
		}
	}
	bits := 0
	for _, n := range p.outputs {
		bits += p.count(p.nodes[n].shape) * outputBits(p.nodes[n])
	}
	if bits > outputBitsMax {
		return fmt.Errorf("outputs of %d bits, at most %d", bits, outputBitsMax)
	}
	return nil
}

// checkLimbs: limbs of 4 to 8 bits and a range that needs them, or none.
func (p *Program) checkLimbs() error {
	t := p.message.LimbBits
	if t == 0 {
		return nil
	}
	if t < limbBitsMin || t > limbBitsMax {
		return fmt.Errorf("limbs of %d bits, %d to %d", t, limbBitsMin, limbBitsMax)
	}
	for _, w := range p.rangeWidths() {
		if w > narrowBits {
			return nil
		}
	}
	return fmt.Errorf("limbs, but no range has more than %d bits", narrowBits)
}

func outputBits(n node) int { return max(1, n.interval.high.BitLen()) }

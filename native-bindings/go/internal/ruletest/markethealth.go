package ruletest

import (
	"fmt"
	"math/big"

	"google.golang.org/protobuf/proto"

	"io.veilflow/native/internal/rulepb"
)

// MarketHealth is the canonical rule of PROTOCOLS section 14: a slot holds a collateral and a debt per asset; it is at
// risk if sum(collateral*price*threshold) < sum(debt*price*10000); the output is a level 0..3, the number of limits that
// the share of debt value at risk exceeds.
func MarketHealth(assets, slots int) []byte {
	b := &builder{rule: &rulepb.RuleProgram{Version: 1, Name: "market-health"}}
	role := &rulepb.Role{Name: "position", Slots: uint32(slots)}
	for _, name := range []string{"collateral", "debt"} {
		for a := 0; a < assets; a++ {
			role.Fields = append(role.Fields, &rulepb.InputField{Name: fmt.Sprintf("%s%d", name, a), Bits: 64})
		}
	}
	b.rule.Roles = []*rulepb.Role{role}
	var prices, thresholds, limits []uint32
	for a := 0; a < assets; a++ {
		prices = append(prices, b.public(fmt.Sprintf("price%d", a), 64, rulepb.Origin_FEED))
	}
	for a := 0; a < assets; a++ {
		thresholds = append(thresholds, b.public(fmt.Sprintf("threshold%d", a), 14, rulepb.Origin_PARAMETER))
	}
	for k := 0; k < 3; k++ {
		limits = append(limits, b.public(fmt.Sprintf("limit%d", k), 14, rulepb.Origin_PARAMETER))
	}
	whole := b.node(&rulepb.Node{Operation: &rulepb.Node_Constant{Constant: &rulepb.Constant{Magnitude: big.NewInt(10000).Bytes()}}})
	var backed, owed []uint32
	for a := 0; a < assets; a++ {
		weight := b.mul(prices[a], thresholds[a])
		backed = append(backed, b.mul(b.secret(0, uint32(a)), weight))
	}
	for a := 0; a < assets; a++ {
		owed = append(owed, b.mul(b.secret(0, uint32(assets+a)), prices[a]))
	}
	debt := b.add(owed...)
	atRisk := b.lessThan(b.add(backed...), b.mul(debt, whole))
	total := b.sum(debt)
	risky := b.mul(b.sum(b.mul(atRisk, debt)), whole)
	var exceeded []uint32
	for _, limit := range limits {
		exceeded = append(exceeded, b.lessThan(b.mul(limit, total), risky))
	}
	b.rule.Outputs = []*rulepb.Output{{Name: "level", Node: b.add(exceeded...)}}
	return Canonical(b.rule)
}

// Canonical serialises a rule; a rule of a test that cannot be is a bug of the test.
func Canonical(rule *rulepb.RuleProgram) []byte {
	out, err := proto.MarshalOptions{Deterministic: true}.Marshal(rule)
	if err != nil {
		panic(err)
	}
	return out
}

type builder struct{ rule *rulepb.RuleProgram }

func (b *builder) node(n *rulepb.Node) uint32 {
	b.rule.Nodes = append(b.rule.Nodes, n)
	return uint32(len(b.rule.Nodes) - 1)
}

// public adds a public input and its node.
func (b *builder) public(name string, bits uint32, origin rulepb.Origin) uint32 {
	b.rule.PublicInputs = append(b.rule.PublicInputs, &rulepb.PublicInput{Name: name, Bits: bits, Origin: origin})
	return b.node(&rulepb.Node{Operation: &rulepb.Node_PublicInput{PublicInput: uint32(len(b.rule.PublicInputs) - 1)}})
}

func (b *builder) secret(role, field uint32) uint32 {
	return b.node(&rulepb.Node{Operation: &rulepb.Node_SecretInput{SecretInput: &rulepb.SecretInput{Role: role, Field: field}}})
}

func (b *builder) add(nodes ...uint32) uint32 {
	if len(nodes) == 1 {
		return nodes[0]
	}
	return b.node(&rulepb.Node{Operation: &rulepb.Node_Add{Add: &rulepb.Operands{Nodes: nodes}}})
}

func (b *builder) mul(x, y uint32) uint32 {
	return b.node(&rulepb.Node{Operation: &rulepb.Node_Multiply{Multiply: &rulepb.Operands{Nodes: []uint32{x, y}}}})
}

func (b *builder) lessThan(x, y uint32) uint32 {
	return b.node(&rulepb.Node{Operation: &rulepb.Node_LessThan{LessThan: &rulepb.Operands{Nodes: []uint32{x, y}}}})
}

func (b *builder) sum(x uint32) uint32 {
	return b.node(&rulepb.Node{Operation: &rulepb.Node_Sum{Sum: &rulepb.Operands{Nodes: []uint32{x}}}})
}

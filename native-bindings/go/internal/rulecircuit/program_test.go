package rulecircuit_test

import (
	"bytes"
	"errors"
	"math/big"
	"strings"
	"testing"

	"google.golang.org/protobuf/encoding/protowire"

	"io.veilflow/native/internal/abi"
	"io.veilflow/native/internal/rulecircuit"
	"io.veilflow/native/internal/rulepb"
	"io.veilflow/native/internal/ruletest"
)

// minimal is the smallest rule: one secret number below a public limit.
func minimal() *rulepb.RuleProgram {
	return &rulepb.RuleProgram{
		Version:      1,
		Name:         "minimal",
		Roles:        []*rulepb.Role{{Name: "holder", Slots: 1, Fields: []*rulepb.InputField{{Name: "amount", Bits: 8}}}},
		PublicInputs: []*rulepb.PublicInput{{Name: "limit", Bits: 8, Origin: rulepb.Origin_FEED}},
		Nodes: []*rulepb.Node{
			{Operation: &rulepb.Node_SecretInput{SecretInput: &rulepb.SecretInput{}}},
			{Operation: &rulepb.Node_PublicInput{}},
			{Operation: &rulepb.Node_LessThan{LessThan: &rulepb.Operands{Nodes: []uint32{0, 1}}}},
			{Operation: &rulepb.Node_Sum{Sum: &rulepb.Operands{Nodes: []uint32{2}}}},
		},
		Outputs: []*rulepb.Output{{Name: "below", Node: 3}},
	}
}

func operands(nodes ...uint32) *rulepb.Operands { return &rulepb.Operands{Nodes: nodes} }

func TestBadRulesAreRefusedByNode(t *testing.T) {
	add := func(r *rulepb.RuleProgram, n *rulepb.Node) { r.Nodes = append(r.Nodes, n) }
	constant := func(r *rulepb.RuleProgram, bits uint) {
		magnitude := new(big.Int).Lsh(big.NewInt(1), bits).Bytes()
		add(r, &rulepb.Node{Operation: &rulepb.Node_Constant{Constant: &rulepb.Constant{Magnitude: magnitude}}})
	}
	cases := map[string]struct {
		change func(*rulepb.RuleProgram)
		names  string
	}{
		"no operation":        {func(r *rulepb.RuleProgram) { add(r, &rulepb.Node{}) }, "node 4"},
		"operand not earlier": {func(r *rulepb.RuleProgram) { add(r, &rulepb.Node{Operation: &rulepb.Node_Add{Add: operands(0, 4)}}) }, "node 4"},
		"add of one":          {func(r *rulepb.RuleProgram) { add(r, &rulepb.Node{Operation: &rulepb.Node_Add{Add: operands(0)}}) }, "node 4"},
		"product of three": {func(r *rulepb.RuleProgram) {
			add(r, &rulepb.Node{Operation: &rulepb.Node_Multiply{Multiply: operands(0, 0, 0)}})
		}, "node 4"},
		"sum of a scalar": {func(r *rulepb.RuleProgram) { add(r, &rulepb.Node{Operation: &rulepb.Node_Sum{Sum: operands(3)}}) }, "node 4"},
		"public comparison": {func(r *rulepb.RuleProgram) {
			add(r, &rulepb.Node{Operation: &rulepb.Node_LessThan{LessThan: operands(1, 1)}})
		}, "node 4"},
		"2^250 as a constant": {func(r *rulepb.RuleProgram) { constant(r, 250) }, "node 4"},
		"2^250 by a product": {func(r *rulepb.RuleProgram) {
			constant(r, 242)
			add(r, &rulepb.Node{Operation: &rulepb.Node_Multiply{Multiply: operands(0, 4)}})
			add(r, &rulepb.Node{Operation: &rulepb.Node_Multiply{Multiply: operands(5, 4)}})
		}, "node 6"},
		"comparison too wide": {func(r *rulepb.RuleProgram) {
			constant(r, 169)
			add(r, &rulepb.Node{Operation: &rulepb.Node_LessThan{LessThan: operands(4, 0)}})
		}, "node 5"},
		"minus zero": {func(r *rulepb.RuleProgram) {
			add(r, &rulepb.Node{Operation: &rulepb.Node_Constant{Constant: &rulepb.Constant{Negative: true}}})
		}, "node 4"},
		"leading zero": {func(r *rulepb.RuleProgram) {
			add(r, &rulepb.Node{Operation: &rulepb.Node_Constant{Constant: &rulepb.Constant{Magnitude: []byte{0, 1}}}})
		}, "node 4"},
		"unknown field": {func(r *rulepb.RuleProgram) {
			add(r, &rulepb.Node{Operation: &rulepb.Node_SecretInput{SecretInput: &rulepb.SecretInput{Field: 7}}})
		}, "node 4"},
		"roles that mix": {func(r *rulepb.RuleProgram) {
			r.Roles = append(r.Roles, r.Roles[0])
			add(r, &rulepb.Node{Operation: &rulepb.Node_SecretInput{SecretInput: &rulepb.SecretInput{Role: 1}}})
			add(r, &rulepb.Node{Operation: &rulepb.Node_Add{Add: operands(0, 4)}})
		}, "node 5"},
		"output per slot": {func(r *rulepb.RuleProgram) { r.Outputs[0].Node = 2 }, "node 2"},
		"negative output": {func(r *rulepb.RuleProgram) {
			add(r, &rulepb.Node{Operation: &rulepb.Node_Subtract{Subtract: operands(1, 3)}})
			r.Outputs[0].Node = 4
		}, "node 4"},
		"output of no node": {func(r *rulepb.RuleProgram) { r.Outputs[0].Node = 9 }, "node 9"},
		"no output":         {func(r *rulepb.RuleProgram) { r.Outputs = nil }, "no output"},
		"version":           {func(r *rulepb.RuleProgram) { r.Version = 2 }, "version 2"},
		"no slot":           {func(r *rulepb.RuleProgram) { r.Roles[0].Slots = 0 }, "holder"},
		"2^32 - 1 slots":    {func(r *rulepb.RuleProgram) { r.Roles[0].Slots = 1<<32 - 1 }, "secret numbers"},
		"no bits":           {func(r *rulepb.RuleProgram) { r.PublicInputs[0].Bits = 0 }, "limit"},
		"origin":            {func(r *rulepb.RuleProgram) { r.PublicInputs[0].Origin = 0 }, "limit"},
	}
	if _, err := rulecircuit.Compile(ruletest.Canonical(minimal())); err != nil {
		t.Fatal(err)
	}
	for name, c := range cases {
		rule := minimal()
		c.change(rule)
		_, err := rulecircuit.Compile(ruletest.Canonical(rule))
		if !errors.Is(err, abi.InvalidRule) || !strings.Contains(err.Error(), c.names) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestOnlyCanonicalBytesAreARule(t *testing.T) {
	right := ruletest.Canonical(minimal())
	unknown := protowire.AppendVarint(protowire.AppendTag(bytes.Clone(right), 99, protowire.VarintType), 1)
	cases := map[string][]byte{
		"nothing":                {},
		"garbage":                {0xff, 0xff, 0xff},
		"cut":                    right[:len(right)-1],
		"unknown field":          unknown,
		"default written":        append([]byte{0x12, 0x00}, right...),
		"varint one byte longer": append([]byte{0x08, 0x81, 0x00}, right[2:]...),
		"fields not ascending":   append(bytes.Clone(right[2:]), right[:2]...),
	}
	for name, rule := range cases {
		if _, err := rulecircuit.Parse(rule); !errors.Is(err, abi.InvalidRule) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzParseNeverPanics(f *testing.F) {
	f.Add(ruletest.Canonical(minimal()))
	f.Add(ruletest.MarketHealth(2, 3))
	f.Fuzz(func(t *testing.T, rule []byte) {
		if p, err := rulecircuit.Parse(rule); (p == nil) == (err == nil) {
			t.Fatalf("%v, %v", p, err)
		}
	})
}

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

// minimal is the smallest rule: one secret number below a public limit. Nodes: 0 amount, 1 limit, 2 flag, 3 its sum.
func minimal() *ruletest.Builder {
	b := ruletest.Build("minimal", 0)
	holder := b.Role("holder", 1, nil, ruletest.BitField("amount", 8))
	amount, limit := b.Secret(holder, 0), b.Public("limit", 8, rulepb.Origin_FEED)
	b.Output("below", b.Sum(b.LessThan(amount, limit)))
	return b
}

// three adds a role of three slots with owners of one and two, and its field: node 4.
func three(b *ruletest.Builder) (role, node uint32) {
	role = b.Role("three", 3, []uint32{1, 2}, ruletest.BitField("amount", 8))
	return role, b.Secret(role, 0)
}

func constant(b *ruletest.Builder, bits uint) uint32 {
	magnitude := new(big.Int).Lsh(big.NewInt(1), bits).Bytes()
	return b.Node(&rulepb.Node{Operation: &rulepb.Node_Constant{Constant: &rulepb.Constant{Magnitude: magnitude}}})
}

// mask adds a field to the first role: node 4.
func mask(b *ruletest.Builder, bits int) uint32 {
	b.Rule.Roles[0].Fields = append(b.Rule.Roles[0].Fields, ruletest.BitField("mask", bits))
	return b.Secret(0, 1)
}

type refusal struct {
	change func(b *ruletest.Builder)
	names  string
}

func TestBadRulesAreRefusedByNode(t *testing.T) {
	operands := func(nodes ...uint32) *rulepb.Operands { return &rulepb.Operands{Nodes: nodes} }
	refused(t, map[string]refusal{
		"no operation":        {func(b *ruletest.Builder) { b.Node(&rulepb.Node{}) }, "node 4"},
		"operand not earlier": {func(b *ruletest.Builder) { b.Add(0, 4) }, "node 4"},
		"add of one":          {func(b *ruletest.Builder) { b.Node(&rulepb.Node{Operation: &rulepb.Node_Add{Add: operands(0)}}) }, "node 4"},
		"product of three": {func(b *ruletest.Builder) {
			b.Node(&rulepb.Node{Operation: &rulepb.Node_Multiply{Multiply: operands(0, 0, 0)}})
		}, "node 4"},
		"sum of a scalar":     {func(b *ruletest.Builder) { b.Sum(3) }, "node 4"},
		"public comparison":   {func(b *ruletest.Builder) { b.LessThan(1, 1) }, "node 4"},
		"public equality":     {func(b *ruletest.Builder) { b.Equal(1, b.Constant(3)) }, "node 5"},
		"2^250 as a constant": {func(b *ruletest.Builder) { constant(b, 250) }, "node 4"},
		"2^250 by a product": {func(b *ruletest.Builder) {
			wide := constant(b, 242)
			b.Multiply(b.Multiply(0, wide), wide)
		}, "node 6"},
		"comparison too wide": {func(b *ruletest.Builder) { b.LessThan(constant(b, 169), 0) }, "node 5"},
		"equality too wide":   {func(b *ruletest.Builder) { b.Equal(constant(b, 169), 0) }, "node 5"},
		"minus zero": {func(b *ruletest.Builder) {
			b.Node(&rulepb.Node{Operation: &rulepb.Node_Constant{Constant: &rulepb.Constant{Negative: true}}})
		}, "node 4"},
		"leading zero": {func(b *ruletest.Builder) {
			b.Node(&rulepb.Node{Operation: &rulepb.Node_Constant{Constant: &rulepb.Constant{Magnitude: []byte{0, 1}}}})
		}, "node 4"},
		"unknown field":       {func(b *ruletest.Builder) { b.Secret(0, 7) }, "node 4"},
		"unknown role":        {func(b *ruletest.Builder) { b.Secret(7, 0) }, "node 4"},
		"used of no role":     {func(b *ruletest.Builder) { b.Used(7) }, "node 4"},
		"roles that mix":      {func(b *ruletest.Builder) { _, x := three(b); b.Add(0, x) }, "node 5"},
		"slots and owners":    {func(b *ruletest.Builder) { _, x := three(b); b.Add(x, b.SumByOwner(x)) }, "node 6"},
		"and of numbers":      {func(b *ruletest.Builder) { b.Both(2, 0) }, "node 4: operand 0 "},
		"or of numbers":       {func(b *ruletest.Builder) { b.Either(0, 2) }, "node 4: operand 0 "},
		"not of a number":     {func(b *ruletest.Builder) { b.Not(0) }, "node 4: operand 0 "},
		"select by a number":  {func(b *ruletest.Builder) { b.Select(0, 1, 2) }, "node 4: operand 0 "},
		"sum without owners":  {func(b *ruletest.Builder) { b.SumByOwner(0) }, "node 4"},
		"sum by owner twice":  {func(b *ruletest.Builder) { _, x := three(b); b.SumByOwner(b.SumByOwner(x)) }, "node 6"},
		"zip of other length": {func(b *ruletest.Builder) { role, _ := three(b); b.Zip(0, role) }, "node 5"},
		"zip of a scalar":     {func(b *ruletest.Builder) { b.Zip(1, 0) }, "node 4"},
		"zip with no role":    {func(b *ruletest.Builder) { b.Zip(0, 7) }, "node 4"},
		"broadcast of three":  {func(b *ruletest.Builder) { _, x := three(b); b.Broadcast(x) }, "node 5"},
		"broadcast of one":    {func(b *ruletest.Builder) { b.Broadcast(1) }, "node 4"},
	})
}

func TestBadCandidatesAreRefusedByNode(t *testing.T) {
	refused(t, map[string]refusal{
		"no bits":             {func(b *ruletest.Builder) { b.Candidate(0, 0) }, "node 4"},
		"65 bits":             {func(b *ruletest.Builder) { b.Candidate(65, 0) }, "node 4"},
		"shape of no role":    {func(b *ruletest.Builder) { b.Candidate(8, 3) }, "node 4"},
		"shape of no owner":   {func(b *ruletest.Builder) { b.Candidate(8, 2) }, "node 4"},
		"without a greatest":  {func(b *ruletest.Builder) { b.Candidate(8, 0) }, "node 4"},
		"greatest of another": {func(b *ruletest.Builder) { b.Greatest(0, 2) }, "node 4"},
		"condition without h": {func(b *ruletest.Builder) { b.Greatest(b.Candidate(8, 0), 3) }, "node 5"},
		"condition no bit":    {func(b *ruletest.Builder) { h := b.Candidate(8, 0); b.Greatest(h, b.Add(h, 1)) }, "node 6"},
		"condition of another shape": {func(b *ruletest.Builder) {
			h := b.Candidate(8, 0)
			b.Greatest(h, b.LessThan(h, 0))
		}, "node 6"},
		"two greatest": {func(b *ruletest.Builder) {
			h := b.Candidate(8, 0)
			c := b.LessThan(h, 3)
			b.Greatest(h, c)
			b.Greatest(h, c)
		}, "node 7"},
		"sum over numbers": {func(b *ruletest.Builder) {
			role, x := three(b)
			b.Sum(b.LessThan(b.Candidate(8, 2*role+1), x))
		}, "sum over"},
		"two candidates in a node": {func(b *ruletest.Builder) {
			h, g := b.Candidate(8, 0), b.Candidate(8, 0)
			b.LessThan(h, g)
		}, "node 6"},
		"output of a candidate": {func(b *ruletest.Builder) {
			h := b.Candidate(8, 0)
			b.Greatest(h, b.LessThan(h, 3))
			b.Output("h", h)
		}, "node 4"},
		"output at a candidate": {func(b *ruletest.Builder) {
			h := b.Candidate(8, 0)
			c := b.LessThan(h, 3)
			b.Greatest(h, c)
			b.Output("at h", c)
		}, "node 5"},
	})
}

func TestBadRolesOutputsAndLimbsAreRefused(t *testing.T) {
	field := func(b *ruletest.Builder) *rulepb.InputField { return b.Rule.Roles[0].Fields[0] }
	number := func(v int64) *rulepb.Constant { return ruletest.Number(big.NewInt(v)) }
	refused(t, map[string]refusal{
		"negative output":    {func(b *ruletest.Builder) { b.Output("x", b.Subtract(1, 3)) }, "node 4"},
		"output of no node":  {func(b *ruletest.Builder) { b.Output("x", 9) }, "node 9"},
		"no output":          {func(b *ruletest.Builder) { b.Rule.Outputs = nil }, "no output"},
		"version 1":          {func(b *ruletest.Builder) { b.Rule.Version = 1 }, "version 1"},
		"no slot":            {func(b *ruletest.Builder) { b.Rule.Roles[0].Slots = 0 }, "holder"},
		"2^32 - 1 slots":     {func(b *ruletest.Builder) { b.Rule.Roles[0].Slots = 1<<32 - 1 }, "secret numbers"},
		"no bits":            {func(b *ruletest.Builder) { b.Rule.PublicInputs[0].Bits = 0 }, "limit"},
		"origin":             {func(b *ruletest.Builder) { b.Rule.PublicInputs[0].Origin = 0 }, "limit"},
		"zero written":       {func(b *ruletest.Builder) { field(b).Minimum = number(0) }, "amount"},
		"owners for nothing": {func(b *ruletest.Builder) { b.Rule.Roles[0].OwnerSlots = []uint32{1} }, "holder"},
		"minimum above zero": {func(b *ruletest.Builder) { field(b).Minimum = number(1) }, "amount"},
		"maximum below zero": {func(b *ruletest.Builder) { field(b).Maximum = number(-1) }, "amount"},
		"constant secret":    {func(b *ruletest.Builder) { field(b).Maximum = nil }, "amount"},
		"65 bits":            {func(b *ruletest.Builder) { field(b).Maximum.Magnitude = append([]byte{1}, make([]byte, 8)...) }, "amount"},
		"owner of no slot":   {func(b *ruletest.Builder) { b.Rule.Roles[0].OwnerSlots = []uint32{1, 0} }, "holder"},
		"owners of 2 slots":  {func(b *ruletest.Builder) { b.Rule.Roles[0].OwnerSlots = []uint32{2} }, "holder"},
		"limbs of 3 bits":    {func(b *ruletest.Builder) { b.Rule.LimbBits = 3 }, "limbs"},
		"limbs of 9 bits":    {func(b *ruletest.Builder) { b.Rule.LimbBits = 9 }, "limbs"},
		"limbs for nothing": {func(b *ruletest.Builder) {
			*b = *ruletest.Build("bits", 4)
			b.Output("x", b.Sum(b.Secret(b.Role("holder", 1, nil, ruletest.BitField("amount", 2)), 0)))
		}, "no range"},
		"outputs of 2,233 bits": {func(b *ruletest.Builder) {
			_, x := three(b)
			b.SumByOwner(x)
			for k := 0; k < 93; k++ {
				b.Output("x", x)
			}
		}, "2233 bits"},
		"outputs in nine words": {func(b *ruletest.Builder) {
			for k := 0; k < 9; k++ {
				b.Output("x", b.Multiply(0, constant(b, 150)))
			}
		}, "9 words"},
		"mask of no secret":  {func(b *ruletest.Builder) { b.MaskedOutput("x", b.Add(2, 0), 1) }, "node 4"},
		"output without it":  {func(b *ruletest.Builder) { b.MaskedOutput("x", 2, 0) }, "node 2"},
		"mask hides too few": {func(b *ruletest.Builder) { b.MaskedOutput("x", b.Add(2, 0), 0) }, "node 4"},
		"mask first":         {func(b *ruletest.Builder) { m := mask(b, 48); b.MaskedOutput("x", b.Add(m, 2), m) }, "node 5"},
		"mask read twice":    {func(b *ruletest.Builder) { m := mask(b, 48); b.Sum(m); b.MaskedOutput("x", b.Add(2, m), m) }, "node 6"},
	})
}

// refused compiles minimal with each change and wants InvalidRule with a text that names the culprit.
func refused(t *testing.T, cases map[string]refusal) {
	t.Helper()
	if _, err := rulecircuit.Compile(minimal().Bytes()); err != nil {
		t.Fatal(err)
	}
	for name, c := range cases {
		b := minimal()
		c.change(b)
		_, err := rulecircuit.Compile(b.Bytes())
		if !errors.Is(err, abi.InvalidRule) || !strings.Contains(err.Error(), c.names) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// The interval of a sum by owner covers owners with few and with many slots, for positive and for negative terms.
func TestIntervalsOfSums(t *testing.T) {
	b := minimal()
	role, x := three(b)
	positive := b.SumByOwner(b.Add(x, b.Constant(3)))
	negative := b.SumByOwner(b.Subtract(b.Constant(-3), x))
	counted := b.SumByOwner(b.Used(role))
	p, err := rulecircuit.Parse(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	for node, want := range map[uint32][2]int64{positive: {3, 2 * 258}, negative: {-2 * 258, -3}, counted: {0, 2}} {
		if low, high := p.Bounds(int(node)); low.Int64() != want[0] || high.Int64() != want[1] {
			t.Errorf("node %d: %s to %s, expected %d", node, low, high, want)
		}
	}
}

func TestOnlyCanonicalBytesAreARule(t *testing.T) {
	right := minimal().Bytes()
	unknown := protowire.AppendVarint(protowire.AppendTag(bytes.Clone(right), 99, protowire.VarintType), 1)
	cases := map[string][]byte{
		"nothing":                {},
		"garbage":                {0xff, 0xff, 0xff},
		"cut":                    right[:len(right)-1],
		"unknown field":          unknown,
		"default written":        append([]byte{0x12, 0x00}, right...),
		"varint one byte longer": append([]byte{0x08, 0x82, 0x00}, right[2:]...),
		"fields not ascending":   append(bytes.Clone(right[2:]), right[:2]...),
	}
	for name, rule := range cases {
		if _, err := rulecircuit.Parse(rule); !errors.Is(err, abi.InvalidRule) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzParseNeverPanics(f *testing.F) {
	f.Add(minimal().Bytes())
	f.Add(ruletest.MarketHealthByLimbs(2, 3, 5))
	f.Add(everyNode(4).Bytes())
	f.Fuzz(func(t *testing.T, rule []byte) {
		if p, err := rulecircuit.Parse(rule); (p == nil) == (err == nil) {
			t.Fatalf("%v, %v", p, err)
		}
	})
}

package rulecircuit_test

import (
	"math/big"
	"math/rand"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"io.veilflow/native/internal/rulecircuit"
	"io.veilflow/native/internal/rulepb"
	"io.veilflow/native/internal/ruletest"
)

const seed = 20261122

// modes are ranges by bits and by limbs of 4 bits, which keeps the table small.
var modes = []int{0, 4}

// everyNode has each operation at least once. Role a has owners, a bound that is no power of two and one below zero.
func everyNode(limbBits int) *ruletest.Builder {
	b := ruletest.Build("every-node", limbBits)
	a := b.Role("a", 3, []uint32{1, 2},
		ruletest.Field("x", big.NewInt(-5), big.NewInt(9)), ruletest.BitField("y", 6), ruletest.BitField("mask", 48))
	other := b.Role("b", 3, nil, ruletest.BitField("w", 3))
	single := b.Role("one", 1, nil, ruletest.BitField("m", 4))
	x, y, mask, w := b.Secret(a, 0), b.Secret(a, 1), b.Secret(a, 2), b.Zip(b.Secret(other, 0), a)
	m := b.Broadcast(b.Secret(single, 0))
	price, limit := b.Public("price", 5, rulepb.Origin_FEED), b.Public("limit", 4, rulepb.Origin_PARAMETER)
	used := b.Used(a)
	below, same := b.LessThan(x, m), b.Equal(b.Add(x, b.Constant(5)), y)
	chosen := b.Select(b.Either(below, same), b.Multiply(y, w), b.Multiply(price, used))
	perOwner := b.SumByOwner(b.Both(used, b.Not(same)))
	// The greatest h such that fewer than two of the y are below h.
	h := b.Candidate(6, 0)
	median := b.Greatest(h, b.LessThan(b.Sum(b.LessThan(y, h)), b.Constant(2)))
	// y / (w + 1), rounded down, for each slot.
	g := b.Candidate(6, 2*a+1)
	quotient := b.Greatest(g, b.Not(b.LessThan(y, b.Multiply(g, b.Add(w, b.Constant(1))))))
	// For each owner: as many of limit as its count.
	o := b.Candidate(2, 2*a+2)
	capped := b.Greatest(o, b.Both(b.Not(b.LessThan(perOwner, o)), b.LessThan(o, b.Add(b.Add(limit, m), b.Constant(1)))))
	b.Output("chosen", chosen)
	b.Output("sum", b.Sum(b.Add(b.Multiply(x, limit), b.Constant(100))))
	b.Output("median", median)
	b.Output("quotient", quotient)
	b.Output("capped", capped)
	b.MaskedOutput("own", b.Add(y, mask), mask)
	return b
}

func compiled(t testing.TB, rule []byte) *rulecircuit.Circuit {
	t.Helper()
	c, err := rulecircuit.Compile(rule)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func satisfied(t *testing.T, c *rulecircuit.Circuit, in *ruletest.Inputs) bool {
	t.Helper()
	yes, err := c.Satisfied(elements(in.All()))
	if err != nil {
		t.Fatal(err)
	}
	return yes
}

func elements(values []*big.Int) []fr.Element {
	out := make([]fr.Element, len(values))
	for k, v := range values {
		out[k].SetBigInt(v)
	}
	return out
}

func TestRandomBooksSatisfyTheCircuit(t *testing.T) {
	for _, limbBits := range modes {
		every, market := compiled(t, everyNode(limbBits).Bytes()), compiled(t, ruletest.MarketHealthByLimbs(3, 4, limbBits))
		for k := int64(0); k < 20; k++ {
			random := rand.New(rand.NewSource(seed + k))
			if !satisfied(t, every, ruletest.RandomInputs(every.Program, random)) {
				t.Errorf("limbs of %d bits, seed %d: a right assignment of every node is refused", limbBits, seed+k)
			}
			if !satisfied(t, market, ruletest.MarketHealthInputs(market.Program, 3, 4, random)) {
				t.Errorf("limbs of %d bits, seed %d: a right assignment of market health is refused", limbBits, seed+k)
			}
		}
	}
}

// THREATS E1: in small circuits with every node, each input wire in turn with other values.
func TestE1EveryWrongInputWireIsRefused(t *testing.T) {
	for _, limbBits := range modes {
		c := compiled(t, everyNode(limbBits).Bytes())
		random := rand.New(rand.NewSource(seed))
		in := ruletest.RandomInputs(c.Program, random)
		for _, group := range in.Groups() {
			for k, right := range group.Wires {
				for _, wrong := range []*big.Int{
					new(big.Int).Sub(big.NewInt(1), right), new(big.Int).Add(right, big.NewInt(1)),
					new(big.Int).Sub(right, big.NewInt(1)), new(big.Int).Neg(right), new(big.Int).Rand(random, fr.Modulus()),
				} {
					if wrong.Cmp(right) == 0 {
						continue
					}
					group.Wires[k] = wrong
					if satisfied(t, c, in) {
						t.Errorf("limbs of %d bits, %s wire %d: %s instead of %s is accepted", limbBits, group.Name, k, wrong, right)
					}
				}
				group.Wires[k] = right
			}
		}
		if !satisfied(t, c, in) {
			t.Fatal("the right assignment is refused in the end")
		}
	}
}

// THREATS E1: a cheater who keeps everything that follows from one wrong advice consistent.
func TestE1AWrongFlagIsRefusedWithEverySlack(t *testing.T) {
	for _, limbBits := range modes {
		b := minimal()
		b.Rule.LimbBits = uint32(limbBits)
		c := compiled(t, b.Bytes())
		for _, pair := range [][2]int64{{0, 0}, {0, 255}, {255, 0}, {255, 255}, {99, 100}, {100, 100}, {101, 100}, {0, 1}, {1, 0}} {
			in := read(c, pair[0], pair[1])
			below := int64(0)
			if pair[0] < pair[1] {
				below = 1
			}
			if in.Outputs[0][0].Int64() != below || !satisfied(t, c, in) {
				t.Errorf("%d < %d: the right assignment is refused", pair[0], pair[1])
			}
			// The other flag, with each of the two slacks that could go with it, taken mod 2^w as a cheater would.
			for _, slack := range []int64{pair[0] - pair[1], pair[1] - pair[0] - 1} {
				lie := read(c, pair[0], pair[1])
				lie.Advice[0] = big.NewInt(1 - below)
				lie.Outputs[0][0] = big.NewInt(1 - below)
				lie.Pack()
				setLastRange(lie, slack&0xff, limbBits)
				if satisfied(t, c, lie) {
					t.Errorf("%d < %d: the wrong flag is accepted with slack %d", pair[0], pair[1], slack)
				}
			}
		}
	}
}

// setLastRange writes an 8-bit value as the last bits or limbs, its lookups counted.
func setLastRange(in *ruletest.Inputs, v int64, limbBits int) {
	if limbBits == 0 {
		copy(in.Bits[len(in.Bits)-8:], ruletest.Bits(big.NewInt(v), 8))
		return
	}
	for k, limb := range []int64{v & 15, v >> 4} {
		at := len(in.Limbs) - 2 + k
		in.Counts[in.Limbs[at].Int64()].Sub(in.Counts[in.Limbs[at].Int64()], big.NewInt(1))
		in.Counts[limb].Add(in.Counts[limb], big.NewInt(1))
		in.Limbs[at] = big.NewInt(limb)
	}
}

func read(c *rulecircuit.Circuit, amount, limit int64) *ruletest.Inputs {
	return ruletest.Read(c.Program, big.NewInt(1), []*big.Int{big.NewInt(amount)}, []*big.Int{big.NewInt(limit)})
}

// THREATS E2.
func TestE2AnAmountBeyondItsRangeIsRefused(t *testing.T) {
	minusOne := new(big.Int).Sub(fr.Modulus(), big.NewInt(1))
	for _, limbBits := range []int{0, 4, 5, 8} {
		b := minimal()
		b.Rule.LimbBits = uint32(limbBits)
		c := compiled(t, b.Bytes())
		for _, amount := range []*big.Int{big.NewInt(256), minusOne, new(big.Int).Add(fr.Modulus(), big.NewInt(-256))} {
			in := ruletest.Read(c.Program, big.NewInt(1), []*big.Int{amount}, []*big.Int{big.NewInt(7)})
			if satisfied(t, c, in) {
				t.Errorf("limbs of %d bits: amount %s is accepted in 8 bits", limbBits, amount)
			}
		}
	}
}

// THREATS E2: bounds that are no power of two hold on both sides.
func TestE2AValueOutsideItsBoundsIsRefused(t *testing.T) {
	for _, limbBits := range modes {
		c := compiled(t, everyNode(limbBits).Bytes())
		for v, want := range map[int64]bool{-6: false, -5: true, 0: true, 9: true, 10: false, 11: false} {
			random := ruletest.RandomInputs(c.Program, rand.New(rand.NewSource(seed)))
			random.Book[0] = big.NewInt(v)
			in := ruletest.Read(c.Program, random.Context, random.Book, random.Publics[:2], random.Publics[2:]...)
			if satisfied(t, c, in) != want {
				t.Errorf("limbs of %d bits: x = %d within -5 to 9: accepted %v", limbBits, v, !want)
			}
		}
	}
}

// THREATS E2: limbs that give the same value, but one of them is not in the table; whatever the multiplicities say.
func TestE2ALimbOutsideTheTableIsRefused(t *testing.T) {
	b := minimal()
	b.Rule.LimbBits = 4
	c := compiled(t, b.Bytes())
	in := read(c, 0x35, 200)
	low, high := in.Limbs[2], in.Limbs[3] // those of the amount; the limit's stand first
	if low.Int64() != 5 || high.Int64() != 3 {
		t.Fatalf("limbs %s and %s", low, high)
	}
	in.Limbs[2], in.Limbs[3] = big.NewInt(5+16), big.NewInt(3-1)
	for v := range in.Counts {
		for u := range in.Counts {
			in.Counts[v].Add(in.Counts[v], big.NewInt(1))
			in.Counts[u].Sub(in.Counts[u], big.NewInt(1))
			if satisfied(t, c, in) {
				t.Errorf("one more %d and one less %d: limb 21 of 4 bits is accepted", v, u)
			}
			in.Counts[v].Sub(in.Counts[v], big.NewInt(1))
			in.Counts[u].Add(in.Counts[u], big.NewInt(1))
		}
	}
}

// THREATS E2: the counts have the right sum but are those of other limbs.
func TestE2WrongMultiplicitiesAreRefused(t *testing.T) {
	c := compiled(t, everyNode(4).Bytes())
	in := ruletest.RandomInputs(c.Program, rand.New(rand.NewSource(seed)))
	for v := range in.Counts {
		next := (v + 1) % len(in.Counts)
		in.Counts[v].Add(in.Counts[v], big.NewInt(1))
		in.Counts[next].Sub(in.Counts[next], big.NewInt(1))
		if satisfied(t, c, in) {
			t.Errorf("one %d more and one %d less is accepted", v, next)
		}
		in.Counts[v].Sub(in.Counts[v], big.NewInt(1))
		in.Counts[next].Add(in.Counts[next], big.NewInt(1))
	}
}

// THREATS E2: a top limb of fewer bits is looked up shifted too.
func TestE2ATopLimbHasNoMoreThanItsBits(t *testing.T) {
	b := minimal()
	b.Rule.LimbBits = 5 // 8 bits are limbs of 5 and 3
	c := compiled(t, b.Bytes())
	if want := 3 * (2 + 1); c.Layout.Lookups != want {
		t.Errorf("%d lookups, expected %d", c.Layout.Lookups, want)
	}
	in := read(c, 255, 0)
	in.Book[0] = big.NewInt(256 + 31) // low 31, high 8: in the table, but 8 << 2 is not
	in.Limbs[3] = big.NewInt(8)
	if satisfied(t, c, in) {
		t.Error("287 is accepted in 8 bits")
	}
}

// A greatest that is too small or too large, with the advice that belongs to it.
func TestE1OnlyTheGreatestIsGreatest(t *testing.T) {
	for _, limbBits := range modes {
		b := ruletest.Build("root", limbBits)
		x := b.Broadcast(b.Secret(b.Role("holder", 1, nil, ruletest.BitField("x", 8)), 0))
		h := b.Candidate(4, 0)
		b.Output("root", b.Greatest(h, b.Not(b.LessThan(x, b.Multiply(h, h)))))
		c := compiled(t, b.Bytes())
		for v, root := range map[int64]int64{0: 0, 1: 1, 15: 3, 16: 4, 224: 14, 225: 15, 255: 15} {
			for guess := int64(0); guess < 16; guess++ {
				in := ruletest.Read(c.Program, big.NewInt(1), []*big.Int{big.NewInt(v)}, nil)
				if in.Outputs[0][0].Int64() != root {
					t.Fatalf("root of %d: %s", v, in.Outputs[0][0])
				}
				in.Guess(0, guess)
				if satisfied(t, c, in) != (guess == root) {
					t.Errorf("limbs of %d bits: root of %d is %d: %d accepted %v", limbBits, v, root, guess, guess != root)
				}
			}
		}
	}
}

func TestTheDigestTellsRulesApartAndIsStable(t *testing.T) {
	seen := map[[32]byte]string{}
	for name, rule := range map[string][]byte{
		"2 slots": ruletest.MarketHealth(1, 2), "3 slots": ruletest.MarketHealth(1, 3),
		"limbs of 4": ruletest.MarketHealthByLimbs(1, 2, 4), "limbs of 5": ruletest.MarketHealthByLimbs(1, 2, 5),
	} {
		first, again := compiled(t, rule), compiled(t, rule)
		if first.Digest != again.Digest {
			t.Errorf("%s: the digest changes", name)
		}
		if other, twice := seen[first.Digest]; twice {
			t.Errorf("%s has the digest of %s", name, other)
		}
		seen[first.Digest] = name
	}
}

// The first commitment is to the book in order, the second to limbs and counts; each has its mask last.
func TestTheCommitmentsCoverExactlyTheirGroups(t *testing.T) {
	for _, limbBits := range modes {
		c := compiled(t, everyNode(limbBits).Bytes())
		l := c.Layout
		groups := [][2]int{{c.Public, l.Book}, {c.Public + l.Book + l.Publics, l.Limbs + l.Counts}}
		if len(c.Commitments) != l.Commitments() || (len(c.Commitments) == 2) != (limbBits > 0) {
			t.Fatalf("limbs of %d bits: %d commitments", limbBits, len(c.Commitments))
		}
		for k, of := range c.Commitments {
			if len(of.Wires) != groups[k][1]+1 || of.Wires[0] != groups[k][0] || of.Mask != of.Wires[len(of.Wires)-1] || of.Mask < c.Public+c.Secret {
				t.Errorf("commitment %d to wires %d..%d of %d", k, of.Wires[0], of.Mask, len(of.Wires))
			}
		}
		if len(c.System.MHintsDependencies) != 2 {
			t.Errorf("%d hints", len(c.System.MHintsDependencies))
		}
	}
}

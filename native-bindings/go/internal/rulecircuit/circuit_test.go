package rulecircuit_test

import (
	"math/big"
	"math/rand"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark/frontend"

	"io.veilflow/native/internal/rulecircuit"
	"io.veilflow/native/internal/ruletest"
)

const seed = 20261122

func compiled(t *testing.T, assets, slots int) *rulecircuit.Circuit {
	t.Helper()
	c, err := rulecircuit.Compile(ruletest.MarketHealth(assets, slots))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// solves tells whether the rows hold for an assignment.
func solves(t *testing.T, c *rulecircuit.Circuit, in *ruletest.Inputs) bool {
	t.Helper()
	w, err := frontend.NewWitness(in.Assignment(c), ecc.BN254.ScalarField())
	if err != nil {
		t.Fatal(err)
	}
	return c.System.IsSolved(w) == nil
}

func TestRandomBooksSatisfyTheCircuit(t *testing.T) {
	c := compiled(t, 3, 4)
	for k := int64(0); k < 5; k++ {
		in := ruletest.MarketHealthInputs(c.Program, 3, 4, rand.New(rand.NewSource(seed+k)))
		if !solves(t, c, in) {
			t.Fatalf("seed %d: a right assignment is refused", seed+k)
		}
	}
}

func TestEveryWrongInputWireIsRefused(t *testing.T) {
	c := compiled(t, 1, 2)
	in := ruletest.MarketHealthInputs(c.Program, 1, 2, rand.New(rand.NewSource(seed)))
	groups := map[string][]*big.Int{
		"words": in.Words, "book": in.Book, "publics": in.Publics,
		"publicBits": in.PublicBits, "bookBits": in.BookBits, "advice": in.Advice,
	}
	for name, wires := range groups {
		for k := range wires {
			right := wires[k]
			for _, wrong := range []*big.Int{
				new(big.Int).Sub(big.NewInt(1), right), new(big.Int).Add(right, big.NewInt(1)), new(big.Int).Sub(right, big.NewInt(1)),
			} {
				if wrong.Cmp(right) == 0 {
					continue
				}
				wires[k] = wrong
				if solves(t, c, in) {
					t.Errorf("%s wire %d: %s instead of %s is accepted", name, k, wrong, right)
				}
			}
			wires[k] = right
		}
	}
	if !solves(t, c, in) {
		t.Fatal("the right assignment is refused in the end")
	}
}

// At, one below and one above the limit of a comparison, and at the ends of the interval.
func TestComparisonsAtTheirBoundaries(t *testing.T) {
	c, err := rulecircuit.Compile(ruletest.Canonical(minimal()))
	if err != nil {
		t.Fatal(err)
	}
	for _, pair := range [][2]int64{{0, 0}, {0, 255}, {255, 0}, {255, 255}, {99, 100}, {100, 100}, {101, 100}, {0, 1}, {1, 0}} {
		in := ruletest.Read(c.Program, big.NewInt(1), []*big.Int{big.NewInt(pair[0])}, []*big.Int{big.NewInt(pair[1])})
		in.Pack(c.Program.Message(), []int{1})
		below := int64(0)
		if pair[0] < pair[1] {
			below = 1
		}
		if in.Outputs[0].Int64() != below || !solves(t, c, in) {
			t.Errorf("%d < %d: the right assignment is refused", pair[0], pair[1])
		}
		// The other flag, with each of the two slacks that could go with it, taken mod 2^w as a cheater would.
		for _, slack := range []int64{pair[0] - pair[1], pair[1] - pair[0] - 1} {
			in.Advice = append([]*big.Int{big.NewInt(1 - below)}, ruletest.Bits(big.NewInt(slack&0xff), 8)...)
			in.Outputs[0] = big.NewInt(1 - below)
			in.Pack(c.Program.Message(), []int{1})
			if solves(t, c, in) {
				t.Errorf("%d < %d: the wrong flag is accepted with slack %d", pair[0], pair[1], slack)
			}
		}
	}
}

func TestAnAmountBeyondItsBitsIsRefused(t *testing.T) {
	c, err := rulecircuit.Compile(ruletest.Canonical(minimal()))
	if err != nil {
		t.Fatal(err)
	}
	minusOne := new(big.Int).Sub(ecc.BN254.ScalarField(), big.NewInt(1))
	for _, amount := range []*big.Int{big.NewInt(256), minusOne} {
		in := ruletest.Read(c.Program, big.NewInt(1), []*big.Int{amount}, []*big.Int{big.NewInt(7)})
		in.Pack(c.Program.Message(), []int{1})
		if solves(t, c, in) {
			t.Errorf("amount %s is accepted in 8 bits", amount)
		}
	}
}

// Wires are committed in book order, the mask last, and only the two hints of the commitment are there.
func TestTheCommitmentCoversExactlyTheBook(t *testing.T) {
	c := compiled(t, 2, 3)
	if len(c.Committed) != 2*2*3+1 || c.Mask != c.Committed[len(c.Committed)-1] || len(c.System.MHintsDependencies) != 2 {
		t.Errorf("%d committed wires, %d hints", len(c.Committed), len(c.System.MHintsDependencies))
	}
	for i, w := range c.Committed[:len(c.Committed)-1] {
		if w != c.Public+i {
			t.Errorf("committed wire %d is wire %d", i, w)
		}
	}
}

func TestTheDigestTellsRulesApartAndIsStable(t *testing.T) {
	first, again, other := compiled(t, 1, 2), compiled(t, 1, 2), compiled(t, 1, 3)
	if first.Digest != again.Digest || first.Digest == other.Digest {
		t.Error("digest")
	}
}

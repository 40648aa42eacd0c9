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

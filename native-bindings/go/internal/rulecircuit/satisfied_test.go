package rulecircuit_test

import (
	"errors"
	"math/big"
	"math/rand"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"io.veilflow/native/internal/abi"
	"io.veilflow/native/internal/ruletest"
)

func elements(values []*big.Int) []fr.Element {
	out := make([]fr.Element, len(values))
	for k, v := range values {
		out[k].SetBigInt(v)
	}
	return out
}

// The plain check agrees with gnark's solver on right and on wrong inputs.
func TestSatisfiedAgreesWithTheSolver(t *testing.T) {
	c := compiled(t, 2, 3)
	random := rand.New(rand.NewSource(seed))
	in := ruletest.MarketHealthInputs(c.Program, 2, 3, random)
	ok, err := c.Satisfied(elements(in.All()))
	if err != nil || !ok {
		t.Fatalf("seed %d: a right assignment is refused: %v", seed, err)
	}
	groups := [][]*big.Int{in.Words, in.Book, in.Publics, in.PublicBits, in.BookBits, in.Advice}
	for k := 0; k < 60; k++ {
		group := groups[k%len(groups)]
		wire := random.Intn(len(group))
		right := group[wire]
		group[wire] = new(big.Int).Sub(big.NewInt(1), right)
		ok, err := c.Satisfied(elements(in.All()))
		if err != nil || ok != solves(t, c, in) {
			t.Errorf("seed %d, change %d: satisfied %v, solver %v, %v", seed, k, ok, !ok, err)
		}
		group[wire] = right
	}
}

func TestSatisfiedWantsEveryInput(t *testing.T) {
	c := compiled(t, 1, 2)
	if _, err := c.Satisfied(make([]fr.Element, 3)); !errors.Is(err, abi.InvalidWitness) {
		t.Fatalf("got %v", err)
	}
}

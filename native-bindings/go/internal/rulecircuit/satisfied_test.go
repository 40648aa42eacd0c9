package rulecircuit_test

import (
	"errors"
	"math/big"
	"math/rand"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"

	"io.veilflow/native/internal/abi"
	"io.veilflow/native/internal/ruletest"
)

// The plain check agrees with gnark's solver on right and on wrong inputs.
func TestSatisfiedAgreesWithTheSolver(t *testing.T) {
	abi.Quiet()
	for _, limbBits := range modes {
		c := compiled(t, everyNode(limbBits).Bytes())
		random := rand.New(rand.NewSource(seed))
		for k := 0; k < 40; k++ {
			in := ruletest.RandomInputs(c.Program, random)
			groups := in.Groups()
			if group := groups[k%len(groups)].Wires; k%2 == 0 && len(group) > 0 {
				wire := random.Intn(len(group))
				group[wire] = new(big.Int).Sub(big.NewInt(1), group[wire])
			}
			w, err := frontend.NewWitness(in.Assignment(c), ecc.BN254.ScalarField())
			if err != nil {
				t.Fatal(err)
			}
			if solved := c.System.IsSolved(w) == nil; solved != satisfied(t, c, in) {
				t.Errorf("limbs of %d bits, seed %d, change %d: the solver says %v", limbBits, seed, k, solved)
			}
		}
	}
}

func TestSatisfiedWantsEveryInput(t *testing.T) {
	c := compiled(t, ruletest.MarketHealth(1, 2))
	if _, err := c.Satisfied(make([]fr.Element, 3)); !errors.Is(err, abi.InvalidWitness) {
		t.Fatalf("got %v", err)
	}
}

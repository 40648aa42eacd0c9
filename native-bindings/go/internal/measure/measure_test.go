package measure_test

import (
	"errors"
	"math/rand"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"io.veilflow/native/internal/abi"
	"io.veilflow/native/internal/measure"
	"io.veilflow/native/internal/rulecircuit"
	"io.veilflow/native/internal/ruletest"
	"io.veilflow/native/internal/setup"
)

// The replay ends with a proof, and gnark's prover takes the same key on random wires.
func TestAPartyAndGnarkAreMeasuredOnTheSameCircuit(t *testing.T) {
	for _, limbBits := range []int{0, 4} {
		c, err := rulecircuit.Compile(ruletest.MarketHealthByLimbs(1, 2, limbBits))
		if err != nil {
			t.Fatal(err)
		}
		keys, err := setup.Unsafe(c)
		if err != nil {
			t.Fatal(err)
		}
		in := ruletest.MarketHealthInputs(c.Program, 1, 2, rand.New(rand.NewSource(20261123)))
		inputs := make([]fr.Element, 0, c.Layout.Inputs())
		for _, v := range in.All() {
			inputs = append(inputs, *new(fr.Element).SetBigInt(v))
		}
		f, err := measure.Run(c, keys, inputs, 1)
		if err != nil {
			t.Fatal(err)
		}
		parts := f.Walk + f.Transform + f.Multiply
		if f.Walk <= 0 || f.Transform <= 0 || f.Multiply <= 0 || parts > f.Party || f.Gnark <= 0 || f.Dense <= 0 {
			t.Errorf("%d bits a limb: %+v", limbBits, f)
		}
		if _, err := measure.Run(c, keys, inputs[1:], 1); !errors.Is(err, abi.InvalidWitness) {
			t.Errorf("one wire less: %v", err)
		}
		one := fr.One()
		inputs[len(inputs)-1].Add(&inputs[len(inputs)-1], &one)
		if _, err := measure.Run(c, keys, inputs, 1); !errors.Is(err, abi.ProofInvalid) {
			t.Errorf("a wrong flag: %v", err)
		}
	}
}

package measure

import (
	"fmt"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/backend"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/consensys/gnark/backend/solidity"
	"github.com/consensys/gnark/backend/witness"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"

	"io.veilflow/native/internal/abi"
	"io.veilflow/native/internal/rulecircuit"
	"io.veilflow/native/internal/setup"
)

// Gnark is gnark's own prover, ready to run.
type Gnark struct {
	system  *cs.R1CS
	key     *groth16.ProvingKey
	witness witness.Witness
}

// Prove makes one proof and throws it away.
func (g *Gnark) Prove() error {
	if _, err := groth16.Prove(g.system, g.key, g.witness, solidity.WithProverTargetSolidityVerifier(backend.GROTH16)); err != nil {
		return fmt.Errorf("%w: gnark's prover: %w", abi.Internal, err)
	}
	return nil
}

// NewClear proves the circuit itself.
func NewClear(c *rulecircuit.Circuit, keys *setup.Keys, inputs []fr.Element) (*Gnark, error) {
	return ready(c.System, keys, c.Public-1, inputs)
}

// NewDense proves a system with the same numbers of wires, rows and committed wires, and so with the same key, in which
// every wire may be anything: the same work on random numbers. Its proofs hold for nothing.
func NewDense(c *rulecircuit.Circuit, keys *setup.Keys) (*Gnark, error) {
	abi.Quiet()
	compiled, err := frontend.Compile(ecc.BN254.ScalarField(), r1cs.NewBuilder, newTwin(c), frontend.IgnoreUnconstrainedInputs())
	if err != nil {
		return nil, fmt.Errorf("%w: %w", abi.Internal, err)
	}
	system := compiled.(*cs.R1CS)
	wires := system.GetNbPublicVariables() + system.GetNbSecretVariables() + system.GetNbInternalVariables()
	if wires != c.Wires || system.GetNbConstraints() != len(c.Rows) {
		return nil, fmt.Errorf("%w: %d wires and %d rows, expected %d and %d",
			abi.Internal, wires, system.GetNbConstraints(), c.Wires, len(c.Rows))
	}
	values, err := random(c.Public - 1 + c.Secret)
	if err != nil {
		return nil, err
	}
	return ready(system, keys, c.Public-1, values)
}

func ready(system *cs.R1CS, keys *setup.Keys, public int, inputs []fr.Element) (*Gnark, error) {
	w, err := witness.New(ecc.BN254.ScalarField())
	if err != nil {
		return nil, fmt.Errorf("%w: %w", abi.Internal, err)
	}
	values := make(chan any)
	go func() {
		defer close(values)
		for i := range inputs {
			values <- inputs[i]
		}
	}()
	if err := w.Fill(public, len(inputs)-public, values); err != nil {
		return nil, fmt.Errorf("%w: %w", abi.Internal, err)
	}
	return &Gnark{system, keys.Proving, w}, nil
}

// twin commits to as many wires and has as many products, and rows without one, as the circuit.
type twin struct {
	Public []frontend.Variable `gnark:",public"`
	Secret []frontend.Variable

	committed      [][2]int `gnark:"-"` // from, to among the secret wires
	products, rows int      `gnark:"-"`
}

func newTwin(c *rulecircuit.Circuit) *twin {
	t := &twin{Public: make([]frontend.Variable, c.Public-1), Secret: make([]frontend.Variable, c.Secret)}
	t.products, t.rows = c.Wires-c.Public-c.Secret, len(c.Rows)
	for _, commitment := range c.Commitments {
		first := commitment.Wires[0] - c.Public
		t.committed = append(t.committed, [2]int{first, first + len(commitment.Wires) - 1})
		t.products -= 2 // its mask, which has a row, and its challenge
		t.rows--
	}
	t.rows -= t.products
	return t
}

// Define writes the rows.
func (t *twin) Define(api frontend.API) error {
	committer, ok := api.(frontend.Committer)
	if !ok {
		return fmt.Errorf("this compiler has no commitments")
	}
	for _, c := range t.committed {
		if _, err := committer.Commit(t.Secret[c[0]:c[1]]...); err != nil {
			return err
		}
	}
	at := func(k int) frontend.Variable { return t.Secret[k%len(t.Secret)] }
	for k := 0; k < t.products; k++ {
		api.Mul(at(k), at(k+1))
	}
	for k := 0; k < t.rows; k++ {
		api.AssertIsEqual(at(k), at(k))
	}
	return nil
}

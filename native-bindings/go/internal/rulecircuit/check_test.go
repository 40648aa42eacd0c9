package rulecircuit

import (
	"errors"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"

	"io.veilflow/native/internal/abi"
)

// probe is a circuit that a rule cannot express: x and y are committed, and rows are whatever a test wants.
type probe struct {
	Context frontend.Variable `gnark:",public"`
	X, Y, Z frontend.Variable
	rows    func(api frontend.API, p *probe) `gnark:"-"`
}

func (p *probe) Define(api frontend.API) error {
	api.Mul(p.Context, p.Context)
	challenge, err := api.(frontend.Committer).Commit(p.X, p.Y)
	if err != nil {
		return err
	}
	api.Mul(challenge, challenge)
	p.rows(api, p)
	return nil
}

func checkProbe(t *testing.T, rows func(api frontend.API, p *probe)) error {
	t.Helper()
	compiled, err := frontend.Compile(ecc.BN254.ScalarField(), r1cs.NewBuilder, &probe{rows: rows}, frontend.IgnoreUnconstrainedInputs())
	if err != nil {
		t.Fatal(err)
	}
	c, err := read(compiled.(*cs.R1CS))
	if err != nil {
		return err
	}
	c.Layout = &Layout{Book: 2}
	return c.finish()
}

// THREATS E22.
func TestCircuitsThatTheBindingOrTheProverCannotStandOnAreRefused(t *testing.T) {
	own := func(api frontend.API, p *probe) {
		api.AssertIsBoolean(p.X)
		api.AssertIsBoolean(p.Y)
	}
	if err := checkProbe(t, func(api frontend.API, p *probe) { own(api, p); api.AssertIsBoolean(p.Z) }); err != nil {
		t.Fatal(err)
	}
	cases := map[string]func(api frontend.API, p *probe){
		"committed wires only together":   func(api frontend.API, p *probe) { api.AssertIsBoolean(api.Add(p.X, p.Y)) },
		"a committed wire in no row":      func(api frontend.API, p *probe) { api.AssertIsBoolean(p.X) },
		"a hint":                          func(api frontend.API, p *probe) { own(api, p); api.ToBinary(p.Z, 8) },
		"an undeclared inverse":           func(api frontend.API, p *probe) { own(api, p); api.Inverse(p.Z) },
		"an undeclared known quotient":    func(api frontend.API, p *probe) { own(api, p); api.DivUnchecked(p.Z, p.Context) },
		"a quotient of shared values":     func(api frontend.API, p *probe) { own(api, p); api.DivUnchecked(p.X, p.Z) },
		"a second commitment, undeclared": func(api frontend.API, p *probe) { own(api, p); commit(t, api, p.Z) },
		"a commitment to a challenge":     func(api frontend.API, p *probe) { own(api, p); commit(t, api, p.X) },
	}
	for name, rows := range cases {
		if err := checkProbe(t, rows); !errors.Is(err, abi.InvalidRule) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func commit(t *testing.T, api frontend.API, wire frontend.Variable) {
	t.Helper()
	if _, err := api.(frontend.Committer).Commit(wire); err != nil {
		t.Fatal(err)
	}
}

// E22: two commitments are refused if the second is not to limbs and counts, or one of them has no row of its own.
func TestTheSecondCommitmentIsHeldAgainstItsDeclaration(t *testing.T) {
	for name, layout := range map[string]*Layout{
		"one limb more":       {Book: 2, Limbs: 2, LimbBits: 4},
		"no limb":             {Book: 2, Publics: 1, LimbBits: 4},
		"no row for the limb": {Book: 2, Limbs: 1, LimbBits: 4},
	} {
		compiled, err := frontend.Compile(ecc.BN254.ScalarField(), r1cs.NewBuilder, &probe{rows: func(api frontend.API, p *probe) {
			api.AssertIsBoolean(p.X)
			api.AssertIsBoolean(p.Y)
			commit(t, api, p.Z)
		}}, frontend.IgnoreUnconstrainedInputs())
		if err != nil {
			t.Fatal(err)
		}
		c, err := read(compiled.(*cs.R1CS))
		if err != nil {
			t.Fatal(err)
		}
		c.Layout = layout
		if err := c.finish(); !errors.Is(err, abi.InvalidRule) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// unused is a circuit with a public input that no row has.
type unused struct {
	Context, Free frontend.Variable `gnark:",public"`
	X             frontend.Variable
}

func (u *unused) Define(api frontend.API) error {
	api.Mul(u.Context, u.Context)
	api.AssertIsBoolean(u.X)
	challenge, err := api.(frontend.Committer).Commit(u.X)
	if err != nil {
		return err
	}
	api.Mul(challenge, challenge)
	return nil
}

// THREATS E6: anybody could change it.
func TestE6APublicInputThatNoRowUsesIsRefused(t *testing.T) {
	compiled, err := frontend.Compile(ecc.BN254.ScalarField(), r1cs.NewBuilder, &unused{}, frontend.IgnoreUnconstrainedInputs())
	if err != nil {
		t.Fatal(err)
	}
	c, err := read(compiled.(*cs.R1CS))
	if err != nil {
		t.Fatal(err)
	}
	c.Layout = &Layout{Book: 1}
	if err := c.finish(); !errors.Is(err, abi.InvalidRule) || !strings.Contains(err.Error(), "public wire 2") {
		t.Errorf("%v", err)
	}
}

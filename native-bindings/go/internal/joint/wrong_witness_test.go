package joint_test

import (
	"bytes"
	"errors"
	"math/big"
	"math/rand"
	"testing"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"io.veilflow/native/internal/abi"
	"io.veilflow/native/internal/joint"
	"io.veilflow/native/internal/ruletest"
)

// What all three prove with is wrong, or no witness at all: no proof.

func TestACommitmentThatIsNotTheManifestsSumIsRefused(t *testing.T) {
	inBoth(t, func(t *testing.T, f *fixture) {
		random := rand.New(rand.NewSource(seed))
		in := f.inputs(random)
		mask := fr.NewElement(uint64(seed))
		// All three parties run on a book with one amount changed (and its bits with it), D being the sum over the old one.
		changed := append([]*big.Int(nil), in.Book...)
		changed[0] = new(big.Int).Xor(changed[0], big.NewInt(1))
		other := ruletest.Read(f.circuit.Program, in.Context, changed, in.Publics)
		lie := startWith(t, f, other, random, mask, commitmentOf(t, f, elements(in.Book), mask))
		failures := lie.run(joint.RoundOneChecked)
		for party, err := range failures {
			if !errors.Is(err, abi.CommitmentMismatch) {
				t.Errorf("party %d: %v", party, err)
			}
		}
	})
}

// C21; what a wrong bit would show is in leak_test.go.
func TestAWrongWitnessBitGivesANonzeroRowCheck(t *testing.T) {
	inBoth(t, func(t *testing.T, f *fixture) {
		random := rand.New(rand.NewSource(seed))
		for name, pick := range map[string]func(*ruletest.Inputs) []*big.Int{
			"word":   func(in *ruletest.Inputs) []*big.Int { return in.Words[:1] },
			"book":   func(in *ruletest.Inputs) []*big.Int { return in.Book },
			"limbs":  func(in *ruletest.Inputs) []*big.Int { return in.Limbs },
			"counts": func(in *ruletest.Inputs) []*big.Int { return in.Counts },
			"bits":   func(in *ruletest.Inputs) []*big.Int { return in.Bits },
			"advice": func(in *ruletest.Inputs) []*big.Int { return in.Advice },
		} {
			in := f.inputs(random)
			group := pick(in)
			if len(group) == 0 {
				continue // limbs or bits, as the circuit has it
			}
			k := random.Intn(len(group))
			group[k] = new(big.Int).Xor(group[k], big.NewInt(1))
			w := start(t, f, in, random)
			if failures := w.run(joint.RoundOne); errors.Join(failures[:]...) != nil {
				t.Fatal(failures)
			}
			if w.v.IsZero() {
				t.Errorf("%s wire %d is wrong and the row check is zero", name, k)
			}
		}
	})
}

func TestOtherOutputsThanTheSharedOnesLeaveNoProof(t *testing.T) {
	inBoth(t, func(t *testing.T, f *fixture) {
		random := rand.New(rand.NewSource(seed))
		w := start(t, f, f.inputs(random), random)
		one := fr.One()
		w.words[0].Add(&w.words[0], &one)
		for party, err := range w.run(joint.Done) {
			if !errors.Is(err, abi.ProofInvalid) {
				t.Errorf("party %d: %v", party, err)
			}
		}
	})
}

func TestAKnownWordCannotBeReplacedBeforeRoundTwo(t *testing.T) {
	f := market(t)
	random := rand.New(rand.NewSource(seed))
	w := start(t, f, f.inputs(random), random)
	one := fr.One()
	w.words[1].Add(&w.words[1], &one)
	for party, err := range w.run(joint.Done) {
		if !errors.Is(err, abi.InvalidArgument) {
			t.Errorf("party %d: %v", party, err)
		}
	}
}

// C13 for the party, whose Shamir point is its index + 1 and no other.
func TestMalformedWitnessSharesAreRefused(t *testing.T) {
	f := market(t)
	n := f.circuit.Layout.Inputs()
	size := n + (2*n+2)*32 + 64
	_, _, g1, _ := curve.Generators()
	right := func() []byte {
		b := make([]byte, size)
		copy(b[size-64:], abi.AppendG1(nil, &g1))
		return b
	}
	cases := map[string]func([]byte) []byte{
		"cut":                  func(b []byte) []byte { return b[:size-1] },
		"empty":                func([]byte) []byte { return nil },
		"unknown tag":          func(b []byte) []byte { b[5] = 2; return b },
		"known with next part": func(b []byte) []byte { b[n+n*32+5*32+31] = 1; return b },
		"context shared":       func(b []byte) []byte { b[0] = 1; return b },
		"element not below r":  func(b []byte) []byte { copy(b[n:], bytes.Repeat([]byte{0xff}, 32)); return b },
		"identity as D":        func(b []byte) []byte { clear(b[size-64:]); return b },
	}
	if _, err := joint.Start(f.circuit, f.keys, 0, right()); err != nil {
		t.Fatal(err)
	}
	for name, change := range cases {
		if _, err := joint.Start(f.circuit, f.keys, 0, change(right())); !errors.Is(err, abi.InvalidWitness) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := joint.Start(f.circuit, f.keys, 3, right()); !errors.Is(err, abi.InvalidArgument) {
		t.Errorf("party 3: %v", err)
	}
}

package verify_test

import (
	"bytes"
	"errors"
	"math/rand"
	"sync"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"

	"io.veilflow/native/internal/abi"
	"io.veilflow/native/internal/rulecircuit"
	"io.veilflow/native/internal/ruletest"
	"io.veilflow/native/internal/setup"
	"io.veilflow/native/internal/verify"
)

type proven struct {
	key    *groth16.VerifyingKey
	proof  []byte
	inputs []fr.Element
}

var sharedProof = sync.OnceValues(func() (*proven, error) {
	c, err := rulecircuit.Compile(ruletest.MarketHealth(1, 1))
	if err != nil {
		return nil, err
	}
	keys, err := setup.Unsafe(c)
	if err != nil {
		return nil, err
	}
	in := ruletest.MarketHealthInputs(c.Program, 1, 1, rand.New(rand.NewSource(20261122)))
	proof, err := ruletest.ProveInTheClear(c, keys.Proving, in)
	if err != nil {
		return nil, err
	}
	key, err := verify.Key(verify.AppendKey(nil, keys.Verifying))
	return &proven{key, verify.AppendProof(nil, proof), in.PublicInputs()}, err
})

func example(t testing.TB) *proven {
	t.Helper()
	p, err := sharedProof()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// check decodes and verifies.
func check(p *proven, proof []byte, inputs []fr.Element) error {
	decoded, err := verify.Proof(proof)
	if err != nil {
		return err
	}
	return verify.Check(p.key, decoded, inputs)
}

func TestAProofHolds(t *testing.T) {
	p := example(t)
	if err := check(p, p.proof, p.inputs); err != nil {
		t.Fatal(err)
	}
	decoded, err := verify.Proof(p.proof)
	if err != nil || !bytes.Equal(verify.AppendProof(nil, decoded), p.proof) {
		t.Errorf("written again it differs: %v", err)
	}
}

// Each part of the proof in turn: the identity, off the curve, not canonical, and another point of the same group.
func TestEveryPartOfAProofCounts(t *testing.T) {
	p := example(t)
	places := map[string][2]int{"A": {0, 64}, "B": {64, 192}, "C": {192, 256}, "D": {256, 320}, "PoK": {320, 384}}
	for name, place := range places {
		for how, change := range map[string]func([]byte){
			"identity":      func(b []byte) { clear(b) },
			"off the curve": func(b []byte) { b[len(b)-1] ^= 1 },
			"not canonical": func(b []byte) {
				for i := range b[:32] {
					b[i] = 0xff
				}
			},
			"negated": func(b []byte) { negate(t, b) },
		} {
			changed := bytes.Clone(p.proof)
			change(changed[place[0]:place[1]])
			if err := check(p, changed, p.inputs); !errors.Is(err, abi.ProofInvalid) {
				t.Errorf("%s %s: %v", name, how, err)
			}
		}
	}
}

// (-A, -B, C) is a second proof of the same statement: no hash of a proof may serve as an id (PLATFORM section 4).
func TestAProofCanBeRewrittenSoItsBytesAreNoIdentity(t *testing.T) {
	p := example(t)
	other := bytes.Clone(p.proof)
	negate(t, other[:64])
	negate(t, other[64:192])
	if err := check(p, other, p.inputs); err != nil {
		t.Errorf("%v", err)
	}
}

func TestAnotherNumberOfPublicInputsIsRefused(t *testing.T) {
	p := example(t)
	for _, inputs := range [][]fr.Element{nil, p.inputs[:len(p.inputs)-1], append(append([]fr.Element(nil), p.inputs...), fr.One())} {
		if err := check(p, p.proof, inputs); !errors.Is(err, abi.ProofInvalid) {
			t.Errorf("%d inputs: %v", len(inputs), err)
		}
	}
}

func TestACutOrLongerProofIsRefused(t *testing.T) {
	p := example(t)
	for n := 0; n < len(p.proof); n++ {
		if _, err := verify.Proof(p.proof[:n]); !errors.Is(err, abi.ProofInvalid) {
			t.Fatalf("cut at %d: %v", n, err)
		}
	}
	if _, err := verify.Proof(append(bytes.Clone(p.proof), 0)); !errors.Is(err, abi.ProofInvalid) {
		t.Errorf("one byte more: %v", err)
	}
}

func FuzzProofNeverPanics(f *testing.F) {
	p := example(f)
	f.Add(p.proof)
	f.Add(make([]byte, 384))
	f.Fuzz(func(t *testing.T, b []byte) {
		if decoded, err := verify.Proof(b); err == nil && !bytes.Equal(verify.AppendProof(nil, decoded), b) {
			t.Error("two encodings of one proof")
		}
	})
}

func FuzzKeyNeverPanics(f *testing.F) {
	f.Add(verify.AppendKey(nil, example(f).key))
	f.Add(make([]byte, 832))
	f.Fuzz(func(t *testing.T, b []byte) {
		if key, err := verify.Key(b); err == nil && !bytes.Equal(verify.AppendKey(nil, key), b) {
			t.Error("two encodings of one key")
		}
	})
}

func negate(t *testing.T, b []byte) {
	t.Helper()
	if len(b) == abi.G1Bytes {
		q, err := abi.G1(b)
		if err != nil {
			t.Fatal(err)
		}
		q.Neg(&q)
		copy(b, abi.AppendG1(nil, &q))
		return
	}
	q, err := abi.G2(b)
	if err != nil {
		t.Fatal(err)
	}
	q.Neg(&q)
	copy(b, abi.AppendG2(nil, &q))
}

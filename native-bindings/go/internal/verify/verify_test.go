package verify_test

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand"
	"sync"
	"testing"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
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

// sharedProofs are of market health by bits and, with two commitments, by limbs.
var sharedProofs = sync.OnceValues(func() ([]*proven, error) {
	var out []*proven
	for _, limbBits := range []int{0, 5} {
		c, err := rulecircuit.Compile(ruletest.MarketHealthByLimbs(1, 1, limbBits))
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
		if err != nil {
			return nil, err
		}
		out = append(out, &proven{key, verify.AppendProof(nil, proof), in.PublicInputs()})
	}
	return out, nil
})

func examples(t testing.TB) []*proven {
	t.Helper()
	all, err := sharedProofs()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// each runs a test with a proof of one and of two commitments.
func each(t *testing.T, test func(t *testing.T, p *proven)) {
	t.Helper()
	for _, p := range examples(t) {
		t.Run(fmt.Sprintf("%d commitments", len(p.key.CommitmentKeys)), func(t *testing.T) { test(t, p) })
	}
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
	each(t, func(t *testing.T, p *proven) {
		if err := check(p, p.proof, p.inputs); err != nil {
			t.Fatal(err)
		}
		decoded, err := verify.Proof(p.proof)
		if err != nil || !bytes.Equal(verify.AppendProof(nil, decoded), p.proof) {
			t.Errorf("written again it differs: %v", err)
		}
	})
}

// Each part of the proof in turn: the identity, off the curve, not canonical, and another point of the same group.
func TestEveryPartOfAProofCounts(t *testing.T) {
	each(t, func(t *testing.T, p *proven) {
		places := map[string][2]int{"A": {0, 64}, "B": {64, 192}, "C": {192, 256}, "D": {256, 320}}
		if len(p.proof) == 448 {
			places["D2"] = [2]int{320, 384}
		}
		places["PoK"] = [2]int{len(p.proof) - 64, len(p.proof)}
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
	})
}

// THREATS E6: every public input counts, the context among them.
func TestE6AChangedPublicInputIsRefused(t *testing.T) {
	each(t, func(t *testing.T, p *proven) {
		for i := range p.inputs {
			for _, by := range []fr.Element{fr.One(), fr.NewElement(1 << 40)} {
				changed := append([]fr.Element(nil), p.inputs...)
				changed[i].Add(&changed[i], &by)
				if err := check(p, p.proof, changed); !errors.Is(err, abi.ProofInvalid) {
					t.Errorf("input %d: %v", i, err)
				}
			}
		}
	})
}

// THREATS E15: two commitments verify only as they are (CVE-2024-45039 was about them).
func TestE15SwappedDoubledOrMissingCommitmentsAreRefused(t *testing.T) {
	p := examples(t)[1]
	d, d2 := p.proof[256:320], p.proof[320:384]
	for name, commitments := range map[string][]byte{
		"swapped":         append(bytes.Clone(d2), d...),
		"the first twice": append(bytes.Clone(d), d...),
		"second twice":    append(bytes.Clone(d2), d2...),
		"only the first":  bytes.Clone(d),
		"only the second": bytes.Clone(d2),
		"shifted":         shifted(t, d, d2),
	} {
		changed := append(append(bytes.Clone(p.proof[:256]), commitments...), p.proof[384:]...)
		if err := check(p, changed, p.inputs); !errors.Is(err, abi.ProofInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	one := examples(t)[0]
	more := append(append(bytes.Clone(one.proof[:320]), d2...), one.proof[320:]...)
	if err := check(one, more, one.inputs); !errors.Is(err, abi.ProofInvalid) {
		t.Errorf("a second commitment in a proof of one: %v", err)
	}
}

// shifted moves one point from the one commitment to the other: their sum stays.
func shifted(t *testing.T, d, d2 []byte) []byte {
	t.Helper()
	_, _, g, _ := curve.Generators()
	x, err1 := abi.G1(d)
	y, err2 := abi.G1(d2)
	if err1 != nil || err2 != nil {
		t.Fatal(err1, err2)
	}
	x.Add(&x, &g)
	y.Sub(&y, &g)
	return abi.AppendG1(abi.AppendG1(nil, &x), &y)
}

// (-A, -B, C) is a second proof of the same statement: no hash of a proof may serve as an id (PLATFORM section 4).
func TestAProofCanBeRewrittenSoItsBytesAreNoIdentity(t *testing.T) {
	p := examples(t)[0]
	other := bytes.Clone(p.proof)
	negate(t, other[:64])
	negate(t, other[64:192])
	if err := check(p, other, p.inputs); err != nil {
		t.Errorf("%v", err)
	}
}

func TestAnotherNumberOfPublicInputsIsRefused(t *testing.T) {
	p := examples(t)[0]
	for _, inputs := range [][]fr.Element{nil, p.inputs[:len(p.inputs)-1], append(append([]fr.Element(nil), p.inputs...), fr.One())} {
		if err := check(p, p.proof, inputs); !errors.Is(err, abi.ProofInvalid) {
			t.Errorf("%d inputs: %v", len(inputs), err)
		}
	}
}

func TestACutOrLongerProofIsRefused(t *testing.T) {
	each(t, func(t *testing.T, p *proven) {
		for n := 0; n < len(p.proof); n++ {
			if err := check(p, p.proof[:n], p.inputs); !errors.Is(err, abi.ProofInvalid) {
				t.Fatalf("cut at %d: %v", n, err)
			}
		}
		if _, err := verify.Proof(append(bytes.Clone(p.proof), 0)); !errors.Is(err, abi.ProofInvalid) {
			t.Errorf("one byte more: %v", err)
		}
	})
}

func FuzzProofNeverPanics(f *testing.F) {
	for _, p := range examples(f) {
		f.Add(p.proof)
	}
	f.Add(make([]byte, 384))
	f.Fuzz(func(t *testing.T, b []byte) {
		if decoded, err := verify.Proof(b); err == nil && !bytes.Equal(verify.AppendProof(nil, decoded), b) {
			t.Error("two encodings of one proof")
		}
	})
}

func FuzzKeyNeverPanics(f *testing.F) {
	for _, p := range examples(f) {
		f.Add(verify.AppendKey(nil, p.key))
	}
	f.Add(make([]byte, 833))
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

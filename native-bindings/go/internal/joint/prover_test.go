package joint_test

import (
	"bytes"
	"errors"
	"math/rand"
	"testing"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"io.veilflow/native/internal/abi"
	"io.veilflow/native/internal/joint"
	"io.veilflow/native/internal/ruletest"
	"io.veilflow/native/internal/verify"
)

func TestThreePartiesMakeOneProofThatTheVerifierAccepts(t *testing.T) {
	inBoth(t, func(t *testing.T, f *fixture) {
		random := rand.New(rand.NewSource(seed))
		in := f.inputs(random)
		w := start(t, f, in, random)
		if failures := w.run(joint.Done); errors.Join(failures[:]...) != nil {
			t.Fatal(failures)
		}
		if !w.v.IsZero() {
			t.Error("the row check of a right witness is not zero")
		}
		for party := 1; party < 3; party++ {
			if !bytes.Equal(w.outs[0].Body, w.outs[party].Body) {
				t.Errorf("party %d has another proof than party 0", party)
			}
		}
		vk, err := verify.Key(verify.AppendKey(nil, f.keys.Verifying))
		if err != nil {
			t.Fatal(err)
		}
		proof, err := verify.Proof(w.outs[0].Body)
		if err != nil {
			t.Fatal(err)
		}
		public := in.PublicInputs()
		if err := verify.Check(vk, proof, public); err != nil {
			t.Fatal(err)
		}
		one := fr.One()
		for i := range public {
			public[i].Add(&public[i], &one)
			if !errors.Is(verify.Check(vk, proof, public), abi.ProofInvalid) {
				t.Errorf("verifies with public input %d raised by one", i)
			}
			public[i].Sub(&public[i], &one)
		}
		clear, err := ruletest.ProveInTheClear(f.circuit, f.keys.Proving, in)
		if err != nil {
			t.Fatal(err)
		}
		if err := verify.Check(vk, clear, public); err != nil {
			t.Errorf("gnark's own proof: %v", err)
		}
		if bytes.Equal(verify.AppendProof(nil, clear), w.outs[0].Body) {
			t.Error("two proofs of one statement are equal")
		}
	})
}

func TestTwoProofsOfOneStatementDiffer(t *testing.T) {
	inBoth(t, func(t *testing.T, f *fixture) {
		random := rand.New(rand.NewSource(seed))
		in := f.inputs(random)
		first, second := start(t, f, in, random), start(t, f, in, random)
		first.run(joint.Done)
		second.run(joint.Done)
		if bytes.Equal(first.outs[0].Body, second.outs[0].Body) {
			t.Error("the proofs are equal")
		}
	})
}

func TestTheWalkHasTheAnnouncedProductsAndInverses(t *testing.T) {
	inBoth(t, func(t *testing.T, f *fixture) {
		random := rand.New(rand.NewSource(seed))
		w := start(t, f, f.inputs(random), random)
		levels, products, inverses, messages := 0, 0, 0, 0
		for w.outs[0].Kind < joint.RowCoin {
			switch w.outs[0].Kind {
			case joint.Products:
				levels++
				products += len(w.outs[0].Body) / (4 * abi.ElementBytes)
			case joint.Inversions:
				messages++
				inverses += len(w.outs[0].Body) / (2 * abi.ElementBytes)
			}
			replies := w.replies()
			for party := range w.provers {
				var err error
				if w.outs[party], err = w.provers[party].Step(replies[party]); err != nil {
					t.Fatal(err)
				}
			}
		}
		if levels != f.circuit.Levels || products != f.circuit.Products {
			t.Errorf("%d levels, %d products; the circuit says %d, %d", levels, products, f.circuit.Levels, f.circuit.Products)
		}
		if inverses != f.circuit.Inverses || messages != len(f.circuit.Commitments)-1 {
			t.Errorf("%d inverses in %d messages; the circuit says %d", inverses, messages, f.circuit.Inverses)
		}
	})
}

// E15. Two commitments verify honestly only: each tampered with, both exchanged, one of them twice, or another number of them.
func TestAProofWithOtherCommitmentsThanItsOwnIsRefused(t *testing.T) {
	inBoth(t, func(t *testing.T, f *fixture) {
		random := rand.New(rand.NewSource(seed))
		in := f.inputs(random)
		w, again := start(t, f, in, random), start(t, f, in, random)
		w.run(joint.Done)
		again.run(joint.Done)
		made, other := w.outs[0].Body, again.outs[0].Body
		const d, d2 = 256, 320
		_, _, g1, _ := curve.Generators()
		changes := map[string]func(b []byte) []byte{
			"D moved": func(b []byte) []byte {
				p := point(t, b[d:d+64])
				p.Add(&p, &g1)
				copy(b[d:], abi.AppendG1(nil, &p))
				return b
			},
			"PoK of another":     func(b []byte) []byte { return append(b[:len(b)-64], other[len(b)-64:]...) },
			"one more":           func(b []byte) []byte { return append(append(append([]byte(nil), b[:d2]...), b[d:d2]...), b[d2:]...) },
			"one less":           func(b []byte) []byte { return append(b[:len(b)-128], b[len(b)-64:]...) },
			"D is another point": func(b []byte) []byte { copy(b[d:], b[:64]); return b },
		}
		if len(f.circuit.Commitments) == 2 {
			changes["exchanged"] = func(b []byte) []byte {
				return append(append(append(append([]byte(nil), b[:d]...), b[d2:d2+64]...), b[d:d2]...), b[d2+64:]...)
			}
			changes["D twice"] = func(b []byte) []byte { copy(b[d2:], b[d:d2]); return b }
			changes["D2 twice"] = func(b []byte) []byte { copy(b[d:], b[d2:d2+64]); return b }
			changes["D2 of another"] = func(b []byte) []byte { copy(b[d2:], other[d2:d2+64]); return b }
		}
		for name, change := range changes {
			proof, err := verify.Proof(change(append([]byte(nil), made...)))
			if err == nil {
				err = verify.Check(f.keys.Verifying, proof, in.PublicInputs())
			}
			if !errors.Is(err, abi.ProofInvalid) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

// E7, E15. The mask of limbs and counts is fresh for every attempt: without it D2 would confirm a guessed input.
func TestD2OfTwoAttemptsDiffers(t *testing.T) {
	f := marketByLimbs(t)
	random := rand.New(rand.NewSource(seed))
	in := f.inputs(random)
	mask := fr.NewElement(seed)
	d := commitmentOf(t, f, elements(in.Book), mask)
	first, second := startWith(t, f, in, random, mask, d), startWith(t, f, in, random, mask, d)
	first.run(joint.Done)
	second.run(joint.Done)
	if bytes.Equal(first.outs[0].Body[320:384], second.outs[0].Body[320:384]) {
		t.Error("D2 is the same")
	}
	if !bytes.Equal(first.outs[0].Body[256:320], second.outs[0].Body[256:320]) {
		t.Error("D, the sum of the manifest's commitments, differs")
	}
}

func TestAProverIsOverAfterAnyFailureAndAfterItsProof(t *testing.T) {
	inBoth(t, func(t *testing.T, f *fixture) {
		random := rand.New(rand.NewSource(seed))
		w := start(t, f, f.inputs(random), random)
		if _, err := w.provers[0].Step([]byte{1}); !errors.Is(err, abi.InvalidArgument) {
			t.Errorf("a reply of one byte: %v", err)
		}
		if _, err := w.provers[0].Step(nil); !errors.Is(err, abi.WrongState) {
			t.Errorf("after a failure: %v", err)
		}
		again := start(t, f, f.inputs(random), random)
		again.run(joint.Done)
		if _, err := again.provers[1].Step(nil); !errors.Is(err, abi.WrongState) {
			t.Errorf("after the proof: %v", err)
		}
		closed := start(t, f, f.inputs(random), random)
		closed.provers[2].Close()
		closed.provers[2].Close()
		if _, err := closed.provers[2].Step(nil); !errors.Is(err, abi.WrongState) {
			t.Errorf("after close: %v", err)
		}
	})
}

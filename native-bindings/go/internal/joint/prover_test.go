package joint_test

import (
	"bytes"
	"errors"
	"fmt"
	"math/big"
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

// C21. Round zero with its own kinds of lies: a share that is not on the line, and one that no decoder takes.
func TestAWrongShareOfD2AbortsBeforeItsChallengeIsUsed(t *testing.T) {
	f := marketByLimbs(t)
	_, _, g1, _ := curve.Generators()
	for name, c := range map[string]struct {
		change func(share []byte)
		want   error
	}{
		"another point": {func(b []byte) { p := point(t, b); p.Add(&p, &g1); copy(b, abi.AppendG1(nil, &p)) }, abi.NotCollinear},
		"the identity":  {func(b []byte) { clear(b) }, abi.InvalidPoint},
		"off the curve": {func(b []byte) { b[63] ^= 1 }, abi.InvalidPoint},
	} {
		for liar := range 3 {
			random := rand.New(rand.NewSource(seed))
			w := start(t, f, f.inputs(random), random)
			w.tamper = func(kind joint.Kind, receiver int, reply []byte) {
				if kind == joint.RoundZero && receiver != liar {
					place := (liar - receiver + 2) % 3 * abi.G1Bytes
					c.change(reply[place : place+abi.G1Bytes])
				}
			}
			for party, err := range w.run(joint.RowCoin) {
				if party != liar && (!errors.Is(err, c.want) || w.provers[party].SecretsLeft()) {
					t.Errorf("%s by party %d: party %d: %v", name, liar, party, err)
				}
			}
		}
	}
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

// C21. A wrong share of any of the five points is well formed: P* adds a multiple of the generator, in what it tells both
// others or in what it tells one of them.
func TestAWrongShareInRoundOneAbortsBeforeAnythingIsComputedFromIt(t *testing.T) {
	inBoth(t, func(t *testing.T, f *fixture) {
		_, _, g1, g2 := curve.Generators()
		shift1 := func(at int) func([]byte) {
			return func(m []byte) {
				p := point(t, m[at:at+abi.G1Bytes])
				p.Add(&p, &g1)
				copy(m[at:], abi.AppendG1(nil, &p))
			}
		}
		cases := []struct {
			name   string
			change func(message []byte)
		}{
			{"A", shift1(0)}, {"B in G1", shift1(64)}, {"D", shift1(256)}, {"PoK", shift1(320)},
			{"B in G2", func(m []byte) {
				p, err := abi.G2(m[128:256])
				if err != nil {
					t.Fatal(err)
				}
				p.Add(&p, &g2)
				copy(m[128:], abi.AppendG2(nil, &p))
			}},
		}
		for k, c := range cases {
			for liar := 0; liar < 3; liar++ {
				spared := (liar + 1 + k%2) % 3 // in the second course this one hears the truth
				for _, both := range []bool{true, false} {
					if !both && liar != k%3 {
						continue
					}
					t.Run(fmt.Sprintf("%s by party %d to both %v", c.name, liar, both), func(t *testing.T) {
						random := rand.New(rand.NewSource(seed))
						w := start(t, f, f.inputs(random), random)
						deceived := func(party int) bool { return party != liar && (both || party != spared) }
						w.tamper = func(kind joint.Kind, receiver int, reply []byte) {
							if kind == joint.RoundOne && deceived(receiver) {
								place := (liar - receiver + 2) % 3 * 384
								c.change(reply[place : place+384])
							}
						}
						failures := w.run(joint.RoundOneChecked)
						for party, err := range failures {
							if !deceived(party) {
								if err != nil || !w.provers[party].SecretsLeft() {
									t.Errorf("party %d heard the truth: %v", party, err)
								}
								continue
							}
							if !errors.Is(err, abi.NotCollinear) {
								t.Errorf("party %d: %v", party, err)
							}
							if w.provers[party].SecretsLeft() {
								t.Errorf("party %d keeps r, s or shares", party)
							}
							if _, err := w.provers[party].Step(make([]byte, 32*(1+len(w.words)))); !errors.Is(err, abi.WrongState) {
								t.Errorf("party %d goes on to C: %v", party, err)
							}
						}
					})
				}
			}
		}
	})
}

func TestMalformedPointsAreRefusedByNameOfTheSender(t *testing.T) {
	f := market(t)
	cases := map[string]func(message []byte){
		"identity":  func(m []byte) { clear(m[:64]) },
		"off curve": func(m []byte) { m[63] ^= 1 },
		"above p": func(m []byte) {
			for i := range m[:32] {
				m[i] = 0xff
			}
		},
		"identity in G2": func(m []byte) { clear(m[128:256]) },
	}
	for name, change := range cases {
		t.Run(name, func(t *testing.T) {
			random := rand.New(rand.NewSource(seed))
			w := start(t, f, f.inputs(random), random)
			w.tamper = func(kind joint.Kind, receiver int, reply []byte) {
				if kind == joint.RoundOne && receiver == 0 {
					change(reply)
				}
			}
			failures := w.run(joint.RoundOneChecked)
			if !errors.Is(failures[0], abi.InvalidPoint) || !bytes.Contains([]byte(failures[0].Error()), []byte("party 1")) {
				t.Errorf("%v", failures[0])
			}
		})
	}
}

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

func TestAWrongProductGivesANonzeroRowCheck(t *testing.T) {
	inBoth(t, func(t *testing.T, f *fixture) {
		random := rand.New(rand.NewSource(seed))
		w := start(t, f, f.inputs(random), random)
		w.tamper = func(kind joint.Kind, receiver int, reply []byte) {
			// Component 0 of the first product, raised by one consistently at its two holders.
			if kind == joint.Products && receiver == 0 {
				raise(t, reply[:32])
			}
			if kind == joint.Products && receiver == 2 {
				raise(t, reply[len(reply)/2:len(reply)/2+32])
			}
		}
		w.run(joint.RoundOne)
		if w.v.IsZero() {
			t.Error("a product is wrong and the row check is zero")
		}
	})
}

// C19.
func TestATamperedShareOfCLeavesNoProof(t *testing.T) {
	inBoth(t, func(t *testing.T, f *fixture) {
		random := rand.New(rand.NewSource(seed))
		w := start(t, f, f.inputs(random), random)
		_, _, g1, _ := curve.Generators()
		w.tamper = func(kind joint.Kind, receiver int, reply []byte) {
			if kind == joint.RoundTwo && receiver != 2 {
				p := point(t, reply[(1-receiver)*64:(1-receiver)*64+64])
				p.Add(&p, &g1)
				copy(reply[(1-receiver)*64:], abi.AppendG1(nil, &p))
			}
		}
		failures := w.run(joint.Done)
		for _, honest := range []int{0, 1} {
			if !errors.Is(failures[honest], abi.ProofInvalid) || w.outs[honest].Body != nil {
				t.Errorf("party %d: %v", honest, failures[honest])
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

func raise(t *testing.T, b []byte) {
	t.Helper()
	x, err := abi.Elements(b)
	if err != nil {
		t.Fatal(err)
	}
	one := fr.One()
	x[0].Add(&x[0], &one)
	copy(b, abi.AppendElements(nil, x))
}

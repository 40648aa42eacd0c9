package joint_test

import (
	"errors"
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

// The attacks of PROTOCOLS 8.3 with an attacker of their own: one corrupted prover, and one amount of the book that it
// knows but for a few bits. Each attack finds the amount against a variant without the checks, which lives in this
// package's tests alone, and is stopped in the product before any share of C is made.

// victim is a window whose first amount is below a limit; everything else the attacker may know.
type victim struct {
	fixture *fixture
	inputs  *ruletest.Inputs
	limit   int64
	secret  int64
	mask    fr.Element
	d       []byte
}

func newVictim(t *testing.T, f *fixture, random *rand.Rand, bits int) *victim {
	t.Helper()
	v := &victim{fixture: f, inputs: f.inputs(random), limit: 1 << bits, secret: random.Int63n(1 << bits)}
	v.inputs = v.guess(v.secret)
	v.mask.SetBigInt(new(big.Int).Rand(random, fr.Modulus()))
	v.d = commitmentOf(t, f, elements(v.inputs.Book), v.mask)
	return v
}

// guess is the whole clear input if the first amount were the given one: what the attacker tries.
func (v *victim) guess(amount int64) *ruletest.Inputs {
	book := append([]*big.Int(nil), v.inputs.Book...)
	book[0] = big.NewInt(amount)
	return ruletest.Read(v.fixture.circuit.Program, v.inputs.Context, book, v.inputs.Publics)
}

// search returns every amount whose guess passes the test.
func (v *victim) search(matches func(guess *ruletest.Inputs) bool) (found []int64) {
	for amount := int64(0); amount < v.limit; amount++ {
		if matches(v.guess(amount)) {
			found = append(found, amount)
		}
	}
	return found
}

// guessed is a guess as a witness; the attacker takes 0 for the masks, which it does not know.
func (v *victim) guessed(t *testing.T, guess *ruletest.Inputs, commitments []curve.G1Affine) *joint.Guess {
	t.Helper()
	g, err := joint.NewGuess(v.fixture.circuit, v.fixture.keys, elements(guess.All()), challengesOf(commitments))
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func challengesOf(commitments []curve.G1Affine) (out []fr.Element) {
	for i := range commitments {
		out = append(out, verify.Challenge(&commitments[i]))
	}
	return out
}

// publicSide is e(alpha, beta) * e(K(public) + D + D2, gamma): everybody knows it once the outputs are open. The challenges are
// those of the real commitments, also where the attacker puts those of a guess.
func (v *victim) publicSide(t *testing.T, public []fr.Element, challenges []fr.Element, commitments []curve.G1Affine) curve.GT {
	t.Helper()
	vk := v.fixture.keys.Verifying
	var sum, term curve.G1Jac
	sum.FromAffine(&vk.G1.K[0])
	for i := range commitments {
		sum.AddMixed(&commitments[i])
	}
	for i, x := range append(append([]fr.Element(nil), public...), challenges...) {
		var factor big.Int
		term.FromAffine(&vk.G1.K[1+i])
		term.ScalarMultiplication(&term, x.BigInt(&factor))
		sum.AddAssign(&term)
	}
	var k curve.G1Affine
	k.FromJacobian(&sum)
	return paired(t, []curve.G1Affine{vk.G1.Alpha, k}, []curve.G2Affine{vk.G2.Beta, vk.G2.Gamma})
}

func paired(t *testing.T, p []curve.G1Affine, q []curve.G2Affine) curve.GT {
	t.Helper()
	out, err := curve.Pair(p, q)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func quotient(x, y curve.GT) (out curve.GT) {
	return *out.Div(&x, &y)
}

// shifted is a party's message of round one with a point added to the share at an offset, scaled so that the value which
// 2*S_1 - S_2 opens moves by exactly that point.
func shifted(t *testing.T, message []byte, party, offset int, by curve.G1Affine) []byte {
	factor := fr.NewElement(2)
	factor.Inverse(&factor)
	if party == 1 {
		factor.SetInt64(-1)
	}
	var f big.Int
	by.ScalarMultiplication(&by, factor.BigInt(&f))
	share := point(t, message[offset:offset+abi.G1Bytes])
	share.Add(&share, &by)
	out := append([]byte(nil), message...)
	copy(out[offset:], abi.AppendG1(nil, &share))
	return out
}

// unchecked drives three provers to their shares of C without any check; the corrupted one lies about one point in round
// one. It returns what that prover sees: the honest messages of both rounds beside its own, and the opened commitments.
func (v *victim) unchecked(
	t *testing.T, random *rand.Rand, in *ruletest.Inputs, lie func(one *[3][]byte),
) (one, two [3][]byte, commitments []curve.G1Affine) {
	t.Helper()
	w := startWith(t, v.fixture, in, random, v.mask, v.d)
	commitments = []curve.G1Affine{point(t, v.d)}
	if w.outs[0].Kind == joint.RoundZero {
		first, second := point(t, w.outs[0].Body), point(t, w.outs[1].Body)
		first.Double(&first).Sub(&first, &second)
		commitments = append(commitments, first)
	}
	if failures := w.run(joint.RoundOne); errors.Join(failures[:]...) != nil {
		t.Fatal(failures)
	}
	for party := range one {
		one[party] = w.outs[party].Body
	}
	told := one
	lie(&told)
	var err error
	for party := range w.provers {
		if w.outs[party], err = w.provers[party].OpenUnchecked(told); err != nil {
			t.Fatal(err)
		}
	}
	if failures := w.run(joint.RoundTwo); errors.Join(failures[:]...) != nil {
		t.Fatal(failures)
	}
	for party := range two {
		two[party] = w.outs[party].Body
	}
	return one, two, commitments
}

// stopped runs the product with the same lie: nobody honest makes a share of C.
func (v *victim) stopped(t *testing.T, random *rand.Rand, liar, offset int, by curve.G1Affine) {
	t.Helper()
	w := startWith(t, v.fixture, v.inputs, random, v.mask, v.d)
	w.tamper = func(kind joint.Kind, receiver int, reply []byte) {
		if kind == joint.RoundOne && receiver != liar {
			place := (liar - receiver + 2) % 3 * 384
			copy(reply[place:], shifted(t, reply[place:place+384], liar, offset, by))
		}
	}
	failures := w.run(joint.RoundTwo)
	for party, err := range failures {
		if party != liar && (!errors.Is(err, abi.NotCollinear) || w.outs[party].Kind == joint.RoundTwo) {
			t.Errorf("the product, party %d: %v", party, err)
		}
	}
}

func (v *victim) wantOnly(t *testing.T, found []int64) {
	t.Helper()
	if len(found) != 1 || found[0] != v.secret {
		t.Errorf("seed %d: the attacker finds %v, planted is %d", seed, found, v.secret)
	}
}

// C21. A moved by G1: C' - C = s*G1, and e(G1, B - s*delta) is a commitment to the witness that nothing blinds.
func TestALieAboutAShowsALowEntropyWitnessUnlessCollinearityIsChecked(t *testing.T) {
	inBoth(t, func(t *testing.T, f *fixture) {
		random := rand.New(rand.NewSource(seed))
		v := newVictim(t, f, random, 6)
		vk := f.keys.Verifying
		_, _, g1, _ := curve.Generators()
		const liar = 0
		one, two, commitments := v.unchecked(t, random, v.inputs, func(told *[3][]byte) { told[liar] = shifted(t, told[liar], liar, 0, g1) })

		a, b, moved, err := joint.Opened(one, two)
		if err != nil {
			t.Fatal(err)
		}
		publicSide := v.publicSide(t, v.inputs.PublicInputs(), challengesOf(commitments), commitments)
		right := quotient(paired(t, []curve.G1Affine{a}, []curve.G2Affine{b}), publicSide)
		blinding := quotient(paired(t, []curve.G1Affine{moved}, []curve.G2Affine{vk.G2.Delta}), right)
		seen := quotient(paired(t, []curve.G1Affine{g1}, []curve.G2Affine{b}), blinding)
		v.wantOnly(t, v.search(func(guess *ruletest.Inputs) bool {
			plainB, err := v.guessed(t, guess, commitments).B() // a mask stands in no right-hand side
			if err != nil {
				t.Fatal(err)
			}
			candidate := paired(t, []curve.G1Affine{g1}, []curve.G2Affine{plainB})
			return candidate.Equal(&seen)
		}))
		v.stopped(t, random, liar, 0, g1)
	})
}

// C21. B in G1 moved by (beta+1)*G1: C' - C = r*(beta+1)*G1, and e(A - r*delta, (beta+1)*G2) is the commitment. A mask wire
// stands in A, in the row mask*1 = mask, so that a plain multiple of G1 would show a blinded value. But K_mask is
// (beta+1)*L(tau)/gamma: with this shift D, from which the guessed book is taken, says what the mask adds; so does D2.
func TestALieAboutBInG1ShowsALowEntropyWitnessUnlessItIsChecked(t *testing.T) {
	inBoth(t, func(t *testing.T, f *fixture) {
		random := rand.New(rand.NewSource(seed))
		v := newVictim(t, f, random, 6)
		vk := f.keys.Verifying
		_, _, g1, g2 := curve.Generators()
		by, bySecond := f.keys.Proving.G1.Beta, vk.G2.Beta
		by.Add(&by, &g1)
		bySecond.Add(&bySecond, &g2)
		const liar, place = 1, abi.G1Bytes
		one, two, commitments := v.unchecked(t, random, v.inputs, func(told *[3][]byte) { told[liar] = shifted(t, told[liar], liar, place, by) })

		a, b, moved, err := joint.Opened(one, two)
		if err != nil {
			t.Fatal(err)
		}
		publicSide := v.publicSide(t, v.inputs.PublicInputs(), challengesOf(commitments), commitments)
		right := quotient(paired(t, []curve.G1Affine{a}, []curve.G2Affine{b}), publicSide)
		blinding := quotient(paired(t, []curve.G1Affine{moved}, []curve.G2Affine{vk.G2.Delta}), right)
		seen := quotient(paired(t, []curve.G1Affine{a}, []curve.G2Affine{bySecond}), blinding)
		v.wantOnly(t, v.search(func(guess *ruletest.Inputs) bool {
			g := v.guessed(t, guess, commitments)
			plainA, err := g.A()
			if err != nil {
				t.Fatal(err)
			}
			points, seconds := []curve.G1Affine{plainA}, []curve.G2Affine{bySecond}
			for k, d := range commitments {
				ofMask, err := g.Committed(k)
				if err != nil {
					t.Fatal(err)
				}
				ofMask.Sub(&d, &ofMask)
				points, seconds = append(points, ofMask), append(seconds, vk.G2.Gamma)
			}
			candidate := paired(t, points, seconds)
			return candidate.Equal(&seen)
		}))
		v.stopped(t, random, liar, place, by)
	})
}

// C21. One advice flag raised by one, as by an unverified product: the rows it stands in miss by an amount that depends on
// the book, and the defect of the verification equation, in which r and s cancel, is a deterministic function of the
// witness. The row check (TestAWrongWitnessBitGivesANonzeroRowCheck; DeviatingProverITCase for the abort before round one) ends it.
func TestAWrongWitnessBitShowsALowEntropyWitnessUnlessTheRowsAreChecked(t *testing.T) {
	inBoth(t, func(t *testing.T, f *fixture) {
		random := rand.New(rand.NewSource(seed))
		v := newVictim(t, f, random, 5) // a guess costs a whole proof
		vk := f.keys.Verifying
		wrong := func(in *ruletest.Inputs) *ruletest.Inputs {
			in.Advice[0] = new(big.Int).Add(in.Advice[0], big.NewInt(1))
			return in
		}
		one, two, commitments := v.unchecked(t, random, wrong(v.guess(v.secret)), func(*[3][]byte) {})
		challenges := challengesOf(commitments)

		defect := func(a curve.G1Affine, b curve.G2Affine, c curve.G1Affine, publicSide curve.GT) curve.GT {
			left := quotient(paired(t, []curve.G1Affine{a}, []curve.G2Affine{b}), publicSide)
			return quotient(left, paired(t, []curve.G1Affine{c}, []curve.G2Affine{vk.G2.Delta}))
		}
		a, b, c, err := joint.Opened(one, two)
		if err != nil {
			t.Fatal(err)
		}
		seen := defect(a, b, c, v.publicSide(t, v.inputs.PublicInputs(), challenges, commitments))
		if seen.IsOne() {
			t.Fatal("the proof verifies with a wrong flag")
		}
		v.wantOnly(t, v.search(func(guess *ruletest.Inputs) bool {
			// The rows of the masks hold for any mask: the defect is that of mask 0 and the commitments to the guess alone.
			g := v.guessed(t, wrong(guess), commitments)
			a, err1 := g.A()
			b, err2 := g.B()
			c, err3 := g.C()
			ofGuess := make([]curve.G1Affine, len(commitments))
			for k := range ofGuess {
				var err error
				if ofGuess[k], err = g.Committed(k); err != nil {
					t.Fatal(err)
				}
			}
			if err := errors.Join(err1, err2, err3); err != nil {
				t.Fatal(err)
			}
			candidate := defect(a, b, c, v.publicSide(t, guess.PublicInputs(), challenges, ofGuess))
			return candidate.Equal(&seen)
		}))
	})
}

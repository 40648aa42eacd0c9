package joint_test

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand"
	"testing"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"io.veilflow/native/internal/abi"
	"io.veilflow/native/internal/joint"
)

// What one party says is wrong: every other one stops before it computes anything from it.

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

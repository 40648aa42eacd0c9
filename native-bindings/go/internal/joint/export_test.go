package joint

import (
	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"io.veilflow/native/internal/multiexp"
	"io.veilflow/native/internal/rulecircuit"
	"io.veilflow/native/internal/setup"
)

// OpenUnchecked is round one of a variant without the checks of PROTOCOLS 8.3, which exists in tests alone: it opens the
// three messages, this party's own among them, and goes on with whatever comes out.
func (p *Prover) OpenUnchecked(messages [3][]byte) (Outbound, error) {
	var all [3]roundOne
	for sender := range all {
		var err error
		if all[sender], err = readRoundOne(messages[sender]); err != nil {
			return Outbound{}, err
		}
	}
	p.opened = openUnchecked(&all)
	p.waiting = RoundOneChecked
	return Outbound{Kind: RoundOneChecked}, nil
}

// SecretsLeft tells whether r, s or any share is still there.
func (p *Prover) SecretsLeft() bool {
	left := !p.r.IsZero() || !p.s.IsZero() || !p.withoutAB.Z.IsZero() || len(p.witness.value) > 0
	for _, wires := range [][]fr.Element{p.shamir, p.witness.own, p.witness.next} {
		for i := range wires {
			left = left || !wires[i].IsZero()
		}
	}
	return left
}

func openUnchecked(all *[3]roundOne) roundOne {
	return roundOne{
		ar:  openLineG1([3]curve.G1Affine{all[0].ar, all[1].ar, all[2].ar}),
		bs1: openLineG1([3]curve.G1Affine{all[0].bs1, all[1].bs1, all[2].bs1}),
		bs2: openLineG2([3]curve.G2Affine{all[0].bs2, all[1].bs2, all[2].bs2}),
		d:   openLineG1([3]curve.G1Affine{all[0].d, all[1].d, all[2].d}),
		pok: openLineG1([3]curve.G1Affine{all[0].pok, all[1].pok, all[2].pok}),
	}
}

// Opened are A, B in G2 and C of three parties' messages, without a check.
func Opened(one, two [3][]byte) (a curve.G1Affine, b curve.G2Affine, c curve.G1Affine, err error) {
	var all [3]roundOne
	var krs [3]curve.G1Affine
	for party := range all {
		if all[party], err = readRoundOne(one[party]); err != nil {
			return a, b, c, err
		}
		if _, err = krs[party].SetBytes(two[party]); err != nil {
			return a, b, c, err
		}
	}
	opened := openUnchecked(&all)
	return opened.ar, opened.bs2, openDegreeTwo(krs), nil
}

// Guess is a whole witness in the clear, as an attacker guesses it; it need not satisfy the circuit. Its r and s are zero.
type Guess struct{ p *Prover }

// NewGuess computes every wire from the inputs; the masks, which nobody knows, are zero.
func NewGuess(c *rulecircuit.Circuit, keys *setup.Keys, inputs, challenges []fr.Element) (*Guess, error) {
	p := &Prover{circuit: c, keys: keys, enter: func(Stage) {}, witness: newReplicated(c, 0)}
	p.witness.setKnown(0, fr.One())
	for i := range inputs {
		p.witness.setKnown(1+i, inputs[i])
	}
	for k, commitment := range c.Commitments {
		p.witness.setKnown(commitment.Mask, fr.Element{})
		p.witness.setKnown(commitment.Challenge, challenges[k])
	}
	var err error
	if p.walk, err = c.PlanWalk(p.witness.known); err != nil {
		return nil, err
	}
	p.publics = append(p.publics, inputs[:c.Public-1]...)
	if _, err = p.enterLevel(); err != nil {
		return nil, err
	}
	return &Guess{p}, p.convert()
}

// A is alpha + sum a_i(tau) w_i.
func (g *Guess) A() (curve.G1Affine, error) {
	pk := g.p.keys.Proving
	sum, err := multiexp.G1(1, termsG1{Points: pk.G1.A, Scalars: without(g.p.shamir, pk.InfinityA)})
	sum.AddMixed(&pk.G1.Alpha)
	return *new(curve.G1Affine).FromJacobian(&sum), err
}

// B is beta + sum b_i(tau) w_i in G2.
func (g *Guess) B() (curve.G2Affine, error) {
	pk := g.p.keys.Proving
	sum, err := multiexp.G2(1, termsG2{Points: pk.G2.B, Scalars: without(g.p.shamir, pk.InfinityB)})
	sum.AddMixed(&pk.G2.Beta)
	return *new(curve.G2Affine).FromJacobian(&sum), err
}

// Committed is the commitment of the guessed wires, the mask being zero.
func (g *Guess) Committed(commitment int) (curve.G1Affine, error) {
	one := fr.One()
	scalars := g.p.committedShares(&one)[commitment]
	sum, err := multiexp.G1(1, termsG1{Points: g.p.keys.Proving.CommitmentKeys[commitment].Basis, Scalars: scalars})
	return *new(curve.G1Affine).FromJacobian(&sum), err
}

// C is the rest of the proof; r = s = 0, so A and B add nothing.
func (g *Guess) C() (curve.G1Affine, error) {
	h, err := g.p.quotient()
	if err != nil {
		return curve.G1Affine{}, err
	}
	one := fr.One()
	sums, err := g.p.multiply(h, &one)
	if err != nil {
		return curve.G1Affine{}, err
	}
	return *new(curve.G1Affine).FromJacobian(&sums.c), nil
}

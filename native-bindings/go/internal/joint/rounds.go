package joint

import (
	"fmt"
	"math/big"

	"github.com/consensys/gnark-crypto/ecc"
	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"

	"io.veilflow/native/internal/abi"
	"io.veilflow/native/internal/verify"
)

// firstRound takes r and s (own, next of each), converts everything to Shamir shares, and computes
//
//	A = alpha + MSM(A, w) + r*delta   B = beta + MSM(B, w) + s*delta (both groups)   D, PoK = MSM(basis, committed)
func (p *Prover) firstRound(reply []byte) (Outbound, error) {
	if err := wantBytes(reply, 4*abi.ElementBytes); err != nil {
		return Outbound{}, err
	}
	blinding, err := abi.Elements(reply)
	if err != nil {
		return Outbound{}, err
	}
	defer clear(blinding)
	p.r = shamirShare(p.party, &blinding[0], &blinding[1])
	p.s = shamirShare(p.party, &blinding[2], &blinding[3])
	if err := p.convert(); err != nil {
		return Outbound{}, err
	}
	pk, c := p.keys.Proving, p.circuit
	inA, inB := without(p.shamir, pk.InfinityA), without(p.shamir, pk.InfinityB)
	defer clear(inA)
	defer clear(inB)
	committed := make([]fr.Element, len(c.Commitments[0].Wires))
	defer clear(committed)
	for i, wire := range c.Commitments[0].Wires {
		committed[i] = p.shamir[wire]
	}
	ar, err1 := sumG1(pk.G1.A, inA)
	bs1, err2 := sumG1(pk.G1.B, inB)
	bs2, err3 := p.sumB2(inB)
	d, err4 := sumG1(pk.CommitmentKeys[0].Basis, committed)
	pok, err5 := sumG1(pk.CommitmentKeys[0].BasisExpSigma, committed)
	for _, err := range []error{err1, err2, err3, err4, err5} {
		if err != nil {
			return Outbound{}, err
		}
	}
	ar.AddMixed(&pk.G1.Alpha)
	addProduct(&ar, &pk.G1.Delta, &p.r)
	bs1.AddMixed(&pk.G1.Beta)
	addProduct(&bs1, &pk.G1.Delta, &p.s)
	p.mine.bs2 = bs2
	p.mine.ar.FromJacobian(&ar)
	p.mine.bs1.FromJacobian(&bs1)
	p.mine.d.FromJacobian(&d)
	p.mine.pok.FromJacobian(&pok)
	return Outbound{RoundOne, p.mine.encode()}, nil
}

// convert makes the Shamir share of every wire; a known wire's is its value. The replicated shares are not needed again.
func (p *Prover) convert() error {
	w := &p.witness
	p.shamir = make([]fr.Element, p.circuit.Wires)
	err := abi.Parallel(len(p.shamir), func(from, to int) error {
		for i := from; i < to; i++ {
			if w.known[i] {
				p.shamir[i] = w.value[i]
			} else {
				p.shamir[i] = shamirShare(p.party, &w.own[i], &w.next[i])
			}
		}
		return nil
	})
	w.wipe()
	return err
}

// sumB2 is B in G2.
func (p *Prover) sumB2(scalars []fr.Element) (out curve.G2Affine, err error) {
	pk := p.keys.Proving
	var sum, delta curve.G2Jac
	if _, err := sum.MultiExp(pk.G2.B, scalars, ecc.MultiExpConfig{}); err != nil {
		return out, fmt.Errorf("%w: %w", abi.Internal, err)
	}
	var s big.Int
	defer wipeInteger(&s)
	delta.FromAffine(&pk.G2.Delta)
	delta.ScalarMultiplication(&delta, p.s.BigInt(&s))
	sum.AddAssign(&delta).AddMixed(&pk.G2.Beta)
	return *out.FromJacobian(&sum), nil
}

// checkFirstRound takes the messages of the next and the previous party and opens; B must be the same in both groups and
// D what the manifest says.
func (p *Prover) checkFirstRound(reply []byte) (Outbound, error) {
	if err := wantBytes(reply, 2*roundOneBytes); err != nil {
		return Outbound{}, err
	}
	var all [3]roundOne
	all[p.party] = p.mine
	for k := 0; k < 2; k++ {
		sender := (p.party + 1 + k) % 3
		var err error
		if all[sender], err = readRoundOne(reply[k*roundOneBytes : (k+1)*roundOneBytes]); err != nil {
			return Outbound{}, fmt.Errorf("round one of party %d: %w", sender, err)
		}
	}
	opened, err := openRoundOne(&all)
	if err != nil {
		return Outbound{}, err
	}
	_, _, g1, g2 := curve.Generators()
	g1.Neg(&g1)
	ok, err := curve.PairingCheck([]curve.G1Affine{opened.bs1, g1}, []curve.G2Affine{g2, opened.bs2})
	if err != nil {
		return Outbound{}, fmt.Errorf("%w: %w", abi.Internal, err)
	}
	if !ok || opened.bs1.IsInfinity() || opened.ar.IsInfinity() {
		return Outbound{}, fmt.Errorf("%w: A or B", abi.InconsistentOpening)
	}
	if !opened.d.Equal(&p.expected) {
		return Outbound{}, fmt.Errorf("%w: D", abi.CommitmentMismatch)
	}
	p.opened = opened
	return Outbound{Kind: RoundOneChecked}, nil
}

// secondRound takes the public words and F_i - F_{i+1} and computes
//
//	C = MSM(K, w) + MSM(Z, h) + s*A + r*B - r*s*delta + zero*G1
//
// with the opened A and B; a share of degree 2, masked by the zero-sharing.
func (p *Prover) secondRound(reply []byte) (Outbound, error) {
	words := p.circuit.Layout.Words
	if err := wantBytes(reply, (words+1)*abi.ElementBytes); err != nil {
		return Outbound{}, err
	}
	given, err := abi.Elements(reply)
	if err != nil {
		return Outbound{}, err
	}
	for k := 0; k < words; k++ {
		if p.witness.known[2+k] && !given[k].Equal(&p.publics[1+k]) {
			return Outbound{}, fmt.Errorf("%w: word %d is not the one the proof began with", abi.InvalidArgument, k)
		}
		p.publics[1+k] = given[k]
	}
	h, err := p.quotient()
	if err != nil {
		return Outbound{}, err
	}
	defer clear(h)
	inK := p.keyScalars()
	defer clear(inK)
	pk := p.keys.Proving
	krs, err := sumG1(pk.G1.K, inK)
	if err != nil {
		return Outbound{}, err
	}
	z, err := sumG1(pk.G1.Z, h[:len(pk.G1.Z)])
	if err != nil {
		return Outbound{}, err
	}
	krs.AddAssign(&z)
	_, _, g1, _ := curve.Generators()
	var minusRS fr.Element
	minusRS.Mul(&p.r, &p.s).Neg(&minusRS)
	zero := zeroShare(p.party, given[words])
	addProduct(&krs, &p.opened.ar, &p.s)
	addProduct(&krs, &p.opened.bs1, &p.r)
	addProduct(&krs, &pk.G1.Delta, &minusRS)
	addProduct(&krs, &g1, &zero)
	p.krs.FromJacobian(&krs)
	return Outbound{RoundTwo, abi.AppendG1(make([]byte, 0, abi.G1Bytes), &p.krs)}, nil
}

// keyScalars are the wires of pk.G1.K: secret and internal ones but the committed ones and the challenge.
func (p *Prover) keyScalars() []fr.Element {
	c := p.circuit
	skip := make([]bool, c.Wires)
	for w := 0; w < c.Public; w++ {
		skip[w] = true
	}
	for _, w := range c.Commitments[0].Wires {
		skip[w] = true
	}
	skip[c.Commitments[0].Challenge] = true
	return without(p.shamir, skip)
}

// finish takes the shares of C, combines and verifies; the proof leaves only if it holds.
func (p *Prover) finish(reply []byte) (Outbound, error) {
	if err := wantBytes(reply, 2*abi.G1Bytes); err != nil {
		return Outbound{}, err
	}
	var all [3]curve.G1Affine
	all[p.party] = p.krs
	for k := 0; k < 2; k++ {
		sender := (p.party + 1 + k) % 3
		var err error
		if all[sender], err = abi.G1(reply[k*abi.G1Bytes : (k+1)*abi.G1Bytes]); err != nil {
			return Outbound{}, fmt.Errorf("round two of party %d: %w", sender, err)
		}
	}
	proof := &groth16.Proof{
		Ar: p.opened.ar, Bs: p.opened.bs2, Krs: openDegreeTwo(all),
		Commitments: []curve.G1Affine{p.opened.d}, CommitmentPok: p.opened.pok,
	}
	if proof.Krs.IsInfinity() {
		return Outbound{}, fmt.Errorf("%w: C is the identity", abi.ProofInvalid)
	}
	if err := verify.Check(p.keys.Verifying, proof, p.publics); err != nil {
		return Outbound{}, err
	}
	return Outbound{Done, verify.AppendProof(make([]byte, 0, abi.ProofBytes(1)), proof)}, nil
}

// sumG1 is a multi-scalar multiplication on all processors.
func sumG1(points []curve.G1Affine, scalars []fr.Element) (sum curve.G1Jac, err error) {
	if _, err := sum.MultiExp(points, scalars, ecc.MultiExpConfig{}); err != nil {
		return sum, fmt.Errorf("%w: %w", abi.Internal, err)
	}
	return sum, nil
}

func addProduct(to *curve.G1Jac, point *curve.G1Affine, factor *fr.Element) {
	var t curve.G1Jac
	var f big.Int
	defer wipeInteger(&f)
	t.FromAffine(point)
	t.ScalarMultiplication(&t, factor.BigInt(&f))
	to.AddAssign(&t)
}

// without leaves out the flagged wires.
func without(wires []fr.Element, flagged []bool) []fr.Element {
	out := make([]fr.Element, 0, len(wires))
	for i := range wires {
		if !flagged[i] {
			out = append(out, wires[i])
		}
	}
	return out
}

func wipeInteger(x *big.Int) { clear(x.Bits()) }

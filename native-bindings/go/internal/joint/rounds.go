package joint

import (
	"fmt"
	"math/big"
	"runtime"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"

	"io.veilflow/native/internal/abi"
	"io.veilflow/native/internal/multiexp"
	"io.veilflow/native/internal/verify"
)

// roundZero is this party's share of D2, the commitment to limbs and counts (PROTOCOLS 8.6). They are fixed before anybody
// knows its challenge X.
func (p *Prover) roundZero() (Outbound, error) {
	wires := p.circuit.Commitments[1].Wires
	scalars := make([]fr.Element, len(wires))
	defer clear(scalars)
	for i, wire := range wires {
		scalars[i] = p.shamirWire(wire)
	}
	sum, err := multiexp.G1(runtime.GOMAXPROCS(0), termsG1{Points: p.keys.Proving.CommitmentKeys[1].Basis, Scalars: scalars})
	if err != nil {
		return Outbound{}, err
	}
	p.second.FromJacobian(&sum)
	return Outbound{RoundZero, abi.AppendG1(make([]byte, 0, abi.G1Bytes), &p.second)}, nil
}

// takeSecond opens D2, whose challenge is X.
func (p *Prover) takeSecond(reply []byte) error {
	shares, err := p.pointsOfPeers(reply, p.second, "round zero")
	if err != nil {
		return err
	}
	if !onLineG1(shares) {
		return fmt.Errorf("%w: D2", abi.NotCollinear)
	}
	p.second = openLineG1(shares)
	if p.second.IsInfinity() {
		return fmt.Errorf("%w: D2 is the identity", abi.InconsistentOpening)
	}
	p.witness.setKnown(p.circuit.Commitments[1].Challenge, verify.Challenge(&p.second))
	return nil
}

// pointsOfPeers reads one point of the next and one of the previous party; own is this party's.
func (p *Prover) pointsOfPeers(reply []byte, own curve.G1Affine, round string) (all [3]curve.G1Affine, err error) {
	if err := wantBytes(reply, 2*abi.G1Bytes); err != nil {
		return all, err
	}
	all[p.party] = own
	for k := 0; k < 2; k++ {
		sender := (p.party + 1 + k) % 3
		if all[sender], err = abi.G1(reply[k*abi.G1Bytes : (k+1)*abi.G1Bytes]); err != nil {
			return all, fmt.Errorf("%s of party %d: %w", round, sender, err)
		}
	}
	return all, nil
}

// firstRound takes r and s (own, next of each), converts everything to Shamir shares, and computes
//
//	A = alpha + MSM(A, w) + r*delta   B = beta + MSM(B, w) + s*delta (both groups)   D, PoK = MSM(basis, committed)
//
// and of C, whose share has degree 2, all that needs no opened point: MSM(K, w) + MSM(Z, h) - r*s*delta. Nothing secret but
// r, s and that share is kept.
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
	fold, err := p.foldChallenge()
	if err != nil {
		return Outbound{}, err
	}
	if err := p.convert(); err != nil {
		return Outbound{}, err
	}
	p.enter(Transforming)
	h, err := p.quotient()
	if err != nil {
		return Outbound{}, err
	}
	defer clear(h)
	p.enter(Multiplying)
	sums, err := p.multiply(h, fold)
	if err != nil {
		return Outbound{}, err
	}
	p.wipeShamir()
	p.enter(Finishing)
	p.blind(sums)
	p.mine.d.FromJacobian(&sums.d)
	p.mine.pok.FromJacobian(&sums.pok)
	return Outbound{RoundOne, p.mine.encode()}, nil
}

// blind adds what stands beside the sums, in A, both B and C.
func (p *Prover) blind(sums *sums) {
	pk := p.keys.Proving
	sums.ar.AddMixed(&pk.G1.Alpha)
	addProduct(&sums.ar, &pk.G1.Delta, &p.r)
	p.mine.ar.FromJacobian(&sums.ar)
	sums.bs1.AddMixed(&pk.G1.Beta)
	addProduct(&sums.bs1, &pk.G1.Delta, &p.s)
	p.mine.bs1.FromJacobian(&sums.bs1)

	var s big.Int
	defer wipeInteger(&s)
	var delta curve.G2Jac
	delta.FromAffine(&pk.G2.Delta)
	delta.ScalarMultiplication(&delta, p.s.BigInt(&s))
	delta.AddAssign(&sums.bs2).AddMixed(&pk.G2.Beta)
	p.mine.bs2.FromJacobian(&delta)

	var minusRS fr.Element
	minusRS.Mul(&p.r, &p.s).Neg(&minusRS)
	p.withoutAB.Set(&sums.c)
	addProduct(&p.withoutAB, &pk.G1.Delta, &minusRS)
}

// foldChallenge is gnark's challenge for PoK1 + rho*PoK2 (docs/wire.md section 4): linear, so shares fold. One commitment has none.
func (p *Prover) foldChallenge() (*fr.Element, error) {
	if len(p.circuit.Commitments) == 1 {
		return nil, nil
	}
	var challenges []fr.Element
	for _, commitment := range p.circuit.Commitments {
		challenges = append(challenges, p.witness.value[commitment.Challenge])
	}
	rho, err := fr.Hash(abi.AppendElements(nil, challenges), []byte("G16-BSB22"), 1)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", abi.Internal, err)
	}
	return &rho[0], nil
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
//	C = MSM(K, w) + MSM(Z, h) - r*s*delta + s*A + r*B + zero*G1
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
	defer clear(given)
	for k := 0; k < words; k++ {
		if p.witness.known[2+k] && !given[k].Equal(&p.publics[1+k]) {
			return Outbound{}, fmt.Errorf("%w: word %d is not the one the proof began with", abi.InvalidArgument, k)
		}
		p.publics[1+k] = given[k]
	}
	_, _, g1, _ := curve.Generators()
	zero := zeroShare(p.party, given[words])
	krs := p.withoutAB
	addProduct(&krs, &p.opened.ar, &p.s)
	addProduct(&krs, &p.opened.bs1, &p.r)
	addProduct(&krs, &g1, &zero)
	p.krs.FromJacobian(&krs)
	return Outbound{RoundTwo, abi.AppendG1(make([]byte, 0, abi.G1Bytes), &p.krs)}, nil
}

// finish takes the shares of C, combines and verifies; the proof leaves only if it holds.
func (p *Prover) finish(reply []byte) (Outbound, error) {
	shares, err := p.pointsOfPeers(reply, p.krs, "round two")
	if err != nil {
		return Outbound{}, err
	}
	proof := &groth16.Proof{
		Ar: p.opened.ar, Bs: p.opened.bs2, Krs: openDegreeTwo(shares),
		Commitments: []curve.G1Affine{p.opened.d}, CommitmentPok: p.opened.pok,
	}
	if len(p.circuit.Commitments) == 2 {
		proof.Commitments = append(proof.Commitments, p.second)
	}
	if proof.Krs.IsInfinity() {
		return Outbound{}, fmt.Errorf("%w: C is the identity", abi.ProofInvalid)
	}
	if err := verify.Check(p.keys.Verifying, proof, p.publics); err != nil {
		return Outbound{}, err
	}
	return Outbound{Done, verify.AppendProof(nil, proof)}, nil
}

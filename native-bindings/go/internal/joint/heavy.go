package joint

import (
	"fmt"
	"math/big"
	"runtime"

	"github.com/consensys/gnark-crypto/ecc"
	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/fft"

	"io.veilflow/native/internal/abi"
)

// convert makes the Shamir share of every wire; a known wire's is its value. The replicated shares are not needed again.
func (p *Prover) convert() error {
	w := &p.witness
	p.shamir = make([]fr.Element, len(w.own))
	err := abi.Parallel(len(p.shamir), func(from, to int) error {
		for i := from; i < to; i++ {
			p.shamir[i] = p.shamirWire(i)
		}
		return nil
	})
	w.wipe()
	return err
}

func (p *Prover) shamirWire(wire int) fr.Element {
	if p.witness.known[wire] {
		return p.witness.value[wire]
	}
	return shamirShare(p.party, &p.witness.own[wire], &p.witness.next[wire])
}

// quotient is h = (a*b - c) / (X^N - 1) from this party's row values: transforms are linear, so only the pointwise
// product raises the degree of the sharing, to 2. The result is in bit-reversed order, as pk.G1.Z is (PROTOCOLS 8.4 item 5).
//
// a*b = h*(X^N - 1) + c has degree 2N-2; on the coset g X^N is g^N, so there a*b is the polynomial h*(g^N - 1) + c of degree
// below N. Hence six transforms and not seven: c is subtracted as coefficients and never moves to the coset.
func (p *Prover) quotient() ([]fr.Element, error) {
	domain := &p.keys.Proving.Domain
	n := int(domain.Cardinality)
	a, b, c := make([]fr.Element, n), make([]fr.Element, n), make([]fr.Element, n)
	defer clear(b)
	defer clear(c)
	rows := p.circuit.Rows
	err := abi.Parallel(len(rows), func(from, to int) error {
		for k := from; k < to; k++ {
			a[k] = evaluate(p.circuit, rows[k].Left, p.shamir)
			b[k] = evaluate(p.circuit, rows[k].Right, p.shamir)
			c[k] = evaluate(p.circuit, rows[k].Output, p.shamir)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for _, v := range [][]fr.Element{a, b} {
		domain.FFTInverse(v, fft.DIF)
		domain.FFT(v, fft.DIT, fft.OnCoset())
	}
	domain.FFTInverse(c, fft.DIF)
	err = abi.Parallel(n, func(from, to int) error {
		for i := from; i < to; i++ {
			a[i].Mul(&a[i], &b[i])
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	domain.FFTInverse(a, fft.DIF, fft.OnCoset())
	one := fr.One()
	var inverse fr.Element // of g^N - 1
	inverse.Exp(domain.FrMultiplicativeGen, new(big.Int).SetUint64(domain.Cardinality))
	inverse.Sub(&inverse, &one).Inverse(&inverse)
	err = abi.Parallel(n, func(from, to int) error {
		for i := from; i < to; i++ {
			a[i].Sub(&a[i], &c[i]).Mul(&a[i], &inverse)
		}
		return nil
	})
	return a, err
}

// sums are all multi-scalar multiplications of a proof:
//
//	A = MSM(A, w)   B = MSM(B, w) in both groups   D = MSM(basis, committed)   PoK likewise, one for each commitment
//	C = MSM(K, w without public, committed and challenge wires) + MSM(Z, h)
type sums struct {
	ar, bs1, k, z, d curve.G1Jac
	poks             [2]curve.G1Jac
	bs2              [2]curve.G2Jac // two halves
}

// multiply computes them in two lanes, the largest first, so that both stay busy to the end. Each takes half of the
// processors, and G2 is cut in half, as it costs almost three times as much as G1.
func (p *Prover) multiply(h []fr.Element) (out *sums, err error) {
	pk, c := p.keys.Proving, p.circuit
	out = &sums{}
	tasks := (runtime.GOMAXPROCS(0) + 1) / 2
	inB := without(p.shamir, pk.InfinityB)
	defer clear(inB)
	half := len(inB) / 2
	work := []func() error{
		func() error { return sumG2(&out.bs2[0], pk.G2.B[:half], inB[:half], tasks) },
		func() error { return sumG2(&out.bs2[1], pk.G2.B[half:], inB[half:], tasks) },
		func() error { return sumG1(&out.z, pk.G1.Z, h[:len(pk.G1.Z)], tasks) },
		func() error { return p.sumWithout(&out.k, pk.G1.K, p.notInK(), tasks) },
		func() error { return p.sumWithout(&out.ar, pk.G1.A, pk.InfinityA, tasks) },
		func() error { return sumG1(&out.bs1, pk.G1.B, inB, tasks) },
		func() error { return p.sumCommitted(&out.d, pk.CommitmentKeys[0].Basis, 0, tasks) },
	}
	for i := len(c.Commitments) - 1; i >= 0; i-- {
		work = append(work, func() error { return p.sumCommitted(&out.poks[i], pk.CommitmentKeys[i].BasisExpSigma, i, tasks) })
	}
	return out, abi.Lanes(2, work)
}

// notInK flags the wires that have no point in pk.G1.K: public and committed ones and the challenges.
func (p *Prover) notInK() []bool {
	c := p.circuit
	flags := make([]bool, c.Wires)
	for w := 0; w < c.Public; w++ {
		flags[w] = true
	}
	for _, commitment := range c.Commitments {
		for _, w := range commitment.Wires {
			flags[w] = true
		}
		flags[commitment.Challenge] = true
	}
	return flags
}

// sumWithout multiplies with the wires that are not flagged.
func (p *Prover) sumWithout(sum *curve.G1Jac, points []curve.G1Affine, flags []bool, tasks int) error {
	scalars := without(p.shamir, flags)
	defer clear(scalars)
	return sumG1(sum, points, scalars, tasks)
}

// sumCommitted multiplies with the wires of a commitment.
func (p *Prover) sumCommitted(sum *curve.G1Jac, points []curve.G1Affine, commitment, tasks int) error {
	wires := p.circuit.Commitments[commitment].Wires
	scalars := make([]fr.Element, len(wires))
	defer clear(scalars)
	for i, wire := range wires {
		scalars[i] = p.shamir[wire]
	}
	return sumG1(sum, points, scalars, tasks)
}

func sumG1(sum *curve.G1Jac, points []curve.G1Affine, scalars []fr.Element, tasks int) error {
	if _, err := sum.MultiExp(points, scalars, ecc.MultiExpConfig{NbTasks: tasks}); err != nil {
		return fmt.Errorf("%w: %w", abi.Internal, err)
	}
	return nil
}

func sumG2(sum *curve.G2Jac, points []curve.G2Affine, scalars []fr.Element, tasks int) error {
	if _, err := sum.MultiExp(points, scalars, ecc.MultiExpConfig{NbTasks: tasks}); err != nil {
		return fmt.Errorf("%w: %w", abi.Internal, err)
	}
	return nil
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

func addProduct(to *curve.G1Jac, point *curve.G1Affine, factor *fr.Element) {
	var t curve.G1Jac
	var f big.Int
	defer wipeInteger(&f)
	t.FromAffine(point)
	t.ScalarMultiplication(&t, factor.BigInt(&f))
	to.AddAssign(&t)
}

func wipeInteger(x *big.Int) { clear(x.Bits()) }

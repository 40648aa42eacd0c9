package joint

import (
	"math/big"
	"runtime"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/fft"

	"io.veilflow/native/internal/abi"
	"io.veilflow/native/internal/multiexp"
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
//	A = MSM(A, w)   B = MSM(B, w) in both groups   D = MSM(basis, committed)
//	C = MSM(K, w without public, committed and challenge wires) + MSM(Z, h)
//	PoK = MSM(basis, committed), and with two commitments that of the second times gnark's challenge to fold them
type sums struct {
	ar, bs1, c, d, pok curve.G1Jac
	bs2                curve.G2Jac
}

type (
	termsG1 = multiexp.Terms[curve.G1Affine]
	termsG2 = multiexp.Terms[curve.G2Affine]
)

// multiply computes them in two lanes, the largest first, so that both stay busy to the end. Each takes half of the
// processors. What is added anyway is one sum.
func (p *Prover) multiply(h []fr.Element, fold *fr.Element) (out *sums, err error) {
	pk := p.keys.Proving
	out = &sums{}
	tasks := (runtime.GOMAXPROCS(0) + 1) / 2
	inA, inB, inK := without(p.shamir, pk.InfinityA), without(p.shamir, pk.InfinityB), without(p.shamir, p.notInK())
	committed := p.committedShares(fold)
	defer func() {
		for _, scalars := range append(committed, inA, inB, inK) {
			clear(scalars)
		}
	}()
	poks := make([]termsG1, len(committed))
	for i, scalars := range committed {
		poks[i] = termsG1{Points: pk.CommitmentKeys[i].BasisExpSigma, Scalars: scalars}
	}
	g1 := func(sum *curve.G1Jac, terms ...termsG1) func() error {
		return func() (err error) {
			*sum, err = multiexp.G1(tasks, terms...)
			return err
		}
	}
	return out, abi.Lanes(2, []func() error{
		g1(&out.c, termsG1{Points: pk.G1.K, Scalars: inK}, termsG1{Points: pk.G1.Z, Scalars: h[:len(pk.G1.Z)]}),
		func() (err error) {
			out.bs2, err = multiexp.G2(tasks, termsG2{Points: pk.G2.B, Scalars: inB})
			return err
		},
		g1(&out.ar, termsG1{Points: pk.G1.A, Scalars: inA}),
		g1(&out.bs1, termsG1{Points: pk.G1.B, Scalars: inB}),
		g1(&out.pok, poks...),
		g1(&out.d, termsG1{Points: pk.CommitmentKeys[0].Basis, Scalars: committed[0]}),
	})
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

// committedShares are the shares of the wires of each commitment, those of the second times fold.
func (p *Prover) committedShares(fold *fr.Element) (out [][]fr.Element) {
	for i, commitment := range p.circuit.Commitments {
		scalars := make([]fr.Element, len(commitment.Wires))
		for k, wire := range commitment.Wires {
			scalars[k] = p.shamir[wire]
			if i == 1 {
				scalars[k].Mul(&scalars[k], fold)
			}
		}
		out = append(out, scalars)
	}
	return out
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

package joint

import (
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/fft"

	"io.veilflow/native/internal/abi"
)

// quotient is h = (a*b - c) / (X^N - 1) from this party's row values: transforms are linear, so only the pointwise
// product raises the degree of the sharing, to 2. The result is in bit-reversed order, as pk.G1.Z is (PROTOCOLS 8.4 item 5).
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
	for _, v := range [][]fr.Element{a, b, c} {
		domain.FFTInverse(v, fft.DIF)
		domain.FFT(v, fft.DIT, fft.OnCoset())
	}
	one := fr.One()
	var inverse fr.Element // of X^N - 1, constant on the coset
	inverse.Exp(domain.FrMultiplicativeGen, new(big.Int).SetUint64(domain.Cardinality))
	inverse.Sub(&inverse, &one).Inverse(&inverse)
	err = abi.Parallel(n, func(from, to int) error {
		for i := from; i < to; i++ {
			a[i].Mul(&a[i], &b[i]).Sub(&a[i], &c[i]).Mul(&a[i], &inverse)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	domain.FFTInverse(a, fft.DIF, fft.OnCoset())
	return a, nil
}

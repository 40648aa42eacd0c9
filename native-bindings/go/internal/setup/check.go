package setup

import (
	"fmt"

	"github.com/consensys/gnark-crypto/ecc"
	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"io.veilflow/native/internal/abi"
)

// check holds the two keys against each other (every point is known to be on its curve and not the identity by now):
// same alpha, beta, delta in both; delta, beta and B with one logarithm in both groups; the basis to the sigma over
// gamma; distinct basis points.
func (k *Keys) check() error {
	pk, vk := k.Proving, k.Verifying
	if !pk.G1.Alpha.Equal(&vk.G1.Alpha) || !pk.G2.Beta.Equal(&vk.G2.Beta) || !pk.G2.Delta.Equal(&vk.G2.Delta) {
		return fmt.Errorf("%w: proving and verifying key are of two setups", abi.InvalidKey)
	}
	basis := pk.CommitmentKeys[0].Basis
	seen := make(map[curve.G1Affine]bool, len(basis))
	for i := range basis {
		if seen[basis[i]] {
			return fmt.Errorf("%w: basis point %d stands twice", abi.InvalidKey, i)
		}
		seen[basis[i]] = true
	}
	_, _, g1, g2 := curve.Generators()
	for name, pair := range map[string]struct {
		one curve.G1Affine
		two curve.G2Affine
	}{"beta": {pk.G1.Beta, pk.G2.Beta}, "delta": {pk.G1.Delta, pk.G2.Delta}} {
		if err := sameLogarithm(pair.one, g2, g1, pair.two, name); err != nil {
			return err
		}
	}
	weights, err := randomVector(max(len(pk.G1.B), len(basis)))
	if err != nil {
		return err
	}
	var b1, plain, raised curve.G1Affine
	var b2 curve.G2Affine
	config := ecc.MultiExpConfig{}
	if _, err := b1.MultiExp(pk.G1.B, weights[:len(pk.G1.B)], config); err != nil {
		return fmt.Errorf("%w: %w", abi.Internal, err)
	}
	if _, err := b2.MultiExp(pk.G2.B, weights[:len(pk.G2.B)], config); err != nil {
		return fmt.Errorf("%w: %w", abi.Internal, err)
	}
	if err := sameLogarithm(b1, g2, g1, b2, "B"); err != nil {
		return err
	}
	if _, err := plain.MultiExp(basis, weights[:len(basis)], config); err != nil {
		return fmt.Errorf("%w: %w", abi.Internal, err)
	}
	if _, err := raised.MultiExp(pk.CommitmentKeys[0].BasisExpSigma, weights[:len(basis)], config); err != nil {
		return fmt.Errorf("%w: %w", abi.Internal, err)
	}
	// e(basis^sigma, gamma) = e(basis, gamma^sigma), and the key holds gamma^(-sigma).
	raised.Neg(&raised)
	return sameLogarithm(raised, vk.CommitmentKeys[0].G, plain, vk.CommitmentKeys[0].GSigmaNeg, "commitment basis")
}

// sameLogarithm is nil if e(a, b) = e(c, d).
func sameLogarithm(a curve.G1Affine, b curve.G2Affine, c curve.G1Affine, d curve.G2Affine, name string) error {
	c.Neg(&c)
	ok, err := curve.PairingCheck([]curve.G1Affine{a, c}, []curve.G2Affine{b, d})
	if err != nil {
		return fmt.Errorf("%w: %w", abi.Internal, err)
	}
	if !ok {
		return fmt.Errorf("%w: %s differs between the groups", abi.InvalidKey, name)
	}
	return nil
}

func randomVector(n int) ([]fr.Element, error) {
	out := make([]fr.Element, n)
	for i := range out {
		if _, err := out[i].SetRandom(); err != nil {
			return nil, fmt.Errorf("%w: %w", abi.Internal, err)
		}
	}
	return out, nil
}

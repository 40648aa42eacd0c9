package setup

import (
	"fmt"

	"github.com/consensys/gnark-crypto/ecc"
	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/pedersen"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"

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
	seen := make(map[curve.G1Affine]bool)
	for k := range pk.CommitmentKeys {
		for i, point := range pk.CommitmentKeys[k].Basis {
			if seen[point] {
				return fmt.Errorf("%w: point %d of basis %d stands twice", abi.InvalidKey, i, k)
			}
			seen[point] = true
		}
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
	if err := sameB(pk); err != nil {
		return err
	}
	for i := range pk.CommitmentKeys {
		if err := sameSigma(&pk.CommitmentKeys[i], &vk.CommitmentKeys[i]); err != nil {
			return err
		}
	}
	return nil
}

// sameB: B has the same logarithms in both groups, by a random sum of all its points.
func sameB(pk *groth16.ProvingKey) error {
	weights, err := randomVector(len(pk.G1.B))
	if err != nil {
		return err
	}
	var b1 curve.G1Affine
	var b2 curve.G2Affine
	if _, err := b1.MultiExp(pk.G1.B, weights, ecc.MultiExpConfig{}); err != nil {
		return fmt.Errorf("%w: %w", abi.Internal, err)
	}
	if _, err := b2.MultiExp(pk.G2.B, weights, ecc.MultiExpConfig{}); err != nil {
		return fmt.Errorf("%w: %w", abi.Internal, err)
	}
	_, _, g1, g2 := curve.Generators()
	return sameLogarithm(b1, g2, g1, b2, "B")
}

// sameSigma: e(basis^sigma, gamma) = e(basis, gamma^sigma), and the key holds gamma^(-sigma); by a random sum.
func sameSigma(pk *pedersen.ProvingKey, vk *pedersen.VerifyingKey) error {
	weights, err := randomVector(len(pk.Basis))
	if err != nil {
		return err
	}
	var plain, raised curve.G1Affine
	if _, err := plain.MultiExp(pk.Basis, weights, ecc.MultiExpConfig{}); err != nil {
		return fmt.Errorf("%w: %w", abi.Internal, err)
	}
	if _, err := raised.MultiExp(pk.BasisExpSigma, weights, ecc.MultiExpConfig{}); err != nil {
		return fmt.Errorf("%w: %w", abi.Internal, err)
	}
	raised.Neg(&raised)
	return sameLogarithm(raised, vk.G, plain, vk.GSigmaNeg, "commitment basis")
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

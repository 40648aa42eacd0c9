package setup

import (
	"fmt"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/pedersen"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"

	"io.veilflow/native/internal/abi"
	"io.veilflow/native/internal/rulecircuit"
)

// Keys is a proving key with its verifying key.
type Keys struct {
	Origin    Origin
	Proving   *groth16.ProvingKey
	Verifying *groth16.VerifyingKey
}

// Unsafe runs gnark's single-party setup and then makes the commitment keys again over gamma, as a ceremony would, so that
// the contract needs five pairs.
func Unsafe(c *rulecircuit.Circuit) (*Keys, error) {
	abi.Quiet()
	k := &Keys{Origin: Local, Proving: &groth16.ProvingKey{}, Verifying: &groth16.VerifyingKey{}}
	if err := groth16.Setup(c.System, k.Proving, k.Verifying); err != nil {
		return nil, fmt.Errorf("%w: setup: %w", abi.Internal, err)
	}
	for i := range k.Proving.CommitmentKeys {
		basis := k.Proving.CommitmentKeys[i].Basis
		commitment, verifying, err := pedersen.Setup([][]curve.G1Affine{basis}, pedersen.WithG2Point(k.Verifying.G2.Gamma))
		if err != nil {
			return nil, fmt.Errorf("%w: commitment setup: %w", abi.Internal, err)
		}
		k.Proving.CommitmentKeys[i] = commitment[0]
		k.Verifying.CommitmentKeys[i] = verifying
	}
	return k, nil
}

package ruletest

import (
	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/backend"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/consensys/gnark/backend/solidity"
	"github.com/consensys/gnark/frontend"

	"io.veilflow/native/internal/rulecircuit"
)

// ProveInTheClear runs gnark's own prover with the challenge hash of the Solidity target.
func ProveInTheClear(c *rulecircuit.Circuit, pk *groth16.ProvingKey, in *Inputs) (*groth16.Proof, error) {
	w, err := frontend.NewWitness(in.Assignment(c), ecc.BN254.ScalarField())
	if err != nil {
		return nil, err
	}
	return groth16.Prove(c.System, pk, w, solidity.WithProverTargetSolidityVerifier(backend.GROTH16))
}

// PublicInputs is context and words as field elements.
func (in *Inputs) PublicInputs() []fr.Element {
	out := make([]fr.Element, 1+len(in.Words))
	out[0].SetBigInt(in.Context)
	for k, v := range in.Words {
		out[1+k].SetBigInt(v)
	}
	return out
}

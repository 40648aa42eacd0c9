package verify

import (
	"fmt"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/pedersen"
	"github.com/consensys/gnark/backend"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/consensys/gnark/backend/solidity"
	"golang.org/x/crypto/sha3"

	"io.veilflow/native/internal/abi"
)

const keyHeadBytes = abi.G1Bytes + 4*abi.G2Bytes

// publicInputsMax bounds a verifying key before memory is taken.
const publicInputsMax = 1 << 10

// AppendKey writes alpha || beta || gamma || delta || sigma || K_0 .. K_n, where sigma is GSigmaNeg.
func AppendKey(to []byte, vk *groth16.VerifyingKey) []byte {
	to = abi.AppendG1(to, &vk.G1.Alpha)
	for _, p := range []*curve.G2Affine{&vk.G2.Beta, &vk.G2.Gamma, &vk.G2.Delta, &vk.CommitmentKeys[0].GSigmaNeg} {
		to = abi.AppendG2(to, p)
	}
	for i := range vk.G1.K {
		to = abi.AppendG1(to, &vk.G1.K[i])
	}
	return to
}

// Key reads a verifying key and refuses malformed and weak ones: any point off its subgroup or the identity, delta or
// gamma such that a proof could be forged (THREATS E10).
func Key(from []byte) (*groth16.VerifyingKey, error) {
	points := (len(from) - keyHeadBytes) / abi.G1Bytes
	if points < 2 || points > publicInputsMax+2 || keyHeadBytes+points*abi.G1Bytes != len(from) {
		return nil, fmt.Errorf("%w: verifying key of %d bytes", abi.InvalidKey, len(from))
	}
	vk := &groth16.VerifyingKey{PublicAndCommitmentCommitted: [][]int{{}}}
	var sigma curve.G2Affine
	var err error
	if vk.G1.Alpha, err = abi.G1(from[:abi.G1Bytes]); err != nil {
		return nil, fmt.Errorf("%w: alpha: %w", abi.InvalidKey, err)
	}
	from = from[abi.G1Bytes:]
	names := [...]string{"beta", "gamma", "delta", "sigma"}
	for i, p := range []*curve.G2Affine{&vk.G2.Beta, &vk.G2.Gamma, &vk.G2.Delta, &sigma} {
		if *p, err = abi.G2(from[:abi.G2Bytes]); err != nil {
			return nil, fmt.Errorf("%w: %s: %w", abi.InvalidKey, names[i], err)
		}
		from = from[abi.G2Bytes:]
	}
	vk.G1.K = make([]curve.G1Affine, points)
	for i := range vk.G1.K {
		if vk.G1.K[i], err = abi.G1(from[i*abi.G1Bytes : (i+1)*abi.G1Bytes]); err != nil {
			return nil, fmt.Errorf("%w: K_%d: %w", abi.InvalidKey, i, err)
		}
	}
	_, _, _, generator := curve.Generators()
	if vk.G2.Delta.Equal(&vk.G2.Gamma) || vk.G2.Delta.Equal(&generator) {
		return nil, fmt.Errorf("%w: delta equals gamma or the generator", abi.InvalidKey)
	}
	vk.CommitmentKeys = []pedersen.VerifyingKey{{G: vk.G2.Gamma, GSigmaNeg: sigma}}
	if err := vk.Precompute(); err != nil {
		return nil, fmt.Errorf("%w: %w", abi.InvalidKey, err)
	}
	return vk, nil
}

// AppendProof writes A || B || C || D || PoK.
func AppendProof(to []byte, p *groth16.Proof) []byte {
	to = abi.AppendG1(to, &p.Ar)
	to = abi.AppendG2(to, &p.Bs)
	to = abi.AppendG1(to, &p.Krs)
	to = abi.AppendG1(to, &p.Commitments[0])
	return abi.AppendG1(to, &p.CommitmentPok)
}

// Proof reads 384 bytes.
func Proof(from []byte) (*groth16.Proof, error) {
	if len(from) != abi.ProofBytes {
		return nil, fmt.Errorf("%w: proof of %d bytes, expected %d", abi.ProofInvalid, len(from), abi.ProofBytes)
	}
	p := &groth16.Proof{Commitments: make([]curve.G1Affine, 1)}
	var err error
	if p.Bs, err = abi.G2(from[abi.G1Bytes : abi.G1Bytes+abi.G2Bytes]); err != nil {
		return nil, fmt.Errorf("%w: %w", abi.ProofInvalid, err)
	}
	rest := append(append([]byte(nil), from[:abi.G1Bytes]...), from[abi.G1Bytes+abi.G2Bytes:]...)
	for i, q := range []*curve.G1Affine{&p.Ar, &p.Krs, &p.Commitments[0], &p.CommitmentPok} {
		if *q, err = abi.G1(rest[i*abi.G1Bytes : (i+1)*abi.G1Bytes]); err != nil {
			return nil, fmt.Errorf("%w: %w", abi.ProofInvalid, err)
		}
	}
	return p, nil
}

// Check is nil if the proof holds for context and words.
func Check(vk *groth16.VerifyingKey, proof *groth16.Proof, publicInputs []fr.Element) error {
	if len(publicInputs) != len(vk.G1.K)-2 {
		return fmt.Errorf("%w: %d public inputs, expected %d", abi.ProofInvalid, len(publicInputs), len(vk.G1.K)-2)
	}
	abi.Quiet()
	// gnark appends the challenge to the vector it is given.
	given := append(make(fr.Vector, 0, len(publicInputs)+1), publicInputs...)
	target := solidity.WithVerifierTargetSolidityVerifier(backend.GROTH16)
	if err := groth16.Verify(proof, vk, given, target); err != nil {
		return fmt.Errorf("%w: %w", abi.ProofInvalid, err)
	}
	return nil
}

// Challenge is the value of the commitment's challenge wire, KECCAK(D) mod r.
func Challenge(commitment *curve.G1Affine) fr.Element {
	h := sha3.NewLegacyKeccak256()
	h.Write(abi.AppendG1(nil, commitment))
	var c fr.Element
	c.SetBytes(h.Sum(nil))
	return c
}

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

// publicInputsMax bounds a verifying key before memory is taken.
const publicInputsMax = 1 << 10

// commitmentsMax of a key or proof.
const commitmentsMax = 2

// AppendKey writes commitments || alpha || beta || gamma || delta || sigma of each commitment || K_0 .. K_n, where sigma is
// GSigmaNeg.
func AppendKey(to []byte, vk *groth16.VerifyingKey) []byte {
	to = append(to, byte(len(vk.CommitmentKeys)))
	to = abi.AppendG1(to, &vk.G1.Alpha)
	for _, p := range []*curve.G2Affine{&vk.G2.Beta, &vk.G2.Gamma, &vk.G2.Delta} {
		to = abi.AppendG2(to, p)
	}
	for i := range vk.CommitmentKeys {
		to = abi.AppendG2(to, &vk.CommitmentKeys[i].GSigmaNeg)
	}
	for i := range vk.G1.K {
		to = abi.AppendG1(to, &vk.G1.K[i])
	}
	return to
}

// Key reads a verifying key and refuses malformed and weak ones: any point off its subgroup or the identity, delta or
// gamma such that a proof could be forged (THREATS E10).
func Key(from []byte) (*groth16.VerifyingKey, error) {
	if len(from) == 0 || from[0] == 0 || from[0] > commitmentsMax {
		return nil, fmt.Errorf("%w: verifying key of %d bytes without a count of commitments, 1 or 2", abi.InvalidKey, len(from))
	}
	commitments := int(from[0])
	head := 1 + abi.G1Bytes + (3+commitments)*abi.G2Bytes
	points := (len(from) - head) / abi.G1Bytes
	if points < 2+commitments || points > publicInputsMax+1+commitments || head+points*abi.G1Bytes != len(from) {
		return nil, fmt.Errorf("%w: verifying key of %d bytes", abi.InvalidKey, len(from))
	}
	vk := &groth16.VerifyingKey{
		PublicAndCommitmentCommitted: make([][]int, commitments),
		CommitmentKeys:               make([]pedersen.VerifyingKey, commitments),
	}
	if err := readPoints(vk, from[1:], points); err != nil {
		return nil, fmt.Errorf("%w: %w", abi.InvalidKey, err)
	}
	_, _, _, generator := curve.Generators()
	if vk.G2.Delta.Equal(&vk.G2.Gamma) || vk.G2.Delta.Equal(&generator) {
		return nil, fmt.Errorf("%w: delta equals gamma or the generator", abi.InvalidKey)
	}
	if err := vk.Precompute(); err != nil {
		return nil, fmt.Errorf("%w: %w", abi.InvalidKey, err)
	}
	return vk, nil
}

// readPoints fills a key; every commitment has gamma as its Pedersen point.
func readPoints(vk *groth16.VerifyingKey, from []byte, points int) (err error) {
	if vk.G1.Alpha, err = abi.G1(from[:abi.G1Bytes]); err != nil {
		return fmt.Errorf("alpha: %w", err)
	}
	from = from[abi.G1Bytes:]
	names := []string{"beta", "gamma", "delta"}
	places := []*curve.G2Affine{&vk.G2.Beta, &vk.G2.Gamma, &vk.G2.Delta}
	for k := range vk.CommitmentKeys {
		names = append(names, fmt.Sprintf("sigma %d", k))
		places = append(places, &vk.CommitmentKeys[k].GSigmaNeg)
	}
	for i, p := range places {
		if *p, err = abi.G2(from[:abi.G2Bytes]); err != nil {
			return fmt.Errorf("%s: %w", names[i], err)
		}
		from = from[abi.G2Bytes:]
	}
	for k := range vk.CommitmentKeys {
		vk.CommitmentKeys[k].G = vk.G2.Gamma
	}
	vk.G1.K = make([]curve.G1Affine, points)
	for i := range vk.G1.K {
		if vk.G1.K[i], err = abi.G1(from[i*abi.G1Bytes : (i+1)*abi.G1Bytes]); err != nil {
			return fmt.Errorf("K_%d: %w", i, err)
		}
	}
	return nil
}

// AppendProof writes A || B || C || D [|| D2] || PoK.
func AppendProof(to []byte, p *groth16.Proof) []byte {
	to = abi.AppendG1(to, &p.Ar)
	to = abi.AppendG2(to, &p.Bs)
	to = abi.AppendG1(to, &p.Krs)
	for i := range p.Commitments {
		to = abi.AppendG1(to, &p.Commitments[i])
	}
	return abi.AppendG1(to, &p.CommitmentPok)
}

// Proof reads 384 bytes, or 448 with two commitments. Whether a key wants so many, Check says.
func Proof(from []byte) (*groth16.Proof, error) {
	commitments := 1
	if len(from) == abi.ProofBytes(commitmentsMax) {
		commitments = commitmentsMax
	}
	if len(from) != abi.ProofBytes(commitments) {
		return nil, fmt.Errorf("%w: proof of %d bytes", abi.ProofInvalid, len(from))
	}
	p := &groth16.Proof{Commitments: make([]curve.G1Affine, commitments)}
	var err error
	if p.Bs, err = abi.G2(from[abi.G1Bytes : abi.G1Bytes+abi.G2Bytes]); err != nil {
		return nil, fmt.Errorf("%w: %w", abi.ProofInvalid, err)
	}
	rest := append(append([]byte(nil), from[:abi.G1Bytes]...), from[abi.G1Bytes+abi.G2Bytes:]...)
	places := []*curve.G1Affine{&p.Ar, &p.Krs}
	for i := range p.Commitments {
		places = append(places, &p.Commitments[i])
	}
	for i, q := range append(places, &p.CommitmentPok) {
		if *q, err = abi.G1(rest[i*abi.G1Bytes : (i+1)*abi.G1Bytes]); err != nil {
			return nil, fmt.Errorf("%w: %w", abi.ProofInvalid, err)
		}
	}
	return p, nil
}

// Check is nil if the proof holds for context and words.
func Check(vk *groth16.VerifyingKey, proof *groth16.Proof, publicInputs []fr.Element) error {
	commitments := len(vk.CommitmentKeys)
	if len(proof.Commitments) != commitments {
		return fmt.Errorf("%w: %d commitments, expected %d", abi.ProofInvalid, len(proof.Commitments), commitments)
	}
	if want := len(vk.G1.K) - 1 - commitments; len(publicInputs) != want {
		return fmt.Errorf("%w: %d public inputs, expected %d", abi.ProofInvalid, len(publicInputs), want)
	}
	abi.Quiet()
	// gnark appends the challenges to the vector it is given.
	given := append(make(fr.Vector, 0, len(publicInputs)+commitments), publicInputs...)
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

// Fold is the factor of the second commitment's proof of knowledge: PoK = PoK1 + fold * PoK2, a hash of both challenges.
func Fold(challenges []fr.Element) (fr.Element, error) {
	fold, err := fr.Hash(abi.AppendElements(nil, challenges), []byte("G16-BSB22"), 1)
	if err != nil {
		return fr.Element{}, fmt.Errorf("%w: %w", abi.Internal, err)
	}
	return fold[0], nil
}

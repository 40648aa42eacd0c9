package vectors

import (
	"fmt"
	"math/big"

	"github.com/consensys/gnark-crypto/ecc"
	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/pedersen"
	"github.com/consensys/gnark/backend"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/consensys/gnark/backend/solidity"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"

	"io.veilflow/native/internal/abi"
)

// lookup has the form of a rule's circuit: a context that is squared, a word that is a function of the book, the book in the
// first commitment and, with two, further values in the second, whose challenge they meet in an inverse.
type lookup struct {
	Context frontend.Variable `gnark:",public"`
	Word    frontend.Variable `gnark:",public"`
	Book    [3]frontend.Variable
	Limbs   []frontend.Variable
}

func (c *lookup) Define(api frontend.API) error {
	committer := api.(frontend.Committer)
	first, err := committer.Commit(c.Book[:]...)
	if err != nil {
		return err
	}
	api.Mul(first, first)
	api.Mul(c.Context, c.Context)
	for _, x := range c.Book {
		api.Mul(x, x)
	}
	api.AssertIsEqual(c.Word, api.Add(api.Mul(c.Book[0], c.Book[1]), c.Book[2]))
	if len(c.Limbs) == 0 {
		return nil
	}
	second, err := committer.Commit(c.Limbs...)
	if err != nil {
		return err
	}
	for _, l := range c.Limbs {
		api.Inverse(api.Sub(second, l))
	}
	return nil
}

// world is a circuit with keys whose Pedersen points are gamma and whose sigmas are known, so that a test can fold wrongly.
type world struct {
	commitments int
	system      *cs.R1CS
	proving     groth16.ProvingKey
	verifying   groth16.VerifyingKey
	sigmas      []fr.Element
}

func newWorld(commitments int) (*world, error) {
	abi.Quiet()
	system, err := frontend.Compile(ecc.BN254.ScalarField(), r1cs.NewBuilder, blank(commitments))
	if err != nil {
		return nil, err
	}
	w := &world{commitments: commitments, system: system.(*cs.R1CS), sigmas: make([]fr.Element, commitments)}
	if err := groth16.Setup(w.system, &w.proving, &w.verifying); err != nil {
		return nil, err
	}
	for i := range w.sigmas {
		if _, err := w.sigmas[i].SetRandom(); err != nil {
			return nil, err
		}
		basis := w.proving.CommitmentKeys[i].Basis
		raised := make([]curve.G1Affine, len(basis))
		for j := range basis {
			raised[j] = times(basis[j], w.sigmas[i])
		}
		w.proving.CommitmentKeys[i] = pedersen.ProvingKey{Basis: basis, BasisExpSigma: raised}
		var negative fr.Element
		negative.Neg(&w.sigmas[i])
		var scalar big.Int
		key := pedersen.VerifyingKey{G: w.verifying.G2.Gamma}
		key.GSigmaNeg.ScalarMultiplication(&key.G, negative.BigInt(&scalar))
		w.verifying.CommitmentKeys[i] = key
	}
	return w, nil
}

func blank(commitments int) *lookup {
	return &lookup{Limbs: make([]frontend.Variable, 4*(commitments-1))}
}

// prove returns the public inputs and gnark's proof for a book that depends on the seed.
func (w *world) prove(seed int64) ([]fr.Element, *groth16.Proof, error) {
	assignment := blank(w.commitments)
	assignment.Context = 1_000_003 * seed
	assignment.Book = [3]frontend.Variable{seed, seed + 1, seed + 2}
	assignment.Word = seed*(seed+1) + seed + 2
	for i := range assignment.Limbs {
		assignment.Limbs[i] = 16*seed + int64(i)
	}
	witness, err := frontend.NewWitness(assignment, ecc.BN254.ScalarField())
	if err != nil {
		return nil, nil, err
	}
	proof, err := groth16.Prove(w.system, &w.proving, witness, solidity.WithProverTargetSolidityVerifier(backend.GROTH16))
	if err != nil {
		return nil, nil, err
	}
	public, err := witness.Public()
	if err != nil {
		return nil, nil, err
	}
	return public.Vector().(fr.Vector), proof, nil
}

// key is the verifying key of docs/wire.md section 4.
func (w *world) key() []byte {
	vk := &w.verifying
	out := abi.AppendG1([]byte{byte(w.commitments)}, &vk.G1.Alpha)
	for _, p := range []*curve.G2Affine{&vk.G2.Beta, &vk.G2.Gamma, &vk.G2.Delta} {
		out = abi.AppendG2(out, p)
	}
	for i := range vk.CommitmentKeys {
		out = abi.AppendG2(out, &vk.CommitmentKeys[i].GSigmaNeg)
	}
	for i := range vk.G1.K {
		out = abi.AppendG1(out, &vk.G1.K[i])
	}
	return out
}

// accepts is gnark's answer to the bytes of a proof and of public inputs; bytes that are no canonical points or numbers are
// refused.
func (w *world) accepts(inputs, proof []byte) bool {
	decoded, err := decode(proof, w.commitments)
	if err != nil {
		return false
	}
	public, err := abi.Elements(inputs)
	if err != nil {
		return false
	}
	// gnark appends the challenges to the vector it is given.
	given := append(make(fr.Vector, 0, len(public)+w.commitments), public...)
	target := solidity.WithVerifierTargetSolidityVerifier(backend.GROTH16)
	return groth16.Verify(decoded, &w.verifying, given, target) == nil
}

// encode is the proof of docs/wire.md section 4, for any number of commitments.
func encode(p *groth16.Proof) []byte {
	out := abi.AppendG1(abi.AppendG2(abi.AppendG1(nil, &p.Ar), &p.Bs), &p.Krs)
	for i := range p.Commitments {
		out = abi.AppendG1(out, &p.Commitments[i])
	}
	return abi.AppendG1(out, &p.CommitmentPok)
}

func decode(from []byte, commitments int) (*groth16.Proof, error) {
	expected := (3+commitments)*abi.G1Bytes + abi.G2Bytes
	if len(from) != expected {
		return nil, fmt.Errorf("proof of %d bytes, expected %d", len(from), expected)
	}
	p := &groth16.Proof{Commitments: make([]curve.G1Affine, commitments)}
	var err error
	if p.Bs, err = abi.G2(from[abi.G1Bytes : abi.G1Bytes+abi.G2Bytes]); err != nil {
		return nil, err
	}
	rest := append(append([]byte(nil), from[:abi.G1Bytes]...), from[abi.G1Bytes+abi.G2Bytes:]...)
	targets := []*curve.G1Affine{&p.Ar, &p.Krs}
	for i := range p.Commitments {
		targets = append(targets, &p.Commitments[i])
	}
	for i, q := range append(targets, &p.CommitmentPok) {
		if *q, err = abi.G1(rest[i*abi.G1Bytes : (i+1)*abi.G1Bytes]); err != nil {
			return nil, err
		}
	}
	return p, nil
}

func times(p curve.G1Affine, k fr.Element) curve.G1Affine {
	var scalar big.Int
	var out curve.G1Affine
	out.ScalarMultiplication(&p, k.BigInt(&scalar))
	return out
}

func plus(p, q curve.G1Affine) curve.G1Affine {
	var out curve.G1Affine
	out.Add(&p, &q)
	return out
}

func minus(p, q curve.G1Affine) curve.G1Affine {
	var out curve.G1Affine
	out.Sub(&p, &q)
	return out
}

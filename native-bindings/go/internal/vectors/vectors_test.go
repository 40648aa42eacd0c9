package vectors

import (
	"encoding/hex"
	"encoding/json"
	"flag"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"testing"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	"golang.org/x/crypto/sha3"

	"io.veilflow/native/internal/abi"
	"io.veilflow/native/internal/verify"
)

// Made again by: go test ./internal/vectors -update
var update = flag.Bool("update", false, "make the vectors again")

const directory = "../../../../contracts/src/test/resources/groth16"

var files = map[int]string{1: "one-commitment.json", 2: "two-commitments.json"}

type vectors struct {
	VerifyingKey string   `json:"verifyingKey"` // docs/wire.md section 4
	KeyDigest    string   `json:"keyDigest"`    // KECCAK(verifyingKey)
	Challenges   []string `json:"challenges"`   // of the commitments of the first case
	Fold         string   `json:"fold"`         // rho of the first case, with two commitments
	Cases        []vector `json:"cases"`        // the first is an honest proof
}

type vector struct {
	Name         string   `json:"name"`
	PublicInputs []string `json:"publicInputs"`
	Proof        string   `json:"proof"`
	Accepted     bool     `json:"accepted"` // by gnark's own verifier
}

func TestEveryVectorGetsGnarksAnswer(t *testing.T) {
	for commitments, name := range files {
		t.Run(name, func(t *testing.T) {
			if *update {
				write(t, commitments)
			}
			content, err := os.ReadFile(filepath.Join(directory, name))
			if err != nil {
				t.Fatal(err)
			}
			var v vectors
			if err := json.Unmarshal(content, &v); err != nil {
				t.Fatal(err)
			}
			key, err := verify.Key(unhex(t, v.VerifyingKey))
			if err != nil {
				t.Fatal(err)
			}
			accepted := 0
			for _, c := range v.Cases {
				if c.Accepted {
					accepted++
				}
				if got := ours(key, inputBytes(t, c), unhex(t, c.Proof)); got != c.Accepted {
					t.Errorf("%s: accepted %v, gnark says %v", c.Name, got, c.Accepted)
				}
			}
			if accepted != 3 || len(v.Cases) < 40 {
				t.Errorf("%d cases, %d of them accepted", len(v.Cases), accepted)
			}
		})
	}
}

// ours is the answer of package verify to the same bytes.
func ours(key *groth16.VerifyingKey, inputs, proof []byte) bool {
	elements, err := abi.Elements(inputs)
	if err != nil {
		return false
	}
	decoded, err := verify.Proof(proof)
	return err == nil && verify.Check(key, decoded, elements) == nil
}

// maker collects cases with gnark's answers.
type maker struct {
	world  *world
	inputs []byte
	cases  []vector
}

func write(t *testing.T, commitments int) {
	t.Helper()
	w, err := newWorld(commitments)
	if err != nil {
		t.Fatal(err)
	}
	inputs, proof, err := w.prove(7)
	if err != nil {
		t.Fatal(err)
	}
	otherInputs, other, err := w.prove(11)
	if err != nil {
		t.Fatal(err)
	}
	m := &maker{world: w, inputs: abi.AppendElements(nil, inputs)}
	m.add("honest", encode(proof))
	m.addFor("honest, another statement", abi.AppendElements(nil, otherInputs), encode(other))
	m.add("-A and -B", encode(changed(proof, func(p *groth16.Proof) {
		p.Ar.Neg(&p.Ar)
		p.Bs.Neg(&p.Bs)
	})))
	m.words(encode(proof))
	m.publicInputs(encode(proof))
	m.parts(proof, other)
	m.commitments(proof)
	m.knowledge(proof)

	challenges := make([]fr.Element, commitments)
	v := vectors{VerifyingKey: hex.EncodeToString(w.key()), Cases: m.cases}
	v.KeyDigest = hex.EncodeToString(keccak(w.key()))
	for i := range challenges {
		challenges[i] = verify.Challenge(&proof.Commitments[i])
		v.Challenges = append(v.Challenges, hex.EncodeToString(challenges[i].Marshal()))
	}
	if commitments == 2 {
		rho := foldChallenge(challenges)
		v.Fold = hex.EncodeToString(rho.Marshal())
	}
	content, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(directory, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(directory, files[commitments]), append(content, '\n'), 0o644); err != nil {
		t.Fatal(err)
	}
}

func (m *maker) add(name string, proof []byte) { m.addFor(name, m.inputs, proof) }

func (m *maker) addFor(name string, inputs, proof []byte) {
	c := vector{Name: name, Proof: hex.EncodeToString(proof), Accepted: m.world.accepts(inputs, proof)}
	for chunk := range slices.Chunk(inputs, fr.Bytes) {
		c.PublicInputs = append(c.PublicInputs, hex.EncodeToString(chunk))
	}
	m.cases = append(m.cases, c)
}

func (m *maker) addProof(name string, honest *groth16.Proof, change func(*groth16.Proof)) {
	m.add(name, encode(changed(honest, change)))
}

// words changes each word of the proof by one and by the field's prime, and lengthens and shortens it.
func (m *maker) words(proof []byte) {
	prime := new(big.Int)
	prime.SetString("21888242871839275222246405745257275088696311157297823662689037894645226208583", 10)
	for at := 0; at < len(proof); at += fr.Bytes {
		one := slices.Clone(proof)
		one[at+fr.Bytes-1] ^= 1
		m.add(fmt.Sprintf("proof word %d changed by one", at/fr.Bytes), one)
		wrapped := slices.Clone(proof)
		word := new(big.Int).SetBytes(proof[at : at+fr.Bytes])
		word.Add(word, prime).FillBytes(wrapped[at : at+fr.Bytes])
		m.add(fmt.Sprintf("proof word %d plus the prime", at/fr.Bytes), wrapped)
	}
	m.add("a byte less", proof[:len(proof)-1])
	m.add("a byte more", append(slices.Clone(proof), 0))
	m.add("no bytes", nil)
}

func (m *maker) publicInputs(proof []byte) {
	for at := 0; at < len(m.inputs); at += fr.Bytes {
		one := slices.Clone(m.inputs)
		one[at+fr.Bytes-1] ^= 1
		m.addFor(fmt.Sprintf("public input %d changed by one", at/fr.Bytes), one, proof)
		wrapped := slices.Clone(m.inputs)
		word := new(big.Int).SetBytes(wrapped[at : at+fr.Bytes])
		word.Add(word, fr.Modulus()).FillBytes(wrapped[at : at+fr.Bytes])
		m.addFor(fmt.Sprintf("public input %d plus the order", at/fr.Bytes), wrapped, proof)
	}
}

// parts replaces each point by its opposite, by the one of another proof, and by the identity.
func (m *maker) parts(honest, other *groth16.Proof) {
	points := func(p *groth16.Proof) []*curve.G1Affine {
		out := []*curve.G1Affine{&p.Ar, &p.Krs, &p.CommitmentPok}
		for i := range p.Commitments {
			out = append(out, &p.Commitments[i])
		}
		return out
	}
	names := []string{"A", "C", "PoK", "D", "D2"}
	for i := range points(honest) {
		m.addProof("-"+names[i], honest, func(p *groth16.Proof) { points(p)[i].Neg(points(p)[i]) })
		m.addProof(names[i]+" of another proof", honest, func(p *groth16.Proof) { *points(p)[i] = *points(other)[i] })
		m.addProof(names[i]+" is the identity", honest, func(p *groth16.Proof) { points(p)[i].SetInfinity() })
	}
	m.addProof("-B", honest, func(p *groth16.Proof) { p.Bs.Neg(&p.Bs) })
	m.addProof("B of another proof", honest, func(p *groth16.Proof) { p.Bs = other.Bs })
	m.add("the proof of another statement", encode(other))
}

// commitments swaps, doubles, drops, adds and moves them.
func (m *maker) commitments(honest *groth16.Proof) {
	m.addProof("2 D", honest, func(p *groth16.Proof) { p.Commitments[0].Double(&p.Commitments[0]) })
	m.addProof("2 D and 2 PoK", honest, func(p *groth16.Proof) {
		p.Commitments[0].Double(&p.Commitments[0])
		p.CommitmentPok.Double(&p.CommitmentPok)
	})
	m.addProof("no commitment", honest, func(p *groth16.Proof) { p.Commitments = nil })
	m.addProof("a commitment more", honest, func(p *groth16.Proof) {
		p.Commitments = append(p.Commitments, p.Commitments[0])
	})
	if m.world.commitments == 1 {
		return
	}
	d, d2 := honest.Commitments[0], honest.Commitments[1]
	for _, c := range []struct {
		name string
		with []curve.G1Affine
	}{
		{"D and D2 swapped", []curve.G1Affine{d2, d}},
		{"D twice", []curve.G1Affine{d, d}},
		{"D2 twice", []curve.G1Affine{d2, d2}},
		{"D dropped", []curve.G1Affine{d2}},
		{"D2 dropped", []curve.G1Affine{d}},
		{"2 D2", []curve.G1Affine{d, plus(d2, d2)}},
		{"the sum in the first", []curve.G1Affine{plus(d, d2), d2}},
		{"a part of D2 moved into D", []curve.G1Affine{
			plus(d, m.world.proving.CommitmentKeys[1].Basis[0]), minus(d2, m.world.proving.CommitmentKeys[1].Basis[0])}},
		{"a part of D moved into D2", []curve.G1Affine{
			minus(d, m.world.proving.CommitmentKeys[0].Basis[0]), plus(d2, m.world.proving.CommitmentKeys[0].Basis[0])}},
	} {
		m.addProof(c.name, honest, func(p *groth16.Proof) { p.Commitments = c.with })
		m.addProof(c.name+", PoK made anew", honest, func(p *groth16.Proof) {
			p.Commitments = c.with
			p.CommitmentPok = m.world.knowledgeOf(c.with)
		})
	}
}

// knowledge folds the proofs of knowledge in wrong ways.
func (m *maker) knowledge(honest *groth16.Proof) {
	pok := func(i int) curve.G1Affine { return times(honest.Commitments[i], m.world.sigmas[i]) }
	if m.world.commitments == 1 {
		m.addProof("2 PoK", honest, func(p *groth16.Proof) { p.CommitmentPok = plus(pok(0), pok(0)) })
		return
	}
	c := []fr.Element{verify.Challenge(&honest.Commitments[0]), verify.Challenge(&honest.Commitments[1])}
	rho, reversed := foldChallenge(c), foldChallenge([]fr.Element{c[1], c[0]})
	for _, wrong := range []struct {
		name  string
		point curve.G1Affine
	}{
		{"only PoK1", pok(0)},
		{"only PoK2", pok(1)},
		{"PoK1 + PoK2", plus(pok(0), pok(1))},
		{"rho PoK1 + PoK2", plus(times(pok(0), rho), pok(1))},
		{"folded with the challenges swapped", plus(pok(0), times(pok(1), reversed))},
		{"folded with the first challenge", plus(pok(0), times(pok(1), c[0]))},
		{"folded with the second challenge", plus(pok(0), times(pok(1), c[1]))},
	} {
		m.addProof("PoK: "+wrong.name, honest, func(p *groth16.Proof) { p.CommitmentPok = wrong.point })
	}
}

// knowledgeOf is the right PoK of any commitments: whoever knows the sigmas can make it.
func (w *world) knowledgeOf(commitments []curve.G1Affine) curve.G1Affine {
	out := times(commitments[0], w.sigmas[0])
	if len(commitments) == 2 {
		rho := foldChallenge([]fr.Element{verify.Challenge(&commitments[0]), verify.Challenge(&commitments[1])})
		out = plus(out, times(times(commitments[1], w.sigmas[1]), rho))
	}
	return out
}

func changed(p *groth16.Proof, change func(*groth16.Proof)) *groth16.Proof {
	out := &groth16.Proof{Ar: p.Ar, Bs: p.Bs, Krs: p.Krs, CommitmentPok: p.CommitmentPok}
	out.Commitments = slices.Clone(p.Commitments)
	change(out)
	return out
}

// foldChallenge is the one with which gnark folds proofs of knowledge.
func foldChallenge(challenges []fr.Element) fr.Element {
	rho, err := fr.Hash(abi.AppendElements(nil, challenges), []byte("G16-BSB22"), 1)
	if err != nil {
		panic(err) // for tags above 255 bytes only
	}
	return rho[0]
}

func keccak(of []byte) []byte {
	h := sha3.NewLegacyKeccak256()
	h.Write(of)
	return h.Sum(nil)
}

func inputBytes(t *testing.T, v vector) []byte {
	t.Helper()
	var out []byte
	for _, in := range v.PublicInputs {
		out = append(out, unhex(t, in)...)
	}
	return out
}

func unhex(t *testing.T, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

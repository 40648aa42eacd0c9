package setup

import (
	"bytes"
	"fmt"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/fft"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/pedersen"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"

	"io.veilflow/native/internal/abi"
	"io.veilflow/native/internal/rulecircuit"
	"io.veilflow/native/internal/verify"
)

// Origin says who could know a key's trapdoor. It begins every proving key; both have the same length.
type Origin string

const (
	// Local: one machine ran the whole setup.
	Local Origin = "veilflow/unsafe-proving-key/2"
	// Ceremony: nobody, if one contributor was honest.
	Ceremony Origin = "veilflow/shared-proving-key/2"
)

// counts are the lengths of a key's vectors; they follow from the circuit.
type counts struct {
	a, b, z, k int
	bases      []int // of each commitment
}

// shape finds which wires stand in a left or right sum: gnark leaves the points of the others out.
func shape(c *rulecircuit.Circuit) (n counts, absentA, absentB []bool) {
	absentA, absentB = make([]bool, c.Wires), make([]bool, c.Wires)
	for i := range absentA {
		absentA[i], absentB[i] = true, true
	}
	for _, r := range c.Rows {
		for _, t := range r.Left {
			absentA[t.Wire] = false
		}
		for _, t := range r.Right {
			absentB[t.Wire] = false
		}
	}
	for i := range absentA {
		if !absentA[i] {
			n.a++
		}
		if !absentB[i] {
			n.b++
		}
	}
	n.z = int(fft.NewDomain(uint64(len(c.Rows)), fft.WithoutPrecompute()).Cardinality) - 1
	n.k = c.Wires - c.Public - len(c.Commitments)
	for _, of := range c.Commitments {
		n.bases = append(n.bases, len(of.Wires))
		n.k -= len(of.Wires)
	}
	return n, absentA, absentB
}

// Encode writes origin || circuit digest || alpha, beta, delta, A, B, Z, K in G1 || beta, delta, B in G2 || of each
// commitment the basis and the basis to its sigma, all points uncompressed, without counts.
func Encode(c *rulecircuit.Circuit, k *Keys) ([]byte, error) {
	pk := k.Proving
	n, absentA, absentB := shape(c)
	fits := len(pk.G1.A) == n.a && len(pk.G1.B) == n.b && len(pk.G2.B) == n.b && len(pk.G1.Z) == n.z && len(pk.G1.K) == n.k &&
		len(pk.CommitmentKeys) == len(n.bases) && equal(pk.InfinityA, absentA) && equal(pk.InfinityB, absentB)
	for i := 0; fits && i < len(n.bases); i++ {
		fits = len(pk.CommitmentKeys[i].Basis) == n.bases[i] && len(pk.CommitmentKeys[i].BasisExpSigma) == n.bases[i]
	}
	if !fits {
		return nil, fmt.Errorf("%w: the setup's key has another shape than the circuit", abi.Internal)
	}
	out := make([]byte, 0, n.bytes())
	out = append(append(out, k.Origin...), c.Digest[:]...)
	for _, p := range []*curve.G1Affine{&pk.G1.Alpha, &pk.G1.Beta, &pk.G1.Delta} {
		out = abi.AppendG1(out, p)
	}
	for _, v := range [][]curve.G1Affine{pk.G1.A, pk.G1.B, pk.G1.Z, pk.G1.K} {
		out = appendPoints(out, v)
	}
	out = abi.AppendG2(abi.AppendG2(out, &pk.G2.Beta), &pk.G2.Delta)
	for i := range pk.G2.B {
		out = abi.AppendG2(out, &pk.G2.B[i])
	}
	for _, of := range pk.CommitmentKeys {
		out = appendPoints(appendPoints(out, of.Basis), of.BasisExpSigma)
	}
	return out, nil
}

// EncodeBasis writes the points that contributors commit with: the book wires' in order, the mask's last.
func EncodeBasis(k *Keys) []byte { return appendPoints(nil, k.Proving.CommitmentKeys[0].Basis) }

// Load reads and checks a key pair for a circuit.
func Load(c *rulecircuit.Circuit, provingKey, verifyingKey []byte) (*Keys, error) {
	n, absentA, absentB := shape(c)
	if len(provingKey) != n.bytes() {
		return nil, fmt.Errorf("%w: proving key of %d bytes, expected %d", abi.InvalidKey, len(provingKey), n.bytes())
	}
	vk, err := verify.Key(verifyingKey)
	if err != nil {
		return nil, err
	}
	commitments := len(c.Commitments)
	if len(vk.CommitmentKeys) != commitments || len(vk.G1.K) != c.Public+commitments {
		return nil, fmt.Errorf("%w: %d public points and %d commitments, the circuit has %d and %d", abi.InvalidKey,
			len(vk.G1.K), len(vk.CommitmentKeys), c.Public+commitments, commitments)
	}
	r := &reader{rest: provingKey}
	origin := Origin(r.take(len(Local)))
	if origin != Local && origin != Ceremony {
		return nil, fmt.Errorf("%w: unknown kind of proving key", abi.InvalidKey)
	}
	if !bytes.Equal(r.take(len(c.Digest)), c.Digest[:]) {
		return nil, fmt.Errorf("%w: the key belongs to another circuit", abi.InvalidKey)
	}
	pk := &groth16.ProvingKey{
		InfinityA: absentA, NbInfinityA: uint64(c.Wires - n.a),
		InfinityB: absentB, NbInfinityB: uint64(c.Wires - n.b),
	}
	head := r.g1(3)
	pk.G1.A, pk.G1.B, pk.G1.Z, pk.G1.K = r.g1(n.a), r.g1(n.b), r.g1(n.z), r.g1(n.k)
	ends := r.g2(2)
	pk.G2.B = r.g2(n.b)
	for _, size := range n.bases {
		pk.CommitmentKeys = append(pk.CommitmentKeys, pedersen.ProvingKey{Basis: r.g1(size), BasisExpSigma: r.g1(size)})
	}
	if r.failure != nil {
		return nil, fmt.Errorf("%w: %w", abi.InvalidKey, r.failure)
	}
	pk.G1.Alpha, pk.G1.Beta, pk.G1.Delta = head[0], head[1], head[2]
	pk.G2.Beta, pk.G2.Delta = ends[0], ends[1]
	pk.Domain = *fft.NewDomain(uint64(len(c.Rows)))
	k := &Keys{Origin: origin, Proving: pk, Verifying: vk}
	return k, k.check()
}

func (n counts) bytes() int {
	g1 := 3 + n.a + n.b + n.z + n.k
	for _, size := range n.bases {
		g1 += 2 * size
	}
	return len(Local) + 32 + g1*abi.G1Bytes + (2+n.b)*abi.G2Bytes
}

func appendPoints(to []byte, points []curve.G1Affine) []byte {
	for i := range points {
		to = abi.AppendG1(to, &points[i])
	}
	return to
}

func equal(x, y []bool) bool {
	for i := range x {
		if i >= len(y) || x[i] != y[i] {
			return false
		}
	}
	return len(x) == len(y)
}

// reader takes points in order; after the first failure it yields nothing more.
type reader struct {
	rest    []byte
	failure error
}

// take is only called for bytes whose total length was checked before.
func (r *reader) take(n int) []byte {
	out := r.rest[:n]
	r.rest = r.rest[n:]
	return out
}

func (r *reader) g1(n int) []curve.G1Affine { return points(r, n, abi.G1Bytes, abi.G1) }

func (r *reader) g2(n int) []curve.G2Affine { return points(r, n, abi.G2Bytes, abi.G2) }

func points[P any](r *reader, n, size int, decode func([]byte) (P, error)) []P {
	from := r.take(n * size)
	if r.failure != nil {
		return nil
	}
	out := make([]P, n)
	r.failure = abi.Parallel(n, func(start, end int) error {
		for i := start; i < end; i++ {
			var err error
			if out[i], err = decode(from[i*size : (i+1)*size]); err != nil {
				return fmt.Errorf("point %d of its group: %w", i, err)
			}
		}
		return nil
	})
	return out
}

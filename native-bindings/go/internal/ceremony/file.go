package ceremony

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/fft"
	"github.com/consensys/gnark/backend/groth16/bn254/mpcsetup"

	"io.veilflow/native/internal/abi"
	"io.veilflow/native/internal/rulecircuit"
)

// A file is label || circuit digest || gnark's bytes of the phase. gnark's reader takes memory for whatever length a file
// claims, so all lengths, which follow from the circuit, are held against the bytes before it sees them (THREATS E11).
const (
	firstLabel  = "veilflow/ceremony-1/1"
	secondLabel = "veilflow/ceremony-2/1"
	labelBytes  = len(firstLabel)
	headBytes   = labelBytes + 32

	g1Bytes        = curve.SizeOfG1AffineCompressed
	g2Bytes        = curve.SizeOfG2AffineCompressed
	proofBytes     = g1Bytes + g2Bytes // of one update
	challengeBytes = 32
)

// length is a length field that a file must have at a place.
type length struct {
	at, bytes int
	value     uint64
}

// frame is the form of a phase's bytes: its size without the challenge, and its length fields.
type frame struct {
	size    int
	lengths []length
}

// domain is the number of powers, the next power of two.
func domain(c *rulecircuit.Circuit) uint64 {
	return fft.NewDomain(uint64(len(c.Rows)), fft.WithoutPrecompute()).Cardinality
}

// firstFrame: proofs of tau, alpha, beta; u64 N; beta in G2; 2N-2 and N-1 powers of tau; N each of beta*tau^i and alpha*tau^i.
func firstFrame(c *rulecircuit.Circuit) frame {
	n := int(domain(c))
	return frame{
		size:    3*proofBytes + 8 + g2Bytes + (2*n-2)*g1Bytes + (n-1)*g2Bytes + 2*n*g1Bytes,
		lengths: []length{{3 * proofBytes, 8, uint64(n)}},
	}
}

// secondFrame: u16 commitments; delta; K and Z with u32 lengths; delta in G2; of each commitment the basis to its sigma with a
// u32 length; the sigmas in G2; proofs of delta and of each sigma.
func secondFrame(c *rulecircuit.Circuit) frame {
	commitments := len(c.Commitments)
	f := frame{size: 2, lengths: []length{{0, 2, uint64(commitments)}}}
	vector := func(n int) {
		f.lengths = append(f.lengths, length{f.size, 4, uint64(n)})
		f.size += 4 + n*g1Bytes
	}
	private := c.Wires - c.Public - commitments
	for _, of := range c.Commitments {
		private -= len(of.Wires)
	}
	f.size += g1Bytes
	vector(private)
	vector(int(domain(c)) - 1)
	f.size += g2Bytes
	for _, of := range c.Commitments {
		vector(len(of.Wires))
	}
	f.size += commitments*g2Bytes + (1+commitments)*proofBytes
	return f
}

// check holds bytes against the frame; the challenge at the end is empty in a phase's first file and a hash in all others.
func (f frame) check(b []byte) (first bool, err error) {
	switch len(b) {
	case f.size + 1:
		first = true
	case f.size + 1 + challengeBytes:
	default:
		return false, fmt.Errorf("%d bytes, expected %d or %d", len(b), f.size+1, f.size+1+challengeBytes)
	}
	if want := len(b) - f.size - 1; int(b[f.size]) != want {
		return false, fmt.Errorf("a challenge of %d bytes, expected %d", b[f.size], want)
	}
	for _, l := range f.lengths {
		var given [8]byte
		copy(given[8-l.bytes:], b[l.at:l.at+l.bytes])
		if v := binary.BigEndian.Uint64(given[:]); v != l.value {
			return false, fmt.Errorf("length %d at byte %d, expected %d", v, l.at, l.value)
		}
	}
	return first, nil
}

// file is a read contribution; exactly one of the phases is there.
type file struct {
	first  *mpcsetup.Phase1
	second *mpcsetup.Phase2
	begins bool // the first file of its phase, which nobody contributed to
}

// read checks label, circuit, lengths and every point.
func read(c *rulecircuit.Circuit, b []byte) (*file, error) {
	if len(b) < headBytes || !bytes.Equal(b[labelBytes:headBytes], c.Digest[:]) {
		return nil, fmt.Errorf("%w: no contribution for this circuit", abi.InvalidKey)
	}
	out := &file{}
	var phase interface {
		io.ReaderFrom
		io.WriterTo
	}
	var form frame
	switch string(b[:labelBytes]) {
	case firstLabel:
		out.first = &mpcsetup.Phase1{}
		phase, form = out.first, firstFrame(c)
	case secondLabel:
		out.second = &mpcsetup.Phase2{}
		phase, form = out.second, secondFrame(c)
	default:
		return nil, fmt.Errorf("%w: no contribution", abi.InvalidKey)
	}
	body := b[headBytes:]
	var err error
	if out.begins, err = form.check(body); err != nil {
		return nil, fmt.Errorf("%w: contribution: %w", abi.InvalidKey, err)
	}
	if _, err := phase.ReadFrom(bytes.NewReader(body)); err != nil {
		return nil, fmt.Errorf("%w: contribution: %w", abi.InvalidKey, err)
	}
	again, err := write(c, string(b[:labelBytes]), phase)
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(again, b) {
		return nil, fmt.Errorf("%w: contribution: another form of the same points", abi.InvalidKey)
	}
	return out, nil
}

func write(c *rulecircuit.Circuit, label string, phase io.WriterTo) ([]byte, error) {
	var out bytes.Buffer
	out.WriteString(label)
	out.Write(c.Digest[:])
	if _, err := phase.WriteTo(&out); err != nil {
		return nil, fmt.Errorf("%w: contribution: %w", abi.Internal, err)
	}
	return out.Bytes(), nil
}

package abi

import (
	"fmt"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// Bytes of one encoded value.
const (
	ElementBytes = fr.Bytes
	G1Bytes      = 2 * fp.Bytes
	G2Bytes      = 4 * fp.Bytes
)

// ProofBytes is the length of a proof with so many commitments.
func ProofBytes(commitments int) int { return (3+commitments)*G1Bytes + G2Bytes }

// PutElement writes 32 bytes big-endian.
func PutElement(to []byte, x *fr.Element) {
	b := x.Bytes()
	copy(to[:ElementBytes], b[:])
}

// Elements reads a vector of canonical elements.
func Elements(from []byte) ([]fr.Element, error) {
	if len(from)%ElementBytes != 0 {
		return nil, fmt.Errorf("%w: %d bytes are no vector of field elements", InvalidArgument, len(from))
	}
	out := make([]fr.Element, len(from)/ElementBytes)
	for i := range out {
		if err := out[i].SetBytesCanonical(from[i*ElementBytes : (i+1)*ElementBytes]); err != nil {
			clear(out)
			return nil, fmt.Errorf("%w: element %d is not below the modulus", InvalidArgument, i)
		}
	}
	return out, nil
}

// AppendElements appends 32 bytes for each element.
func AppendElements(to []byte, xs []fr.Element) []byte {
	for i := range xs {
		b := xs[i].Bytes()
		to = append(to, b[:]...)
	}
	return to
}

// AppendG1 appends x || y; the identity is 64 zero bytes.
func AppendG1(to []byte, p *curve.G1Affine) []byte {
	return appendCoordinates(to, &p.X, &p.Y)
}

// AppendG2 appends x.c1 || x.c0 || y.c1 || y.c0, the order of the EVM.
func AppendG2(to []byte, p *curve.G2Affine) []byte {
	return appendCoordinates(to, &p.X.A1, &p.X.A0, &p.Y.A1, &p.Y.A0)
}

// G1 reads a point other than the identity, on the curve (whose order is prime).
func G1(from []byte) (curve.G1Affine, error) {
	var p curve.G1Affine
	if len(from) != G1Bytes {
		return p, fmt.Errorf("%w: %d bytes for a point of G1", InvalidPoint, len(from))
	}
	if err := readCoordinates(from, &p.X, &p.Y); err != nil {
		return p, err
	}
	if p.IsInfinity() {
		return p, fmt.Errorf("%w: identity of G1", InvalidPoint)
	}
	if !p.IsInSubGroup() { // checks the curve too
		return p, fmt.Errorf("%w: not on G1", InvalidPoint)
	}
	return p, nil
}

// G2 reads a point other than the identity, on the twist and in the subgroup.
func G2(from []byte) (curve.G2Affine, error) {
	var p curve.G2Affine
	if len(from) != G2Bytes {
		return p, fmt.Errorf("%w: %d bytes for a point of G2", InvalidPoint, len(from))
	}
	if err := readCoordinates(from, &p.X.A1, &p.X.A0, &p.Y.A1, &p.Y.A0); err != nil {
		return p, err
	}
	if p.IsInfinity() {
		return p, fmt.Errorf("%w: identity of G2", InvalidPoint)
	}
	if !p.IsInSubGroup() { // checks the curve too
		return p, fmt.Errorf("%w: not on G2", InvalidPoint)
	}
	return p, nil
}

func appendCoordinates(to []byte, coordinates ...*fp.Element) []byte {
	for _, c := range coordinates {
		b := c.Bytes()
		to = append(to, b[:]...)
	}
	return to
}

func readCoordinates(from []byte, coordinates ...*fp.Element) error {
	for i, c := range coordinates {
		if err := c.SetBytesCanonical(from[i*fp.Bytes : (i+1)*fp.Bytes]); err != nil {
			return fmt.Errorf("%w: coordinate %d is not below the modulus", InvalidPoint, i)
		}
	}
	return nil
}

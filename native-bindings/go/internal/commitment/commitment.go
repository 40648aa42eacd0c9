// Package commitment adds points of G1 for whoever owns the scalars: a contributor's component commitments, a holder's
// check of them, the sum over a manifest. Points come as 64 bytes each and are checked; the identity is refused as an
// input and is 64 zero bytes as a result.
package commitment

import (
	"fmt"
	"math/big"

	"github.com/consensys/gnark-crypto/ecc"
	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"io.veilflow/native/internal/abi"
)

// fewPoints is the most that are multiplied one by one.
const fewPoints = 5

// Commit is the sum of scalar_i times point_i.
func Commit(points, scalars []byte) ([]byte, error) {
	bases, err := Points(points)
	if err != nil {
		return nil, err
	}
	factors, err := abi.Elements(scalars)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", abi.InvalidWitness, err)
	}
	defer clear(factors)
	if len(factors) != len(bases) {
		return nil, fmt.Errorf("%w: %d scalars for %d points", abi.InvalidArgument, len(factors), len(bases))
	}
	if len(bases) <= fewPoints {
		return abi.AppendG1(nil, oneByOne(bases, factors)), nil
	}
	var sum curve.G1Affine
	if _, err := sum.MultiExp(bases, factors, ecc.MultiExpConfig{}); err != nil {
		return nil, fmt.Errorf("%w: %w", abi.Internal, err)
	}
	return abi.AppendG1(nil, &sum), nil
}

// oneByOne is for small books: buckets, and goroutines to fill them, cost more than they save.
func oneByOne(bases []curve.G1Affine, factors []fr.Element) *curve.G1Affine {
	var sum curve.G1Jac
	var factor big.Int
	for i := range bases {
		var base, product curve.G1Jac
		base.FromAffine(&bases[i])
		product.ScalarMultiplication(&base, factors[i].BigInt(&factor))
		sum.AddAssign(&product)
	}
	clear(factor.Bits())
	var out curve.G1Affine
	return out.FromJacobian(&sum)
}

// Add is the sum of the points.
func Add(points []byte) ([]byte, error) {
	terms, err := Points(points)
	if err != nil {
		return nil, err
	}
	var sum curve.G1Jac
	for i := range terms {
		sum.AddMixed(&terms[i])
	}
	var out curve.G1Affine
	out.FromJacobian(&sum)
	return abi.AppendG1(nil, &out), nil
}

// Points reads n times 64 bytes.
func Points(from []byte) ([]curve.G1Affine, error) {
	if len(from)%abi.G1Bytes != 0 {
		return nil, fmt.Errorf("%w: %d bytes are no list of points", abi.InvalidArgument, len(from))
	}
	out := make([]curve.G1Affine, len(from)/abi.G1Bytes)
	for i := range out {
		var err error
		if out[i], err = abi.G1(from[i*abi.G1Bytes : (i+1)*abi.G1Bytes]); err != nil {
			return nil, fmt.Errorf("point %d: %w", i, err)
		}
	}
	return out, nil
}

package commitment_test

import (
	"bytes"
	"errors"
	"math/big"
	"strconv"
	"testing"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"io.veilflow/native/internal/abi"
	"io.veilflow/native/internal/commitment"
)

func multiple(k int64) []byte {
	_, _, g1, _ := curve.Generators()
	var p curve.G1Affine
	p.ScalarMultiplication(&g1, big.NewInt(k))
	return abi.AppendG1(nil, &p)
}

func scalars(values ...int64) []byte {
	out := make([]fr.Element, len(values))
	for i, v := range values {
		out[i].SetInt64(v)
	}
	return abi.AppendElements(nil, out)
}

func TestCommitAndAddAreLinear(t *testing.T) {
	got, err := commitment.Commit(append(multiple(3), multiple(5)...), scalars(7, -2))
	if err != nil || !bytes.Equal(got, multiple(11)) {
		t.Errorf("3*7 - 5*2: %v", err)
	}
	got, err = commitment.Add(append(multiple(3), multiple(5)...))
	if err != nil || !bytes.Equal(got, multiple(8)) {
		t.Errorf("3 + 5: %v", err)
	}
	got, err = commitment.Add(append(multiple(3), multiple(-3)...))
	if err != nil || !bytes.Equal(got, make([]byte, 64)) {
		t.Errorf("3 - 3: %v", err)
	}
}

func TestFewPointsAndManyGiveTheSameSum(t *testing.T) {
	var points []byte
	var factors []int64
	sum := int64(0)
	for n := int64(1); n <= 20; n++ {
		factor := (n - 3) * (1_000_003 - n)
		points = append(points, multiple(n*n)...)
		factors = append(factors, factor)
		sum += n * n * factor
		got, err := commitment.Commit(points, scalars(factors...))
		if err != nil || !bytes.Equal(got, multiple(sum)) {
			t.Errorf("%d points: %v", n, err)
		}
	}
	got, err := commitment.Commit(append(multiple(3), multiple(5)...), scalars(5, -3))
	if err != nil || !bytes.Equal(got, make([]byte, 64)) {
		t.Errorf("3*5 - 5*3: %v", err)
	}
}

// A book of one slot, and one of many.
func BenchmarkCommit(b *testing.B) {
	for _, n := range []int{2, 5, 64} {
		points := bytes.Repeat(multiple(7), n)
		factors := make([]fr.Element, n)
		for i := range factors {
			factors[i].MustSetRandom()
		}
		encoded := abi.AppendElements(nil, factors)
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			for b.Loop() {
				if _, err := commitment.Commit(points, encoded); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func TestMalformedPointsAndScalarsAreRefused(t *testing.T) {
	off := multiple(1)
	off[63] ^= 1
	for name, points := range map[string][]byte{"identity": make([]byte, 64), "off the curve": off, "above p": bytes.Repeat([]byte{0xff}, 64)} {
		if _, err := commitment.Add(points); !errors.Is(err, abi.InvalidPoint) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := commitment.Commit(multiple(1), bytes.Repeat([]byte{0xff}, 32)); !errors.Is(err, abi.InvalidWitness) {
		t.Errorf("scalar above r: %v", err)
	}
	if _, err := commitment.Commit(multiple(1), scalars(1, 2)); !errors.Is(err, abi.InvalidArgument) {
		t.Errorf("two scalars for a point: %v", err)
	}
	if _, err := commitment.Add(multiple(1)[:63]); !errors.Is(err, abi.InvalidArgument) {
		t.Errorf("63 bytes: %v", err)
	}
}

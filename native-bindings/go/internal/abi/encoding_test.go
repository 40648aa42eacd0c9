package abi_test

import (
	"bytes"
	"errors"
	"testing"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"io.veilflow/native/internal/abi"
)

// THREATS E14: one encoding per value, near the modulus too.
func TestElementsHaveOneEncoding(t *testing.T) {
	minusOne := fr.NewElement(1)
	minusOne.Neg(&minusOne)
	values := []fr.Element{{}, fr.NewElement(1), minusOne}
	encoded := abi.AppendElements(nil, values)
	decoded, err := abi.Elements(encoded)
	if err != nil || len(decoded) != 3 || !decoded[2].Equal(&minusOne) {
		t.Fatalf("%v", err)
	}
	modulus := fr.Modulus().Bytes()
	for name, b := range map[string][]byte{"r": modulus, "2^256 - 1": bytes.Repeat([]byte{0xff}, 32), "31 bytes": encoded[:31]} {
		if _, err := abi.Elements(b); !errors.Is(err, abi.InvalidArgument) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if none, err := abi.Elements(nil); err != nil || len(none) != 0 {
		t.Errorf("no element: %v", err)
	}
}

func TestPointsAreInTheOrderOfTheEVM(t *testing.T) {
	_, _, g1, g2 := curve.Generators()
	b := abi.AppendG1(nil, &g1)
	if len(b) != 64 || b[31] != 1 || b[63] != 2 {
		t.Errorf("generator of G1: %x", b)
	}
	b = abi.AppendG2(nil, &g2)
	imaginary := g2.X.A1.Bytes()
	if len(b) != 128 || !bytes.Equal(b[:32], imaginary[:]) {
		t.Errorf("generator of G2: %x", b)
	}
	if p, err := abi.G2(b); err != nil || !p.Equal(&g2) {
		t.Errorf("%v", err)
	}
}

func TestTheIdentityIsWrittenAsZerosAndNeverRead(t *testing.T) {
	if b := abi.AppendG1(nil, &curve.G1Affine{}); !bytes.Equal(b, make([]byte, 64)) {
		t.Errorf("%x", b)
	}
	if _, err := abi.G1(make([]byte, 64)); !errors.Is(err, abi.InvalidPoint) {
		t.Errorf("G1: %v", err)
	}
	if _, err := abi.G2(make([]byte, 128)); !errors.Is(err, abi.InvalidPoint) {
		t.Errorf("G2: %v", err)
	}
}

func TestStatusOfAnError(t *testing.T) {
	for want, err := range map[abi.Status]error{
		abi.OK: nil, abi.Internal: errors.New("unforeseen"), abi.InvalidKey: errors.Join(errors.New("a"), abi.InvalidKey),
	} {
		if got := abi.StatusOf(err); got != want {
			t.Errorf("%v: %v", err, got)
		}
	}
}

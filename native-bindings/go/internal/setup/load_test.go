package setup_test

import (
	"bytes"
	"errors"
	"runtime"
	"sync"
	"testing"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"

	"io.veilflow/native/internal/abi"
	"io.veilflow/native/internal/rulecircuit"
	"io.veilflow/native/internal/ruletest"
	"io.veilflow/native/internal/setup"
	"io.veilflow/native/internal/verify"
)

// The layout of a proving key: label and circuit digest, then points.
const headBytes = len(setup.Local) + 32

type keyPair struct {
	circuit            *rulecircuit.Circuit
	proving, verifying []byte
}

var sharedKeys = sync.OnceValues(func() (*keyPair, error) {
	c, err := rulecircuit.Compile(ruletest.MarketHealth(1, 1))
	if err != nil {
		return nil, err
	}
	keys, err := setup.Unsafe(c)
	if err != nil {
		return nil, err
	}
	proving, err := setup.Encode(c, keys)
	return &keyPair{c, proving, verify.AppendKey(nil, keys.Verifying)}, err
})

func keys(t *testing.T) (*rulecircuit.Circuit, []byte, []byte) {
	t.Helper()
	k, err := sharedKeys()
	if err != nil {
		t.Fatal(err)
	}
	return k.circuit, bytes.Clone(k.proving), bytes.Clone(k.verifying)
}

func TestAKeyLoadsAsItWasWritten(t *testing.T) {
	c, proving, verifying := keys(t)
	loaded, err := setup.Load(c, proving, verifying)
	if err != nil {
		t.Fatal(err)
	}
	again, err := setup.Encode(c, loaded)
	if err != nil || !bytes.Equal(again, proving) || !bytes.Equal(verify.AppendKey(nil, loaded.Verifying), verifying) {
		t.Errorf("written again it differs: %v", err)
	}
	if !loaded.Verifying.CommitmentKeys[0].G.Equal(&loaded.Verifying.G2.Gamma) {
		t.Error("the Pedersen point is not gamma")
	}
}

// THREATS E10, E22.
func TestWeakAndMalformedVerifyingKeysAreRefused(t *testing.T) {
	const alpha, beta, gamma, delta, sigma, k0 = 1, 65, 193, 321, 449, 577
	_, _, g1, g2 := curve.Generators()
	cases := map[string]func(v []byte) []byte{
		"delta equals gamma":      func(v []byte) []byte { copy(v[delta:], v[gamma:gamma+128]); return v },
		"delta is the generator":  func(v []byte) []byte { copy(v[delta:], abi.AppendG2(nil, &g2)); return v },
		"gamma at infinity":       func(v []byte) []byte { clear(v[gamma : gamma+128]); return v },
		"delta at infinity":       func(v []byte) []byte { clear(v[delta : delta+128]); return v },
		"alpha at infinity":       func(v []byte) []byte { clear(v[alpha:beta]); return v },
		"K_0 at infinity":         func(v []byte) []byte { clear(v[k0 : k0+64]); return v },
		"last K at infinity":      func(v []byte) []byte { clear(v[len(v)-64:]); return v },
		"beta off the curve":      func(v []byte) []byte { v[beta+127] ^= 1; return v },
		"beta off the subgroup":   func(v []byte) []byte { copy(v[beta:], offSubgroup(t)); return v },
		"another sigma":           func(v []byte) []byte { copy(v[sigma:], abi.AppendG2(nil, &g2)); return v },
		"another alpha":           func(v []byte) []byte { copy(v[alpha:], abi.AppendG1(nil, &g1)); return v },
		"one K more":              func(v []byte) []byte { return append(v, v[k0:k0+64]...) },
		"one K less":              func(v []byte) []byte { return v[:len(v)-64] },
		"one byte less":           func(v []byte) []byte { return v[:len(v)-1] },
		"nothing":                 func([]byte) []byte { return nil },
		"a million bytes of zero": func([]byte) []byte { return make([]byte, 1<<20) },
	}
	for name, change := range cases {
		c, proving, verifying := keys(t)
		if _, err := setup.Load(c, proving, change(verifying)); !errors.Is(err, abi.InvalidKey) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestMalformedProvingKeysAreRefused(t *testing.T) {
	_, _, g1, _ := curve.Generators()
	basisEnd := func(p []byte, c *rulecircuit.Circuit) int {
		return len(p) - len(c.Commitments[len(c.Commitments)-1].Wires)*64
	}
	cases := map[string]func(c *rulecircuit.Circuit, p []byte) []byte{
		"another label":   func(_ *rulecircuit.Circuit, p []byte) []byte { p[0] ^= 1; return p },
		"another circuit": func(_ *rulecircuit.Circuit, p []byte) []byte { p[headBytes-1] ^= 1; return p },
		"identity":        func(_ *rulecircuit.Circuit, p []byte) []byte { clear(p[headBytes+192 : headBytes+256]); return p },
		"off the curve":   func(_ *rulecircuit.Circuit, p []byte) []byte { p[headBytes+63] ^= 1; return p },
		"another delta": func(_ *rulecircuit.Circuit, p []byte) []byte {
			copy(p[headBytes+128:], abi.AppendG1(nil, &g1))
			return p
		},
		"B of another setup": func(c *rulecircuit.Circuit, p []byte) []byte { return swapInB(c, p) },
		"basis to another sigma": func(c *rulecircuit.Circuit, p []byte) []byte {
			copy(p[basisEnd(p, c):], abi.AppendG1(nil, &g1))
			return p
		},
		"a basis point twice": func(c *rulecircuit.Circuit, p []byte) []byte {
			start := basisEnd(p, c) - len(c.Commitments[len(c.Commitments)-1].Wires)*64
			copy(p[start+64:], p[start:start+64])
			return p
		},
		"longer": func(_ *rulecircuit.Circuit, p []byte) []byte { return append(p, 0) },
	}
	for name, change := range cases {
		c, proving, verifying := keys(t)
		if _, err := setup.Load(c, change(c, proving), verifying); !errors.Is(err, abi.InvalidKey) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// swapInB exchanges two neighbouring points of B in G1, so that B in G2 no longer agrees.
func swapInB(c *rulecircuit.Circuit, p []byte) []byte {
	inLeft := map[uint32]bool{}
	for _, r := range c.Rows {
		for _, t := range r.Left {
			inLeft[t.Wire] = true
		}
	}
	at := headBytes + (3+len(inLeft))*64
	first := bytes.Clone(p[at : at+64])
	copy(p[at:], p[at+64:at+128])
	copy(p[at+64:], first)
	return p
}

// THREATS E11: cut keys are refused, and nothing is taken from a length that a file claims.
func TestKeysCutAnywhereAreRefusedInBoundedMemory(t *testing.T) {
	c, proving, verifying := keys(t)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for cut := 0; cut < len(proving); cut += 997 {
		if _, err := setup.Load(c, proving[:cut], verifying); !errors.Is(err, abi.InvalidKey) {
			t.Fatalf("cut at %d: %v", cut, err)
		}
	}
	runtime.ReadMemStats(&after)
	if taken := after.TotalAlloc - before.TotalAlloc; taken > 1<<30 {
		t.Errorf("%d bytes taken for cut keys", taken)
	}
	for cut := 0; cut < len(verifying); cut++ {
		if _, err := verify.Key(verifying[:cut]); !errors.Is(err, abi.InvalidKey) && cut != len(verifying)-64*((len(verifying)-cut)/64) {
			t.Fatalf("cut at %d: %v", cut, err)
		}
	}
}

// offSubgroup is a point of the twist that is not in the subgroup of order r.
func offSubgroup(t *testing.T) []byte {
	t.Helper()
	var p curve.G2Affine
	_, _, _, g2 := curve.Generators()
	// y^2 = x^3 + b on the twist: take b from the generator and try small x.
	var b, x, right = g2.Y, g2.X, g2.X
	b.Square(&g2.Y)
	right.Square(&g2.X).Mul(&right, &g2.X)
	b.Sub(&b, &right)
	x.SetOne()
	for k := 0; k < 1000; k++ {
		right.Square(&x).Mul(&right, &x).Add(&right, &b)
		if right.Legendre() == 1 {
			p.X = x
			p.Y.Sqrt(&right)
			if p.IsOnCurve() && !p.IsInSubGroup() {
				return abi.AppendG2(nil, &p)
			}
		}
		one := x
		one.SetOne()
		x.Add(&x, &one)
	}
	t.Fatal("no point found")
	return nil
}

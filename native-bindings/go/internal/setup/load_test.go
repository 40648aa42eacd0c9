package setup_test

import (
	"bytes"
	"errors"
	"fmt"
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

// sharedKeys are of market health by bits and, with two commitments, by limbs.
var sharedKeys = sync.OnceValues(func() ([]keyPair, error) {
	var out []keyPair
	for _, limbBits := range []int{0, 5} {
		c, err := rulecircuit.Compile(ruletest.MarketHealthByLimbs(1, 1, limbBits))
		if err != nil {
			return nil, err
		}
		keys, err := setup.Unsafe(c)
		if err != nil {
			return nil, err
		}
		proving, err := setup.Encode(c, keys)
		if err != nil {
			return nil, err
		}
		out = append(out, keyPair{c, proving, verify.AppendKey(nil, keys.Verifying)})
	}
	return out, nil
})

// each runs a test with keys of one and of two commitments; the pair's slices are the test's own.
func each(t *testing.T, test func(t *testing.T, k keyPair)) {
	t.Helper()
	pairs, err := sharedKeys()
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range pairs {
		t.Run(fmt.Sprintf("%d commitments", len(k.circuit.Commitments)), func(t *testing.T) { test(t, k) })
	}
}

func (k keyPair) copies() (proving, verifying []byte) {
	return bytes.Clone(k.proving), bytes.Clone(k.verifying)
}

func TestAKeyLoadsAsItWasWritten(t *testing.T) {
	each(t, func(t *testing.T, k keyPair) {
		loaded, err := setup.Load(k.circuit, k.proving, k.verifying)
		if err != nil {
			t.Fatal(err)
		}
		again, err := setup.Encode(k.circuit, loaded)
		if err != nil || !bytes.Equal(again, k.proving) || !bytes.Equal(verify.AppendKey(nil, loaded.Verifying), k.verifying) {
			t.Errorf("written again it differs: %v", err)
		}
		if loaded.Origin != setup.Local {
			t.Errorf("a local setup says %q", loaded.Origin)
		}
		for i, of := range loaded.Verifying.CommitmentKeys {
			if !of.G.Equal(&loaded.Verifying.G2.Gamma) {
				t.Errorf("the Pedersen point of commitment %d is not gamma", i)
			}
		}
	})
}

// Places in a verifying key; the sigmas of one or two commitments are followed by the K.
const alpha, beta, gamma, delta, sigma = 1, 65, 193, 321, 449

// THREATS E10, E15, E22.
func TestE10WeakAndMalformedVerifyingKeysAreRefused(t *testing.T) {
	_, _, g1, g2 := curve.Generators()
	each(t, func(t *testing.T, k keyPair) {
		k0 := sigma + 128*len(k.circuit.Commitments)
		cases := map[string]func(v []byte) []byte{
			"delta equals gamma":     func(v []byte) []byte { copy(v[delta:], v[gamma:gamma+128]); return v },
			"delta is the generator": func(v []byte) []byte { copy(v[delta:], abi.AppendG2(nil, &g2)); return v },
			"gamma at infinity":      func(v []byte) []byte { clear(v[gamma : gamma+128]); return v },
			"delta at infinity":      func(v []byte) []byte { clear(v[delta : delta+128]); return v },
			"alpha at infinity":      func(v []byte) []byte { clear(v[alpha:beta]); return v },
			"sigma at infinity":      func(v []byte) []byte { clear(v[k0-128 : k0]); return v },
			"K_0 at infinity":        func(v []byte) []byte { clear(v[k0 : k0+64]); return v },
			"last K at infinity":     func(v []byte) []byte { clear(v[len(v)-64:]); return v },
			"beta off the curve":     func(v []byte) []byte { v[beta+127] ^= 1; return v },
			"beta off the subgroup":  func(v []byte) []byte { copy(v[beta:], offSubgroup(t)); return v },
			"another first sigma":    func(v []byte) []byte { copy(v[sigma:], abi.AppendG2(nil, &g2)); return v },
			"another last sigma":     func(v []byte) []byte { copy(v[k0-128:], abi.AppendG2(nil, &g2)); return v },
			"another alpha":          func(v []byte) []byte { copy(v[alpha:], abi.AppendG1(nil, &g1)); return v },
			"no commitment":          func(v []byte) []byte { v[0] = 0; return v },
			"another count":          func(v []byte) []byte { v[0] = 3 - v[0]; return v },
			"three commitments":      func(v []byte) []byte { v[0] = 3; return v },
			"one K more":             func(v []byte) []byte { return append(v, v[k0:k0+64]...) },
			"one K less":             func(v []byte) []byte { return v[:len(v)-64] },
			"one byte less":          func(v []byte) []byte { return v[:len(v)-1] },
			"nothing":                func([]byte) []byte { return nil },
		}
		for name, change := range cases {
			proving, verifying := k.copies()
			if _, err := setup.Load(k.circuit, proving, change(verifying)); !errors.Is(err, abi.InvalidKey) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

func TestE10MalformedProvingKeysAreRefused(t *testing.T) {
	_, _, g1, _ := curve.Generators()
	each(t, func(t *testing.T, k keyPair) {
		last := len(k.circuit.Commitments[len(k.circuit.Commitments)-1].Wires) * 64 // bytes of the last basis
		cases := map[string]func(p []byte) []byte{
			"another label":       func(p []byte) []byte { p[0] ^= 1; return p },
			"another circuit":     func(p []byte) []byte { p[headBytes-1] ^= 1; return p },
			"identity":            func(p []byte) []byte { clear(p[headBytes+192 : headBytes+256]); return p },
			"off the curve":       func(p []byte) []byte { p[headBytes+63] ^= 1; return p },
			"another delta":       func(p []byte) []byte { copy(p[headBytes+128:], abi.AppendG1(nil, &g1)); return p },
			"B of another setup":  func(p []byte) []byte { return swapInB(k.circuit, p) },
			"basis to no sigma":   func(p []byte) []byte { copy(p[len(p)-last:], abi.AppendG1(nil, &g1)); return p },
			"a basis point twice": func(p []byte) []byte { at := len(p) - 2*last; copy(p[at+64:], p[at:at+64]); return p },
			"a basis point of infinity": func(p []byte) []byte {
				clear(p[len(p)-2*last : len(p)-2*last+64])
				return p
			},
			"longer": func(p []byte) []byte { return append(p, 0) },
		}
		for name, change := range cases {
			proving, verifying := k.copies()
			if _, err := setup.Load(k.circuit, change(proving), verifying); !errors.Is(err, abi.InvalidKey) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

// A basis point may not stand in both bases either: the two commitments would not be independent.
func TestE22APointOfBothBasesIsRefused(t *testing.T) {
	pairs, err := sharedKeys()
	if err != nil {
		t.Fatal(err)
	}
	k := pairs[1]
	proving, verifying := k.copies()
	second := len(proving) - 2*64*len(k.circuit.Commitments[1].Wires)
	first := second - 2*64*len(k.circuit.Commitments[0].Wires)
	copy(proving[second:], proving[first:first+64])
	if _, err := setup.Load(k.circuit, proving, verifying); !errors.Is(err, abi.InvalidKey) {
		t.Errorf("%v", err)
	}
}

func TestKeysOfOneAndTwoCommitmentsAreNotExchanged(t *testing.T) {
	pairs, err := sharedKeys()
	if err != nil {
		t.Fatal(err)
	}
	for i, k := range pairs {
		if _, err := setup.Load(k.circuit, k.proving, pairs[1-i].verifying); !errors.Is(err, abi.InvalidKey) {
			t.Errorf("circuit %d, verifying key of the other: %v", i, err)
		}
		if _, err := setup.Load(k.circuit, pairs[1-i].proving, k.verifying); !errors.Is(err, abi.InvalidKey) {
			t.Errorf("circuit %d, proving key of the other: %v", i, err)
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

// THREATS E11: keys cut at each byte and longer ones are refused before memory is taken. A file claims no lengths: all counts
// come from the circuit.
func TestE11KeysCutAnywhereAreRefusedInBoundedMemory(t *testing.T) {
	each(t, func(t *testing.T, k keyPair) {
		taken := allocated(func() {
			for cut := 0; cut < len(k.proving); cut++ {
				if _, err := setup.Load(k.circuit, k.proving[:cut], k.verifying); !errors.Is(err, abi.InvalidKey) {
					t.Fatalf("proving key cut at %d: %v", cut, err)
				}
			}
			for cut := 0; cut < len(k.verifying); cut++ {
				if _, err := setup.Load(k.circuit, k.proving, k.verifying[:cut]); !errors.Is(err, abi.InvalidKey) {
					t.Fatalf("verifying key cut at %d: %v", cut, err)
				}
			}
		})
		if each := taken / uint64(len(k.proving)); each > 64<<10 {
			t.Errorf("%d bytes taken for a cut key", each)
		}
	})
}

// THREATS E11.
func TestE11AGigabyteOfZerosIsNoKey(t *testing.T) {
	zeros := make([]byte, 1<<30)
	each(t, func(t *testing.T, k keyPair) {
		taken := allocated(func() {
			if _, err := setup.Load(k.circuit, zeros, k.verifying); !errors.Is(err, abi.InvalidKey) {
				t.Errorf("proving key: %v", err)
			}
			if _, err := verify.Key(zeros); !errors.Is(err, abi.InvalidKey) {
				t.Errorf("verifying key: %v", err)
			}
			zeros[0] = 1 // a count of commitments
			if _, err := verify.Key(zeros); !errors.Is(err, abi.InvalidKey) {
				t.Errorf("verifying key with a count: %v", err)
			}
			zeros[0] = 0
		})
		if taken > 8<<20 {
			t.Errorf("%d bytes taken for zeros", taken)
		}
	})
}

// allocated is the memory that f takes altogether.
func allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
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

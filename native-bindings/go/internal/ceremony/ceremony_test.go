package ceremony_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math/rand"
	"runtime"
	"sync"
	"testing"

	"io.veilflow/native/internal/abi"
	"io.veilflow/native/internal/ceremony"
	"io.veilflow/native/internal/rulecircuit"
	"io.veilflow/native/internal/ruletest"
	"io.veilflow/native/internal/setup"
	"io.veilflow/native/internal/verify"
)

const headBytes = len("veilflow/ceremony-1/1") + 32

var beacons = [2][]byte{bytes.Repeat([]byte{1}, 32), bytes.Repeat([]byte{2}, 32)}

// run is a ceremony of two contributors in each phase, for a circuit with two commitments.
type run struct {
	circuit       *rulecircuit.Circuit
	first, second [3][]byte
}

var shared = sync.OnceValues(func() (*run, error) {
	b := ruletest.Build("small", 4)
	b.Output("sum", b.Sum(b.Secret(b.Role("holder", 2, nil, ruletest.BitField("amount", 4)), 0)))
	c, err := rulecircuit.Compile(b.Bytes())
	if err != nil {
		return nil, err
	}
	r := &run{circuit: c}
	if r.first[0], err = ceremony.Begin(c); err != nil {
		return nil, err
	}
	for k := 1; k < 3 && err == nil; k++ {
		r.first[k], err = ceremony.Contribute(c, r.first[k-1])
	}
	if err != nil {
		return nil, err
	}
	if r.second[0], err = ceremony.SecondPhase(c, r.first[2], beacons[0]); err != nil {
		return nil, err
	}
	for k := 1; k < 3 && err == nil; k++ {
		r.second[k], err = ceremony.Contribute(c, r.second[k-1])
	}
	return r, err
})

func finished(t *testing.T) *run {
	t.Helper()
	r, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// The keys load like any other, say that they are of a ceremony, and prove.
func TestACeremonyMakesKeysThatProve(t *testing.T) {
	r := finished(t)
	for _, chain := range [][3][]byte{r.first, r.second} {
		for k := 1; k < 3; k++ {
			if err := ceremony.Verify(r.circuit, chain[k-1], chain[k]); err != nil {
				t.Fatalf("contribution %d: %v", k, err)
			}
		}
	}
	keys, err := ceremony.Finish(r.circuit, r.first[2], beacons[0], r.second[2], beacons[1])
	if err != nil {
		t.Fatal(err)
	}
	encoded, err := setup.Encode(r.circuit, keys)
	if err != nil {
		t.Fatal(err)
	}
	loaded, err := setup.Load(r.circuit, encoded, verify.AppendKey(nil, keys.Verifying))
	if err != nil || loaded.Origin != setup.Ceremony {
		t.Fatalf("%v, %v", loaded, err)
	}
	random := rand.New(rand.NewSource(1))
	in := ruletest.RandomInputs(r.circuit.Program, random)
	proof, err := ruletest.ProveInTheClear(r.circuit, loaded.Proving, in)
	if err != nil {
		t.Fatal(err)
	}
	if err := verify.Check(loaded.Verifying, proof, in.PublicInputs()); err != nil {
		t.Error(err)
	}
}

// Everybody computes the same keys from the same transcript, and other keys with another beacon.
func TestTheKeysFollowFromTheTranscript(t *testing.T) {
	r := finished(t)
	var keys [3][]byte
	for k, beacon := range [3][]byte{beacons[1], beacons[1], beacons[0]} {
		made, err := ceremony.Finish(r.circuit, r.first[2], beacons[0], r.second[2], beacon)
		if err != nil {
			t.Fatal(err)
		}
		keys[k] = verify.AppendKey(nil, made.Verifying)
	}
	if !bytes.Equal(keys[0], keys[1]) || bytes.Equal(keys[0], keys[2]) {
		t.Error("the keys do not follow from transcript and beacon")
	}
}

// THREATS E12.
func TestE12AReplacedReorderedOrDroppedContributionIsRefused(t *testing.T) {
	r := finished(t)
	for phase, chain := range [][3][]byte{r.first, r.second} {
		replaced, err := ceremony.Contribute(r.circuit, chain[0])
		if err != nil {
			t.Fatal(err)
		}
		other := [][3][]byte{r.second, r.first}[phase]
		for name, pair := range map[string][2][]byte{
			"replaced":           {replaced, chain[2]},
			"dropped":            {chain[0], chain[2]},
			"reordered":          {chain[2], chain[1]},
			"twice":              {chain[1], chain[1]},
			"nobody contributed": {chain[0], chain[0]},
			"of the other phase": {chain[1], other[2]},
			"a point changed":    {chain[1], swapped(chain[2])},
			"longer":             {chain[1], append(bytes.Clone(chain[2]), 0)},
			"nothing":            {chain[1], nil},
		} {
			if err := ceremony.Verify(r.circuit, pair[0], pair[1]); !errors.Is(err, abi.InvalidKey) {
				t.Errorf("phase %d, %s: %v", 1+phase, name, err)
			}
		}
		if err := ceremony.Verify(r.circuit, chain[0], replaced); err != nil {
			t.Errorf("phase %d: another contribution to the first file is one: %v", 1+phase, err)
		}
	}
}

// swapped exchanges two points of the body that are no lengths and no proofs.
func swapped(b []byte) []byte {
	out := bytes.Clone(b)
	at := headBytes + 3*96 + 8 + 64
	copy(out[at:], b[at+32:at+64])
	copy(out[at+32:], b[at:at+32])
	return out
}

func TestPhasesWithoutContributionsOrBeaconMakeNoKeys(t *testing.T) {
	r := finished(t)
	if _, err := ceremony.SecondPhase(r.circuit, r.first[0], beacons[0]); !errors.Is(err, abi.InvalidKey) {
		t.Errorf("first phase of nobody: %v", err)
	}
	if _, err := ceremony.SecondPhase(r.circuit, r.second[1], beacons[0]); !errors.Is(err, abi.InvalidKey) {
		t.Errorf("second phase of the second: %v", err)
	}
	if _, err := ceremony.Finish(r.circuit, r.first[2], beacons[0], r.second[0], beacons[1]); !errors.Is(err, abi.InvalidKey) {
		t.Errorf("second phase of nobody: %v", err)
	}
	for _, beacon := range [][]byte{nil, make([]byte, 31), make([]byte, 65)} {
		if _, err := ceremony.SecondPhase(r.circuit, r.first[2], beacon); !errors.Is(err, abi.InvalidArgument) {
			t.Errorf("beacon of %d bytes: %v", len(beacon), err)
		}
	}
}

// THREATS E11: nothing is taken from a length that a file claims.
func TestE11CutAndBoastingContributionsAreRefusedInBoundedMemory(t *testing.T) {
	r := finished(t)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for _, right := range [][]byte{r.first[2], r.second[2]} {
		for cut := 0; cut < len(right); cut++ {
			if _, err := ceremony.Contribute(r.circuit, right[:cut]); !errors.Is(err, abi.InvalidKey) {
				t.Fatalf("cut at %d: %v", cut, err)
			}
		}
	}
	boast := func(right []byte, at int, size int) {
		b := bytes.Clone(right)
		var huge [8]byte
		binary.BigEndian.PutUint64(huge[:], 1<<63-1)
		copy(b[headBytes+at:headBytes+at+size], huge[8-size:])
		if _, err := ceremony.Contribute(r.circuit, b); !errors.Is(err, abi.InvalidKey) {
			t.Errorf("length at %d: %v", at, err)
		}
	}
	boast(r.first[2], 3*96, 8)
	boast(r.second[2], 0, 2)
	boast(r.second[2], 2+32, 4)
	if _, err := ceremony.Contribute(r.circuit, make([]byte, 1<<30)); !errors.Is(err, abi.InvalidKey) {
		t.Errorf("a gigabyte of zeros: %v", err)
	}
	runtime.ReadMemStats(&after)
	if taken := after.TotalAlloc - before.TotalAlloc; taken > 1<<30+256<<20 {
		t.Errorf("%d bytes taken", taken)
	}
}

func FuzzContributionNeverPanics(f *testing.F) {
	r, err := shared()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(r.first[1])
	f.Add(r.second[1])
	f.Fuzz(func(t *testing.T, b []byte) {
		if err := ceremony.Verify(r.circuit, r.first[0], b); err == nil && len(b) != len(r.first[1]) {
			t.Error("a contribution of another length")
		}
	})
}

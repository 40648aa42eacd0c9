package main

import (
	"errors"
	"fmt"
	"testing"

	"io.veilflow/native/internal/abi"
)

// THREATS E16: a panic or an error of the Go side becomes a status; the process lives.
func TestPanicsAndErrorsBecomeStatuses(t *testing.T) {
	cases := map[string]struct {
		f    func() ([][]byte, error)
		want abi.Status
	}{
		"done":           {func() ([][]byte, error) { return nil, nil }, abi.OK},
		"panic":          {func() ([][]byte, error) { panic("a bug") }, abi.Internal},
		"nil":            {func() ([][]byte, error) { var p *proofSlot; _, err := p.step(nil); return nil, err }, abi.Internal},
		"index":          {func() ([][]byte, error) { var b []byte; return [][]byte{b[3:4]}, nil }, abi.Internal},
		"wrapped status": {func() ([][]byte, error) { return nil, fmt.Errorf("node 3: %w", abi.InvalidRule) }, abi.InvalidRule},
		"other error":    {func() ([][]byte, error) { return nil, errors.New("unforeseen") }, abi.Internal},
	}
	for name, c := range cases {
		if got := call(nil, 0, c.f); abi.Status(got) != c.want {
			t.Errorf("%s: status %d, expected %d", name, got, c.want)
		}
	}
}

func TestHandlesAreNeverGivenOutTwiceNorUsedAfterRemoval(t *testing.T) {
	h := newHandles[string]()
	first := h.add("a")
	if v, err := h.get(first); err != nil || v != "a" {
		t.Errorf("%q, %v", v, err)
	}
	if _, err := h.remove(first); err != nil {
		t.Error(err)
	}
	if second := h.add("b"); second == first {
		t.Error("the number came again")
	}
	if _, err := h.get(first); !errors.Is(err, abi.UnknownHandle) {
		t.Errorf("after removal: %v", err)
	}
	if _, err := h.remove(first); !errors.Is(err, abi.UnknownHandle) {
		t.Errorf("removed twice: %v", err)
	}
	if _, err := h.get(0); !errors.Is(err, abi.UnknownHandle) {
		t.Errorf("zero: %v", err)
	}
}

// A panic in a goroutine of ours would end the Java process: each has its own recover.
func TestAPanicInAWorkerIsAnError(t *testing.T) {
	err := abi.Parallel(4, func(from, to int) error {
		if from == 0 {
			panic("a bug")
		}
		return nil
	})
	if !errors.Is(err, abi.Internal) {
		t.Errorf("%v", err)
	}
}

package memory

import (
	"errors"
	"math"
	"testing"

	"io.veilflow/native/internal/abi"
)

// THREATS E16: no room is an error before anything is begun, and what is given back serves again.
func TestWhatDoesNotFitIsRefusedAndWhatIsGivenBackServesAgain(t *testing.T) {
	b := &Budget{limit: 100}
	first, err := b.Take(60, "a key")
	if err != nil {
		t.Fatal(err)
	}
	for _, bytes := range []int64{41, math.MaxInt64, -1} {
		if _, err := b.Take(bytes, "a proof"); !errors.Is(err, abi.OutOfMemory) {
			t.Errorf("%d: %v", bytes, err)
		}
	}
	first.Shrink(50)
	first.Shrink(55)
	second, err := b.Take(50, "a proof")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Take(1, "another"); !errors.Is(err, abi.OutOfMemory) {
		t.Errorf("beyond the limit: %v", err)
	}
	second.Release()
	second.Release()
	first.Release()
	if b.used != 0 {
		t.Errorf("%d bytes stay reserved", b.used)
	}
}

func TestALimitIsPositive(t *testing.T) {
	for _, bytes := range []int64{0, -1} {
		if err := NewBudget().Limit(bytes); !errors.Is(err, abi.InvalidArgument) {
			t.Errorf("%d: %v", bytes, err)
		}
	}
}

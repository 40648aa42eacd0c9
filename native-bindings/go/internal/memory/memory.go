// Package memory keeps what the library takes within a limit. A Go program cannot go on when the system refuses it memory:
// the whole process, Java with it, would end. So what a call needs at most is reckoned from public sizes and reserved before
// anything is begun, and a call for which there is no room is refused like any other bad call (THREATS E16).
package memory

import (
	"fmt"
	"math"
	"runtime/debug"
	"sync"

	"io.veilflow/native/internal/abi"
)

// Budget is a limit and what is reserved of it. Thread-safe.
type Budget struct {
	mutex       sync.Mutex
	limit, used int64
}

// NewBudget has no limit yet.
func NewBudget() *Budget { return &Budget{limit: math.MaxInt64} }

// Limit sets the limit in bytes, and has the collector work harder as the heap nears it.
func (b *Budget) Limit(bytes int64) error {
	if bytes <= 0 {
		return fmt.Errorf("%w: a memory limit of %d bytes", abi.InvalidArgument, bytes)
	}
	b.mutex.Lock()
	defer b.mutex.Unlock()
	b.limit = bytes
	debug.SetMemoryLimit(bytes)
	return nil
}

// Take reserves bytes; the reservation is given back by its Release.
func (b *Budget) Take(bytes int64, what string) (*Reservation, error) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	if bytes < 0 || bytes > b.limit-b.used {
		return nil, fmt.Errorf("%w: %s needs %d MB, %d MB of %d MB are reserved",
			abi.OutOfMemory, what, bytes>>20, b.used>>20, b.limit>>20)
	}
	b.used += bytes
	return &Reservation{budget: b, bytes: bytes}, nil
}

// Reservation is a part of a budget.
type Reservation struct {
	budget *Budget
	bytes  int64
}

// Shrink gives back all but so many bytes.
func (r *Reservation) Shrink(bytes int64) {
	r.budget.mutex.Lock()
	defer r.budget.mutex.Unlock()
	if bytes < r.bytes {
		r.budget.used -= r.bytes - bytes
		r.bytes = bytes
	}
}

// Release gives all of it back; idempotent.
func (r *Reservation) Release() { r.Shrink(0) }

// Sizes of what calls take, measured and rounded up: a wire stands in up to eight vectors of 32 bytes, and in two
// multiplications at a time has digits and a point with its image; a row in three vectors and in the message of the row check.
const (
	fixed        = 32 << 20
	perWire      = 640
	perRow       = 384
	perSetupRow  = 6 << 10
	perCompiled  = 2 << 10
	loadingTimes = 4
	loadedTimes  = 2
)

// OfProof is what one party's proof takes besides its key.
func OfProof(wires, rows int) int64 { return fixed + perWire*int64(wires) + perRow*int64(rows) }

// OfSetup is what a local setup takes.
func OfSetup(rows int) int64 { return fixed + perSetupRow*int64(rows) }

// OfLoading is what reading and checking a key of so many bytes takes, its circuit included.
func OfLoading(keyBytes, rows int) int64 {
	return fixed + loadingTimes*int64(keyBytes) + perCompiled*int64(rows)
}

// OfKey is what stays of it.
func OfKey(keyBytes, rows int) int64 { return loadedTimes*int64(keyBytes) + perCompiled*int64(rows) }

package abi

import (
	"errors"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
)

// Parallel runs work over [0, n) in chunks on all processors. Each goroutine recovers from its own panic, which becomes
// an error: a panic that leaves a goroutine would end the whole Java process.
func Parallel(n int, work func(from, to int) error) error {
	chunks := min(runtime.GOMAXPROCS(0), n)
	return together(chunks, func(k int) error { return work(k*n/chunks, (k+1)*n/chunks) })
}

// Lanes runs the pieces of work in their order, so many at a time; a lane that is free takes the next piece. After a
// failure no piece begins. Panics become errors as in Parallel.
func Lanes(lanes int, work []func() error) error {
	var next atomic.Int64
	var failed atomic.Bool
	return together(min(lanes, len(work)), func(int) error {
		for {
			k := int(next.Add(1)) - 1
			if k >= len(work) || failed.Load() {
				return nil
			}
			if err := recovered(work[k]); err != nil {
				failed.Store(true)
				return err
			}
		}
	})
}

func together(goroutines int, work func(k int) error) error {
	failures := make([]error, goroutines)
	var group sync.WaitGroup
	for k := range failures {
		group.Add(1)
		go func() {
			defer group.Done()
			failures[k] = recovered(func() error { return work(k) })
		}()
	}
	group.Wait()
	return errors.Join(failures...)
}

func recovered(work func() error) (err error) {
	defer func() {
		if recover() != nil {
			err = fmt.Errorf("%w: panic in a worker", Internal)
		}
	}()
	return work()
}

package abi

import (
	"errors"
	"fmt"
	"runtime"
	"sync"
)

// Parallel runs work over [0, n) in chunks on all processors. Each goroutine recovers from its own panic, which becomes
// an error: a panic that leaves a goroutine would end the whole Java process.
func Parallel(n int, work func(from, to int) error) error {
	chunks := min(runtime.GOMAXPROCS(0), n)
	if chunks == 0 {
		return nil
	}
	failures := make([]error, chunks)
	var group sync.WaitGroup
	for k := 0; k < chunks; k++ {
		group.Add(1)
		go func() {
			defer group.Done()
			defer func() {
				if recover() != nil {
					failures[k] = fmt.Errorf("%w: panic in a worker", Internal)
				}
			}()
			failures[k] = work(k*n/chunks, (k+1)*n/chunks)
		}()
	}
	group.Wait()
	return errors.Join(failures...)
}

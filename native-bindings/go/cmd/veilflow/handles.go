package main

import (
	"fmt"
	"sync"

	"io.veilflow/native/internal/abi"
	"io.veilflow/native/internal/joint"
	"io.veilflow/native/internal/memory"
)

// handles gives out numbers for values; a number is never used again.
type handles[T any] struct {
	mutex  sync.Mutex
	last   int64
	values map[int64]T
}

func newHandles[T any]() *handles[T] { return &handles[T]{values: map[int64]T{}} }

func (h *handles[T]) add(v T) int64 {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	h.last++
	h.values[h.last] = v
	return h.last
}

func (h *handles[T]) get(handle int64) (T, error) {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	v, ok := h.values[handle]
	if !ok {
		return v, fmt.Errorf("%w: %d", abi.UnknownHandle, handle)
	}
	return v, nil
}

func (h *handles[T]) remove(handle int64) (T, error) {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	v, ok := h.values[handle]
	if !ok {
		return v, fmt.Errorf("%w: %d", abi.UnknownHandle, handle)
	}
	delete(h.values, handle)
	return v, nil
}

// proofSlot refuses a second thread instead of making it wait, as Java does before the call.
type proofSlot struct {
	mutex  sync.Mutex
	prover *joint.Prover
	held   *memory.Reservation
}

func (s *proofSlot) step(reply []byte) (joint.Outbound, error) {
	if !s.mutex.TryLock() {
		return joint.Outbound{}, fmt.Errorf("%w: another thread is inside a step", abi.WrongState)
	}
	defer s.mutex.Unlock()
	return s.prover.Step(reply)
}

func (s *proofSlot) close() error {
	if !s.mutex.TryLock() {
		return fmt.Errorf("%w: another thread is inside a step", abi.WrongState)
	}
	defer s.mutex.Unlock()
	s.prover.Close()
	s.held.Release()
	return nil
}

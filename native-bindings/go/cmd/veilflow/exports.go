package main

// #include "bridge.h"
import "C"

import (
	"encoding/binary"
	"fmt"
	"time"

	"io.veilflow/native/internal/abi"
	"io.veilflow/native/internal/commitment"
	"io.veilflow/native/internal/joint"
	"io.veilflow/native/internal/measure"
	"io.veilflow/native/internal/memory"
	"io.veilflow/native/internal/rulecircuit"
	"io.veilflow/native/internal/setup"
	"io.veilflow/native/internal/verify"
)

// loadedKey is what a key handle stands for; read-only.
type loadedKey struct {
	circuit *rulecircuit.Circuit
	keys    *setup.Keys
	held    *memory.Reservation
}

var (
	loadedKeys = newHandles[*loadedKey]()
	proofs     = newHandles[*proofSlot]()
	budget     = memory.NewBudget()
)

//export Java_io_veilflow_nativelib_NativeLibrary_limitMemory
func Java_io_veilflow_nativelib_NativeLibrary_limitMemory(env *C.JNIEnv, _ C.jclass, bytes C.jlong, out C.jobjectArray) C.jint {
	return call(env, out, func() ([][]byte, error) { return nil, budget.Limit(int64(bytes)) })
}

//export Java_io_veilflow_nativelib_NativeLibrary_compile
func Java_io_veilflow_nativelib_NativeLibrary_compile(env *C.JNIEnv, _ C.jclass, rule C.jbyteArray, out C.jobjectArray) C.jint {
	return call(env, out, func() ([][]byte, error) {
		c, err := rulecircuit.Compile(bytesOf(env, rule))
		if err != nil {
			return nil, err
		}
		return [][]byte{summary(c)}, nil
	})
}

//export Java_io_veilflow_nativelib_NativeLibrary_satisfied
func Java_io_veilflow_nativelib_NativeLibrary_satisfied(env *C.JNIEnv, _ C.jclass, rule, witnesses C.jbyteArray, out C.jobjectArray) C.jint {
	return call(env, out, func() ([][]byte, error) {
		c, err := rulecircuit.Compile(bytesOf(env, rule))
		if err != nil {
			return nil, err
		}
		wires, err := abi.Elements(bytesOf(env, witnesses))
		if err != nil {
			return nil, err
		}
		each := c.Layout.Inputs()
		if len(wires)%each != 0 {
			return nil, fmt.Errorf("%w: %d wires, the circuit has %d", abi.InvalidWitness, len(wires), each)
		}
		decisions := make([]byte, len(wires)/each)
		for k := range decisions {
			holds, err := c.Satisfied(wires[k*each : (k+1)*each])
			if err != nil {
				return nil, err
			}
			if holds {
				decisions[k] = 1
			}
		}
		return [][]byte{decisions}, nil
	})
}

//export Java_io_veilflow_nativelib_NativeLibrary_setupUnsafe
func Java_io_veilflow_nativelib_NativeLibrary_setupUnsafe(env *C.JNIEnv, _ C.jclass, rule C.jbyteArray, out C.jobjectArray) C.jint {
	return call(env, out, func() ([][]byte, error) {
		c, err := rulecircuit.Compile(bytesOf(env, rule))
		if err != nil {
			return nil, err
		}
		held, err := budget.Take(memory.OfSetup(len(c.Rows)), "setup")
		if err != nil {
			return nil, err
		}
		defer held.Release()
		keys, err := setup.Unsafe(c)
		if err != nil {
			return nil, err
		}
		return encodeKeys(c, keys)
	})
}

//export Java_io_veilflow_nativelib_NativeLibrary_loadKey
func Java_io_veilflow_nativelib_NativeLibrary_loadKey(
	env *C.JNIEnv, _ C.jclass, rule, provingKey, verifyingKey C.jbyteArray, out C.jobjectArray,
) C.jint {
	return call(env, out, func() ([][]byte, error) {
		c, err := rulecircuit.Compile(bytesOf(env, rule))
		if err != nil {
			return nil, err
		}
		size := int(C.vf_length(env, provingKey))
		held, err := budget.Take(memory.OfLoading(max(size, 0), len(c.Rows)), "loading a key")
		if err != nil {
			return nil, err
		}
		keys, err := setup.Load(c, bytesOf(env, provingKey), bytesOf(env, verifyingKey))
		if err != nil {
			held.Release()
			return nil, err
		}
		held.Shrink(memory.OfKey(size, len(c.Rows)))
		return [][]byte{encodeHandle(loadedKeys.add(&loadedKey{c, keys, held})), summary(c)}, nil
	})
}

//export Java_io_veilflow_nativelib_NativeLibrary_releaseKey
func Java_io_veilflow_nativelib_NativeLibrary_releaseKey(env *C.JNIEnv, _ C.jclass, key C.jlong) C.jint {
	return call(env, 0, func() ([][]byte, error) {
		k, err := loadedKeys.remove(int64(key))
		if err == nil {
			k.held.Release()
		}
		return nil, err
	})
}

//export Java_io_veilflow_nativelib_NativeLibrary_verify
func Java_io_veilflow_nativelib_NativeLibrary_verify(
	env *C.JNIEnv, _ C.jclass, verifyingKey, proof, publicInputs C.jbyteArray, out C.jobjectArray,
) C.jint {
	return call(env, out, func() ([][]byte, error) {
		vk, err := verify.Key(bytesOf(env, verifyingKey))
		if err != nil {
			return nil, err
		}
		// A key is the caller's own; whatever is wrong with a proof or its inputs only means that it does not hold.
		p, err := verify.Proof(bytesOf(env, proof))
		if err != nil {
			return decision(false), nil
		}
		inputs, err := abi.Elements(bytesOf(env, publicInputs))
		if err != nil {
			return decision(false), nil
		}
		return decision(verify.Check(vk, p, inputs) == nil), nil
	})
}

//export Java_io_veilflow_nativelib_NativeLibrary_commit
func Java_io_veilflow_nativelib_NativeLibrary_commit(env *C.JNIEnv, _ C.jclass, points, scalars C.jbyteArray, out C.jobjectArray) C.jint {
	return call(env, out, func() ([][]byte, error) {
		secret := bytesOf(env, scalars)
		defer clear(secret)
		return one(commitment.Commit(bytesOf(env, points), secret))
	})
}

//export Java_io_veilflow_nativelib_NativeLibrary_addPoints
func Java_io_veilflow_nativelib_NativeLibrary_addPoints(env *C.JNIEnv, _ C.jclass, points C.jbyteArray, out C.jobjectArray) C.jint {
	return call(env, out, func() ([][]byte, error) { return one(commitment.Add(bytesOf(env, points))) })
}

//export Java_io_veilflow_nativelib_NativeLibrary_isOnCurve
func Java_io_veilflow_nativelib_NativeLibrary_isOnCurve(env *C.JNIEnv, _ C.jclass, points C.jbyteArray, out C.jobjectArray) C.jint {
	return call(env, out, func() ([][]byte, error) {
		read, err := commitment.Points(bytesOf(env, points))
		return decision(err == nil && len(read) > 0), nil
	})
}

//export Java_io_veilflow_nativelib_NativeLibrary_startProof
func Java_io_veilflow_nativelib_NativeLibrary_startProof(
	env *C.JNIEnv, _ C.jclass, key C.jlong, party C.jint, witness C.jbyteArray, out C.jobjectArray,
) C.jint {
	return call(env, out, func() ([][]byte, error) {
		k, err := loadedKeys.get(int64(key))
		if err != nil {
			return nil, err
		}
		held, err := budget.Take(memory.OfProof(k.circuit.Wires, len(k.circuit.Rows)), "a proof")
		if err != nil {
			return nil, err
		}
		share := bytesOf(env, witness)
		defer clear(share)
		prover, err := joint.Start(k.circuit, k.keys, int(party), share)
		if err != nil {
			held.Release()
			return nil, err
		}
		return [][]byte{encodeHandle(proofs.add(&proofSlot{prover: prover, held: held}))}, nil
	})
}

//export Java_io_veilflow_nativelib_NativeLibrary_stepProof
func Java_io_veilflow_nativelib_NativeLibrary_stepProof(env *C.JNIEnv, _ C.jclass, proof C.jlong, reply C.jbyteArray, out C.jobjectArray) C.jint {
	return call(env, out, func() ([][]byte, error) {
		slot, err := proofs.get(int64(proof))
		if err != nil {
			return nil, err
		}
		given := bytesOf(env, reply)
		defer clear(given)
		step, err := slot.step(given)
		if err != nil {
			return nil, err
		}
		encoded := append([]byte{byte(step.Kind)}, step.Body...)
		clear(step.Body)
		return [][]byte{encoded}, nil
	})
}

//export Java_io_veilflow_nativelib_NativeLibrary_releaseProof
func Java_io_veilflow_nativelib_NativeLibrary_releaseProof(env *C.JNIEnv, _ C.jclass, proof C.jlong) C.jint {
	return call(env, 0, func() ([][]byte, error) {
		slot, err := proofs.remove(int64(proof))
		if err != nil {
			return nil, err
		}
		return nil, slot.close()
	})
}

//export Java_io_veilflow_nativelib_NativeLibrary_measure
func Java_io_veilflow_nativelib_NativeLibrary_measure(
	env *C.JNIEnv, _ C.jclass, key C.jlong, inputs C.jbyteArray, runs C.jint, out C.jobjectArray,
) C.jint {
	return call(env, out, func() ([][]byte, error) {
		k, err := loadedKeys.get(int64(key))
		if err != nil {
			return nil, err
		}
		wires, err := abi.Elements(bytesOf(env, inputs))
		if err != nil {
			return nil, err
		}
		// Three provers' recording, then one proof at a time, gnark's own system beside it.
		held, err := budget.Take(5*memory.OfProof(k.circuit.Wires, len(k.circuit.Rows)), "a measurement")
		if err != nil {
			return nil, err
		}
		defer held.Release()
		f, err := measure.Run(k.circuit, k.keys, wires, int(runs))
		if err != nil {
			return nil, err
		}
		var nanos []byte
		for _, d := range []time.Duration{f.Walk, f.Transform, f.Multiply, f.Party, f.Gnark, f.Dense} {
			nanos = binary.BigEndian.AppendUint64(nanos, uint64(d))
		}
		return [][]byte{nanos}, nil
	})
}

// summary is CircuitSummary of Java: circuit digest, rule hash, fifteen u32.
func summary(c *rulecircuit.Circuit) []byte {
	hash := c.Program.Hash()
	out := append(append([]byte(nil), c.Digest[:]...), hash[:]...)
	l := c.Layout
	for _, n := range []int{
		l.Words, l.VariableWords, l.OutputBits, l.Book, l.Publics, l.Limbs, l.Counts, l.Bits, l.Advice,
		len(c.Rows), c.Wires - c.Public - c.Secret, c.Levels, c.Products, len(c.Commitments), l.LimbBits,
	} {
		out = binary.BigEndian.AppendUint32(out, uint32(n))
	}
	return out
}

func decision(yes bool) [][]byte {
	if yes {
		return [][]byte{{1}}
	}
	return [][]byte{{0}}
}

func one(result []byte, err error) ([][]byte, error) { return [][]byte{result}, err }

func encodeHandle(h int64) []byte { return binary.BigEndian.AppendUint64(nil, uint64(h)) }

package main

// #include "bridge.h"
import "C"

import (
	"fmt"
	"math"
	"unsafe"

	"io.veilflow/native/internal/abi"
)

// call runs one exported function: its results go to out, or its error's text and status. No panic leaves it.
func call(env *C.JNIEnv, out C.jobjectArray, f func() ([][]byte, error)) (status C.jint) {
	defer func() {
		if recover() != nil {
			status = fail(env, out, fmt.Errorf("%w: panic", abi.Internal))
		}
	}()
	results, err := f()
	if err != nil {
		return fail(env, out, err)
	}
	for i, r := range results {
		failed := put(env, out, i, r) != nil
		clear(r)
		if failed {
			return fail(env, out, fmt.Errorf("%w: result %d does not fit", abi.Internal, i))
		}
	}
	return C.jint(abi.OK)
}

func fail(env *C.JNIEnv, out C.jobjectArray, err error) C.jint {
	if out != 0 {
		_ = put(env, out, 0, []byte(err.Error())) // the status alone tells enough if the text does not fit
	}
	return C.jint(abi.StatusOf(err))
}

func put(env *C.JNIEnv, out C.jobjectArray, index int, b []byte) error {
	if len(b) > math.MaxInt32 || C.vf_put(env, out, C.jsize(index), unsafe.Pointer(unsafe.SliceData(b)), C.jsize(len(b))) != 0 {
		return abi.Internal
	}
	return nil
}

// bytesOf copies a Java array; null becomes empty, which every function refuses by its length.
func bytesOf(env *C.JNIEnv, array C.jbyteArray) []byte {
	n := C.vf_length(env, array)
	if n <= 0 {
		return nil
	}
	out := make([]byte, int(n))
	C.vf_read(env, array, n, unsafe.Pointer(unsafe.SliceData(out)))
	return out
}

package main

// #include "bridge.h"
import "C"

import (
	"io.veilflow/native/internal/ceremony"
	"io.veilflow/native/internal/rulecircuit"
	"io.veilflow/native/internal/setup"
	"io.veilflow/native/internal/verify"
)

//export Java_io_veilflow_nativelib_NativeLibrary_ceremonyBegin
func Java_io_veilflow_nativelib_NativeLibrary_ceremonyBegin(env *C.JNIEnv, _ C.jclass, rule C.jbyteArray, out C.jobjectArray) C.jint {
	return call(env, out, func() ([][]byte, error) {
		c, err := rulecircuit.Compile(bytesOf(env, rule))
		if err != nil {
			return nil, err
		}
		return one(ceremony.Begin(c))
	})
}

//export Java_io_veilflow_nativelib_NativeLibrary_ceremonyContribute
func Java_io_veilflow_nativelib_NativeLibrary_ceremonyContribute(
	env *C.JNIEnv, _ C.jclass, rule, previous C.jbyteArray, out C.jobjectArray,
) C.jint {
	return call(env, out, func() ([][]byte, error) {
		c, err := rulecircuit.Compile(bytesOf(env, rule))
		if err != nil {
			return nil, err
		}
		return one(ceremony.Contribute(c, bytesOf(env, previous)))
	})
}

//export Java_io_veilflow_nativelib_NativeLibrary_ceremonyVerify
func Java_io_veilflow_nativelib_NativeLibrary_ceremonyVerify(
	env *C.JNIEnv, _ C.jclass, rule, previous, next C.jbyteArray, out C.jobjectArray,
) C.jint {
	return call(env, out, func() ([][]byte, error) {
		c, err := rulecircuit.Compile(bytesOf(env, rule))
		if err != nil {
			return nil, err
		}
		return nil, ceremony.Verify(c, bytesOf(env, previous), bytesOf(env, next))
	})
}

//export Java_io_veilflow_nativelib_NativeLibrary_ceremonySecondPhase
func Java_io_veilflow_nativelib_NativeLibrary_ceremonySecondPhase(
	env *C.JNIEnv, _ C.jclass, rule, last, beacon C.jbyteArray, out C.jobjectArray,
) C.jint {
	return call(env, out, func() ([][]byte, error) {
		c, err := rulecircuit.Compile(bytesOf(env, rule))
		if err != nil {
			return nil, err
		}
		return one(ceremony.SecondPhase(c, bytesOf(env, last), bytesOf(env, beacon)))
	})
}

//export Java_io_veilflow_nativelib_NativeLibrary_ceremonyFinish
func Java_io_veilflow_nativelib_NativeLibrary_ceremonyFinish(
	env *C.JNIEnv, _ C.jclass, rule, lastFirst, beaconFirst, lastSecond, beaconSecond C.jbyteArray, out C.jobjectArray,
) C.jint {
	return call(env, out, func() ([][]byte, error) {
		c, err := rulecircuit.Compile(bytesOf(env, rule))
		if err != nil {
			return nil, err
		}
		keys, err := ceremony.Finish(
			c, bytesOf(env, lastFirst), bytesOf(env, beaconFirst), bytesOf(env, lastSecond), bytesOf(env, beaconSecond))
		if err != nil {
			return nil, err
		}
		return encodeKeys(c, keys)
	})
}

// encodeKeys is proving key, verifying key, basis.
func encodeKeys(c *rulecircuit.Circuit, keys *setup.Keys) ([][]byte, error) {
	proving, err := setup.Encode(c, keys)
	if err != nil {
		return nil, err
	}
	return [][]byte{proving, verify.AppendKey(nil, keys.Verifying), setup.EncodeBasis(keys)}, nil
}

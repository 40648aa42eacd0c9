// Command veilflow is the shared library that Java loads: exported JNI functions that decode, call, encode and recover,
// and nothing else. The functions of io.veilflow.nativelib.NativeLibrary are in exports.go in the same order.
package main

// main is required by the build mode and never runs.
func main() {}

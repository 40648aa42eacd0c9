// What Go needs of JNI as plain functions: cgo cannot call the function table of JNIEnv.
#ifndef VEILFLOW_BRIDGE_H
#define VEILFLOW_BRIDGE_H

#include <jni.h>

// Length of an array, -1 for null.
jsize vf_length(JNIEnv *env, jbyteArray array);

// Copies length bytes out of an array.
void vf_read(JNIEnv *env, jbyteArray array, jsize length, void *to);

// Puts a new byte array into out[index]; 0 if done, -1 if out is too short or Java has no memory.
int vf_put(JNIEnv *env, jobjectArray out, jsize index, const void *bytes, jsize length);

#endif

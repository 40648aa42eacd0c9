#include "bridge.h"

jsize vf_length(JNIEnv *env, jbyteArray array) { return array == NULL ? -1 : (*env)->GetArrayLength(env, array); }

void vf_read(JNIEnv *env, jbyteArray array, jsize length, void *to) {
  (*env)->GetByteArrayRegion(env, array, 0, length, (jbyte *)to);
}

int vf_put(JNIEnv *env, jobjectArray out, jsize index, const void *bytes, jsize length) {
  // With an exception pending (no memory for an earlier array) nothing more may be made; Java throws it on return.
  if (out == NULL || (*env)->ExceptionCheck(env) || index >= (*env)->GetArrayLength(env, out)) {
    return -1;
  }
  jbyteArray array = (*env)->NewByteArray(env, length);
  if (array == NULL) {
    return -1;
  }
  (*env)->SetByteArrayRegion(env, array, 0, length, (const jbyte *)bytes);
  (*env)->SetObjectArrayElement(env, out, index, array);
  (*env)->DeleteLocalRef(env, array);
  return 0;
}

package io.veilflow.pipeline.party;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.sign.SkipMessage;

/**
 * Windows without a result, ready for the chain.
 *
 * @param signature of the group, 52 bytes, verified
 */
record SignedSkip(SkipMessage message, ByteString signature) {}

package io.veilflow.pipeline.party;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.sign.ResultMessage;
import io.veilflow.pipeline.window.RootedManifest;

/**
 * A window that is ready for the chain: sealed, computed, proven or not, signed by the group.
 *
 * @param message the signed statement; says whether the result is proven
 * @param signature of the group, 52 bytes, verified
 */
record SignedWindow(RootedManifest rooted, ComputedResult result, ResultMessage message, ByteString signature) {
    long window() {
        return message.window();
    }
}

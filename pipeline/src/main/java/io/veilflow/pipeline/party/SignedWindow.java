package io.veilflow.pipeline.party;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.window.RootedManifest;
import java.util.List;

/**
 * A window that is ready for the chain: sealed, proven, signed by two.
 *
 * @param signatures of two parties, by ascending index
 */
record SignedWindow(long window, RootedManifest rooted, ProvenResult result, List<ByteString> signatures) {
    SignedWindow {
        signatures = List.copyOf(signatures);
    }
}

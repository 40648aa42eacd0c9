package io.veilflow.pipeline.post;

import com.google.protobuf.ByteString;
import java.util.Optional;

/** What became of windows at one registry besides: for auditors. Every method may wait for a node and throws {@link SettlementException}. */
public interface ChainHistory extends ChainView {
    /** What the registry holds for a window; empty if nothing was posted. */
    Optional<RecordedWindow> window(ByteString jobId, long window);

    /** The transaction that recorded a window; empty if nothing was posted. */
    Optional<PostReceipt> receipt(ByteString jobId, long window);
}

package io.veilflow.pipeline.party;

import com.google.protobuf.ByteString;

/** What a session that ended well leaves behind. */
interface AttemptResult {
    /** Everything that was opened: every attempt at a unit must come to the same. */
    ByteString outputs();
}

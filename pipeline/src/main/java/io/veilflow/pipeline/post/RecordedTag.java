package io.veilflow.pipeline.post;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.sign.Assurance;
import io.veilflow.pipeline.sign.ResultMessage;

/**
 * Which statement the registry holds for a window, and since when.
 *
 * @param tag end of the statement's digest, {@value ResultMessage#TAG_BYTES} bytes
 * @param atSeconds time of the block that recorded it
 */
record RecordedTag(Assurance assurance, ByteString tag, long atSeconds) {
    boolean records(ResultMessage message) {
        return assurance == message.assurance() && tag.equals(message.tag());
    }
}

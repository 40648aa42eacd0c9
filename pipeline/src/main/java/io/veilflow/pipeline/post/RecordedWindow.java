package io.veilflow.pipeline.post;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.sign.Assurance;
import io.veilflow.pipeline.sign.ResultMessage;
import java.math.BigInteger;
import java.util.List;

/**
 * What the registry stores for a window.
 *
 * @param outputs the words with the job's outputs, everything else cut off ({@link OutputShape})
 * @param postedAtSeconds time of the block that recorded it
 * @param statementTag end of the signed message's digest, {@value ResultMessage#TAG_BYTES} bytes
 */
public record RecordedWindow(
        long window, List<BigInteger> outputs, Assurance assurance, long postedAtSeconds, ByteString statementTag) {
    public RecordedWindow {
        outputs = List.copyOf(outputs);
    }

    /** True if this is the record of the given statement. */
    public boolean records(ResultMessage message) {
        return assurance == message.assurance() && statementTag.equals(message.tag());
    }
}

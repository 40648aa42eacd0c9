package io.veilflow.pipeline.board;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.encoding.Hashes;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** docs/wire.md, section 6, against values computed apart from this code. */
class RecordVectorTest {
    @Test
    void theHeadAfterTwoRecords() {
        BoardEntry first = BoardEntry.after(BoardEntry.EMPTY_HEAD, "bank-a", 0, ByteString.copyFromUtf8("first"));
        BoardEntry second = BoardEntry.after(first.head(), "bank-a", 1, ByteString.copyFromUtf8("second"));
        assertEquals(
                "2815322c601e4960012ac98789c8ec6e942f095904fb726592700019109f2fd6",
                hex(second.head().toByteArray()));
    }

    @Test
    void whatTheSignatureOfARecordIsOver() {
        byte[] job = new byte[32];
        Arrays.fill(job, (byte) 1);
        byte[] preimage =
                RecordSigner.preimage(ByteString.copyFrom(job), "bank-a", 3, ByteString.copyFromUtf8("payload"));
        assertEquals("b030906a758819d1635eb3eeb61215e2b27927559c7b64c42a8c98454e0f08b0", hex(Hashes.sha256(preimage)));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}

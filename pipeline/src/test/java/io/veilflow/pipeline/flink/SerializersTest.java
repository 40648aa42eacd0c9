package io.veilflow.pipeline.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.board.BoardEntry;
import io.veilflow.pipeline.party.CheckedEntry;
import io.veilflow.pipeline.party.WindowOutcome;
import io.veilflow.pipeline.wire.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;

class SerializersTest {
    @Test
    void recordsSurviveTheirSerializers() throws Exception {
        BoardEntry entry = new BoardEntry("bank-a", 7, ByteString.copyFromUtf8("bytes"), BoardEntry.EMPTY_HEAD);
        CheckedEntry checked = new CheckedEntry(entry, 9, Reason.WRONG_SLOTS);
        WindowOutcome skipped = WindowOutcome.skipped(3, "no tick");
        assertEquals(entry, BoardEntrySerializer.INSTANCE.decode(BoardEntrySerializer.INSTANCE.encode(entry)));
        assertEquals(checked, CheckedEntrySerializer.INSTANCE.decode(CheckedEntrySerializer.INSTANCE.encode(checked)));
        assertEquals(
                skipped, WindowOutcomeSerializer.INSTANCE.decode(WindowOutcomeSerializer.INSTANCE.encode(skipped)));
        LogSplits splits =
                new LogSplits(List.of(new LogSplit("bank-a", 3, LogSplit.OPEN), new LogSplit("feeder", 1, 4)));
        LogSplitsSerializer serializer = new LogSplitsSerializer();
        assertEquals(splits, serializer.deserialize(serializer.getVersion(), serializer.serialize(splits)));
    }
}

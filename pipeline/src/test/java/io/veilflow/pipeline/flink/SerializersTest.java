package io.veilflow.pipeline.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.board.BoardEntry;
import io.veilflow.pipeline.party.CheckedEntry;
import io.veilflow.pipeline.party.WindowOutcome;
import io.veilflow.pipeline.wire.Reason;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
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

    @Test
    @DisplayName("D12: positions in a savepoint of another version are refused with both versions, an empty list too")
    void anotherVersionIsRefused() throws Exception {
        LogSplitSerializer one = new LogSplitSerializer();
        byte[] position = one.serialize(new LogSplit("bank-a", 3, LogSplit.OPEN));
        LogSplitsSerializer all = new LogSplitsSerializer();
        byte[] none = all.serialize(new LogSplits(List.of()));
        for (int other : new int[] {0, 2}) {
            IOException refused = assertThrows(IOException.class, () -> one.deserialize(other, position));
            assertTrue(refused.getMessage().contains("version " + other), refused.getMessage());
            assertTrue(refused.getMessage().contains("reads " + one.getVersion()), refused.getMessage());
            assertThrows(IOException.class, () -> all.deserialize(other, none));
        }
    }
}

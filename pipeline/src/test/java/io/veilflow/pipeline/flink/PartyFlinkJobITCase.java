package io.veilflow.pipeline.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.pipeline.party.CheckedEntry;
import io.veilflow.pipeline.wire.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.util.ExceptionUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Flink job of a party on its embedded cluster, over a recorded board, with a scripted ingress in the core's place. */
class PartyFlinkJobITCase {
    @TempDir
    private Path directory;

    private final ScriptedIngress ingress = new ScriptedIngress();
    private RecordedBoard board;

    @BeforeEach
    void makeBoard() {
        board = new RecordedBoard(directory.resolve("board"));
        board.end();
    }

    @Test
    void aBoundedBoardDrainsAndEndsWithAllResults() throws Exception {
        ingress.release();
        Path state = directory.resolve("flink");
        board.job().run("drained", ingress, state, new FlinkMetrics());
        assertEquals(
                List.of(Reason.ACCEPTED, Reason.REPLAYED, Reason.MALFORMED), reasons("bank-a"), "in the log's order");
        assertEquals(List.of(Reason.ACCEPTED), reasons("bank-b"));
        assertEquals(List.of(Reason.ACCEPTED, Reason.ACCEPTED, Reason.ACCEPTED), reasons("feeder"));
        assertEquals(RecordedBoard.OUTCOMES, ingress.published());
        assertTrue(Files.notExists(state.resolve("cluster.p12")), "the cluster's key is gone");
    }

    @Test
    @DisplayName("D14: a job whose core holds is restarted a few times, ends, and says why")
    void aCoreThatHoldsFailsTheJobWithItsReason() {
        CompletableFuture<Void> held = new CompletableFuture<>();
        held.completeExceptionally(new IllegalStateException("held by the test"));
        ingress.drainWith(held);
        Exception failure = assertThrows(Exception.class, () -> board.job()
                .run("held", ingress, directory.resolve("flink"), new FlinkMetrics()));
        assertTrue(
                ExceptionUtils.findThrowableWithMessage(failure, "held by the test")
                        .isPresent(),
                failure.toString());
    }

    private List<Reason> reasons(String log) {
        return ingress.offered().stream()
                .filter(entry -> entry.entry().writer().equals(log))
                .map(CheckedEntry::reason)
                .toList();
    }
}

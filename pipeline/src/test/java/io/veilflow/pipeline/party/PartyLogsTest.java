package io.veilflow.pipeline.party;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.board.FileBoard;
import io.veilflow.pipeline.board.RecordVerifier;
import io.veilflow.pipeline.submission.SampleMarket;
import io.veilflow.pipeline.window.AcceptLists;
import io.veilflow.pipeline.window.Cuts;
import io.veilflow.pipeline.wire.AcceptList;
import io.veilflow.pipeline.wire.BatchOutcome;
import io.veilflow.pipeline.wire.End;
import io.veilflow.pipeline.wire.Payload;
import io.veilflow.pipeline.wire.UnitKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartyLogsTest {
    private static final Payload END =
            Payload.newBuilder().setEnd(End.getDefaultInstance()).build();

    private final SampleMarket market = new SampleMarket();

    @TempDir
    private Path directory;

    private FileBoard board;
    private PartyLogs logs;

    @BeforeEach
    void open() {
        board = FileBoard.open(directory);
        logs = new PartyLogs(market.terms(), RecordVerifier.of(market.terms().definition()), board);
    }

    @AfterEach
    void close() {
        board.close();
    }

    private AcceptList list(long batch) {
        return AcceptLists.of(UnitKind.BATCH, batch, Sealer.ROUND, Cuts.empty(market.terms()), List.of());
    }

    private void proposes(long batch) {
        market.append(
                board,
                "party-0",
                Payload.newBuilder().setAcceptList(list(batch)).build());
    }

    @Test
    @DisplayName("D5: P0's word that no further unit follows is on the board, for whoever was away when it was said")
    void theEndIsThereForWhoeverComesBack() {
        proposes(0);
        logs.refresh();
        assertFalse(logs.haveEnded());
        market.append(board, "party-0", END);
        logs.refresh();
        assertTrue(logs.haveEnded());
        assertEquals(Optional.of(list(0)), logs.proposal(0));
        assertEquals(Optional.empty(), logs.proposal(1));
    }

    private void decides(String party, BatchOutcome outcome) {
        market.append(
                board, party, Payload.newBuilder().setBatchOutcome(outcome).build());
        logs.refresh();
    }

    @Test
    @DisplayName("D1: what came of a batch is so when two parties say it, not when one does or two differ")
    void twoPartiesSayWhatWasDecided() {
        BatchOutcome outcome = BatchOutcome.newBuilder()
                .setId(0)
                .setManifestRoot(ByteString.copyFromUtf8("root"))
                .build();
        BatchOutcome another =
                outcome.toBuilder().setManifestRoot(ByteString.EMPTY).build();
        decides("party-0", outcome);
        assertEquals(Optional.empty(), logs.agreedOutcome(0));
        decides("party-1", another);
        assertEquals(Optional.empty(), logs.agreedOutcome(0));
        decides("party-2", outcome);
        assertEquals(Optional.of(outcome), logs.agreedOutcome(0));
    }

    @Test
    void nothingIsProposedAfterTheEnd() {
        market.append(board, "party-0", END);
        proposes(0);
        JobHeldException held = assertThrows(JobHeldException.class, logs::refresh);
        assertTrue(held.getMessage().contains("batch 0 after it has said"), held.getMessage());
    }

    @Test
    void onlyP0EndsTheJob() {
        market.append(board, "party-1", END);
        JobHeldException held = assertThrows(JobHeldException.class, logs::refresh);
        assertTrue(held.getMessage().contains("nothing that P1 writes"), held.getMessage());
    }
}

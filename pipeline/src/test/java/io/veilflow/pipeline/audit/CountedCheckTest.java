package io.veilflow.pipeline.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.veilflow.pipeline.board.BoardEntry;
import io.veilflow.pipeline.contributor.CountedCheck;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CountedCheckTest {
    @TempDir
    Path directory;

    @Test
    void aContributorSeesFromTheBoardInWhichWindowsItsBookCounted() throws IOException {
        try (RecordedJob job = new RecordedJob(directory)) {
            CountedCheck check = new CountedCheck(job.terms.definition(), job.board);
            job.submit("bank-a", 1);
            job.submit("bank-b", 1);
            BoardEntry stays = entry(job, "bank-a", 0);
            BoardEntry replaced = entry(job, "bank-b", 0);
            job.batch();
            assertEquals(Set.of(), check.windows(stays));
            job.tick(100);
            job.tick(1_000);
            job.window();
            assertEquals(Set.of(0L), check.windows(stays));
            job.submit("bank-b", 2);
            job.batch();
            job.tick(2_000);
            job.window();
            assertEquals(Set.of(0L, 1L), check.windows(stays));
            assertEquals(Set.of(0L), check.windows(replaced));
            assertEquals(Set.of(1L), check.windows(entry(job, "bank-b", 1)));
        }
    }

    private static BoardEntry entry(RecordedJob job, String bank, long record) {
        return job.board.read(bank, record).orElseThrow();
    }
}

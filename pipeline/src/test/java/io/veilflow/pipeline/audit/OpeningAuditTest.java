package io.veilflow.pipeline.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.mpc.fair.FairMessage;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.window.RootedManifest;
import io.veilflow.pipeline.wire.Payload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an audit makes of records of fair openings: of P1's, in a window that has not been posted. */
class OpeningAuditTest {
    private static final int LEVEL = 1;
    private static final List<FairMessage.Component> COMPONENTS = RecordedOpening.components(LEVEL);

    @TempDir
    private Path directory;

    private RecordedJob job;
    private RecordedOpening opening;
    private RootedManifest rooted;

    @BeforeEach
    void sealOneWindow() throws IOException {
        job = new RecordedJob(directory);
        rooted = job.sealedWindow();
        opening = new RecordedOpening(job, rooted);
    }

    @AfterEach
    void close() {
        job.close();
    }

    @Test
    void anOpeningThatIsAsItMustBeIsCounted() {
        opening.post(LEVEL);
        assertEquals(9, job.audit().counts().get(AuditReport.Check.OPENINGS));
        assertTrue(job.audit().passed());
    }

    @Test
    void anOpeningThatStoppedHalfWayIsNoFailure() {
        job.party(PartyId.P1, opening.ready(PartyId.P1, hashes()));
        assertTrue(job.audit().passed());
    }

    @Test
    void aReadyThatItsWriterHasNotSignedFails() {
        assertFails("without its signature", opening.ready(PartyId.P2, hashes()));
    }

    @Test
    void aSecondReadyOfOneAttemptFails() {
        byte[] other = hashes();
        other[0] ^= 1;
        assertFails("contradicts", opening.ready(PartyId.P1, hashes()), opening.ready(PartyId.P1, other));
    }

    @Test
    void aCountersignatureUnderItselfOrWithoutAReadyFails() {
        assertFails("without a READY of its own", opening.echo(PartyId.P1, PartyId.P2, hashes()));
    }

    @Test
    void aCountersignatureThatIsNotItsWritersFails() {
        assertFails(
                "a signature is missing",
                opening.ready(PartyId.P1, hashes()),
                opening.echo(PartyId.P0, PartyId.P2, hashes()));
    }

    @Test
    void aComponentThatWasNotHashedFails() {
        assertFails(
                "another component than its READY",
                opening.ready(PartyId.P1, hashes()),
                opening.opening(PartyId.P1, RecordedOpening.components(2)));
    }

    @Test
    void componentsWithoutAReadyFail() {
        assertFails("without a READY of its writer", opening.opening(PartyId.P1, COMPONENTS));
    }

    @Test
    void twoHoldersThatOpenDifferentComponentsFail() {
        List<FairMessage.Component> other = RecordedOpening.components(2);
        job.party(PartyId.P0, opening.ready(PartyId.P0, hashes()));
        job.party(PartyId.P2, opening.ready(PartyId.P2, hashes()));
        job.party(PartyId.P2, opening.opening(PartyId.P2, COMPONENTS));
        job.party(PartyId.P1, opening.ready(PartyId.P1, opening.hashes(other)));
        job.party(PartyId.P1, opening.opening(PartyId.P1, other));
        AuditReport.Failure failure = job.audit().failure().orElseThrow();
        assertTrue(failure.what().contains("another component than its other holder"), failure.toString());
    }

    @Test
    void outputsThatAreNotTheResultsFail() {
        opening.post(LEVEL + 1);
        for (PartyId party : PartyId.values()) {
            job.party(
                    party,
                    Payload.newBuilder()
                            .setWindowResult(job.stated(LEVEL, rooted))
                            .build());
        }
        job.sign(PartyId.P0, job.message(LEVEL, rooted));
        AuditReport.Failure failure = job.audit().failure().orElseThrow();
        assertTrue(failure.what().contains("opens other outputs of window 0"), failure.toString());
    }

    private byte[] hashes() {
        return opening.hashes(COMPONENTS);
    }

    private void assertFails(String what, Payload... ofP1) {
        for (Payload payload : ofP1) {
            job.party(PartyId.P1, payload);
        }
        job.assertFailureAtLast(PartyId.P1, what);
    }
}

package io.veilflow.pipeline.party;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.threshold.GroupSignature;
import io.veilflow.pipeline.board.BoardWriter;
import io.veilflow.pipeline.board.RecordVerifier;
import io.veilflow.pipeline.job.EnrolledParty;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.journal.FileJournal;
import io.veilflow.pipeline.journal.JournalEntry;
import io.veilflow.pipeline.journal.JournalKey;
import io.veilflow.pipeline.key.KeyPurpose;
import io.veilflow.pipeline.open.FormerOpenings;
import io.veilflow.pipeline.open.OpeningDecisions;
import io.veilflow.pipeline.open.SampleDecisions;
import io.veilflow.pipeline.sign.Assurance;
import io.veilflow.pipeline.sign.GroupSigner;
import io.veilflow.pipeline.sign.SigningBoard;
import io.veilflow.pipeline.sign.SigningWorld;
import io.veilflow.pipeline.window.RootedManifest;
import io.veilflow.pipeline.wire.Manifest;
import io.veilflow.pipeline.wire.OutputAborted;
import io.veilflow.pipeline.wire.OutputReady;
import io.veilflow.pipeline.wire.Payload;
import io.veilflow.pipeline.wire.UnitKind;
import io.veilflow.zk.rule.PublicValues;
import io.veilflow.zk.statement.ContextHash;
import io.veilflow.zk.statement.Statement;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a window ends at three parties that have computed, or not, on a real board and without a session. */
class WindowEndingProtocolTest {
    private static final ByteString PROOF = filled(384, 9);
    private static final ByteString BAD_PROOF = filled(384, 8);
    private static final int ATTEMPT = 1;

    @TempDir
    Path directory;

    private final RootedManifest rooted = new RootedManifest(Manifest.getDefaultInstance(), filled(32, 1));
    private final Map<PartyId, Side> sides = new EnumMap<>(PartyId.class);
    private SigningWorld world;
    private JobTerms job;
    private boolean deadlinePassed;

    /** One party. */
    private final class Side {
        private final BoardWriter log;
        private final FileJournal journal;
        private final OpeningDecisions decisions = new OpeningDecisions();
        private final List<SignedWindow> attested = new ArrayList<>();
        private final ResultSigning results;
        private final FormerOpenings openings;
        private final WindowEnding ending;

        Side(PartyId party) {
            String name = EnrolledParty.writer(party);
            log = world.log(party);
            journal = new FileJournal(
                    directory.resolve(name + ".journal"),
                    name.getBytes(),
                    new JournalKey(new byte[32], new SecureRandom()));
            RecordVerifier records = RecordVerifier.of(job.definition());
            SigningBoard signing = new SigningBoard(records, world.board());
            GroupSigner signer = world.signer(party, KeyPurpose.RESULT);
            JournalledLog own = new JournalledLog(journal, log, OwnRecords.read(records, world.board(), name));
            results = new ResultSigning(job, window -> signer, own);
            openings = new FormerOpenings(job, party, journal, signing, log, own::hasPosted, decisions);
            ending = new WindowEnding(
                    UnitId.window(0),
                    rooted,
                    new WindowEnding.Ports(results, signing, decisions, openings, party),
                    () -> deadlinePassed,
                    (opened, proof) -> proof.equals(PROOF) ? Optional.of(opened.with(proof, 0, 0)) : Optional.empty(),
                    attested::add);
        }

        void ready() {
            OutputReady ready =
                    OutputReady.newBuilder().setWindow(0).setAttempt(ATTEMPT).build();
            journal.append(new JournalEntry(
                    JournalEntry.Type.OUTPUT_READY, UnitKind.WINDOW, 0, ATTEMPT, ready.toByteString()));
            log.append(Payload.newBuilder().setOutputReady(ready).build());
            SampleDecisions.ready(decisions, 0, ATTEMPT);
        }

        long posted(Payload.BodyCase kind) {
            List<Payload> records = new ArrayList<>();
            OwnRecords.forEach(RecordVerifier.of(job.definition()), world.board(), log.name(), records::add);
            return records.stream()
                    .filter(record -> record.getBodyCase() == kind)
                    .count();
        }

        void aborted() {
            SampleDecisions.aborted(decisions, 0, ATTEMPT);
            log.append(Payload.newBuilder()
                    .setOutputAborted(OutputAborted.newBuilder().setWindow(0).setAttempt(ATTEMPT))
                    .build());
        }
    }

    @BeforeEach
    void begin() {
        world = new SigningWorld(directory.resolve("board"));
        job = world.job();
        for (PartyId party : PartyId.values()) {
            sides.put(party, new Side(party));
        }
    }

    @AfterEach
    void end() {
        sides.values().forEach(side -> {
            side.ending.close();
            side.journal.close();
        });
        world.close();
    }

    @Test
    @DisplayName("G5, G10, G18: two parties that have proven make the group's signature, whatever the third does")
    void twoSufficeForAProvenResult() {
        for (PartyId silent : PartyId.values()) {
            assertTrue(poll(silent).isEmpty());
        }
        proven(PartyId.P0, 1);
        proven(PartyId.P2, 1);
        SignedWindow signed = run(PartyId.P0, PartyId.P2).orElseThrow();
        assertEquals(Assurance.PROVEN, signed.message().assurance());
        assertTrue(GroupSignature.decode(signed.signature().toByteArray())
                .orElseThrow()
                .verifies(
                        job.definition().group().resultKey().toByteArray(),
                        signed.message().digest()));
    }

    @Test
    @DisplayName("G5: a party signs its own result and no other: two different results are signed by nobody")
    void differentResultsAreNotSigned() {
        proven(PartyId.P0, 1);
        proven(PartyId.P1, 2);
        assertTrue(run(PartyId.P0, PartyId.P1).isEmpty());
        proven(PartyId.P2, 1);
        assertTrue(run(PartyId.P2, PartyId.P0).isPresent());
    }

    @Test
    @DisplayName("C15, C19: a party that opened and has no proof takes over another's, once it has verified it")
    void aProofIsAdopted() {
        opened(PartyId.P1, 1);
        opened(PartyId.P2, 1);
        side(PartyId.P2).ending.proven(result(1).with(BAD_PROOF, 0, 0));
        assertTrue(run(PartyId.P1, PartyId.P2).isEmpty(), "a proof that does not hold");
        proven(PartyId.P0, 1);
        assertTrue(run(PartyId.P0, PartyId.P1).isPresent());
    }

    @Test
    @DisplayName("C15, C20: attested only after the proof deadline, once, and only by parties that opened the same")
    void attestedAfterTheDeadline() {
        opened(PartyId.P0, 1);
        opened(PartyId.P1, 1);
        opened(PartyId.P2, 2);
        run(PartyId.values());
        assertEquals(List.of(), side(PartyId.P0).attested);
        deadlinePassed = true;
        assertTrue(run(PartyId.values()).isEmpty(), "never as proven");
        for (PartyId party : new PartyId[] {PartyId.P0, PartyId.P1}) {
            assertEquals(1, side(party).attested.size());
            SignedWindow signed = side(party).attested.get(0);
            assertEquals(Assurance.ATTESTED, signed.message().assurance());
            assertTrue(signed.result().proof().isEmpty());
        }
        assertEquals(0, side(PartyId.P2).attested.size());
    }

    @Test
    @DisplayName("C15: a proof that comes after the attested result is signed too")
    void provenAfterAttested() {
        deadlinePassed = true;
        opened(PartyId.P0, 1);
        opened(PartyId.P1, 1);
        run(PartyId.P0, PartyId.P1);
        assertEquals(1, side(PartyId.P0).attested.size());
        proven(PartyId.P0, 1);
        assertEquals(
                Assurance.PROVEN,
                run(PartyId.P0, PartyId.P1).orElseThrow().message().assurance());
    }

    @Test
    @DisplayName("C22: two parties that were not ready close the window by a skip")
    void skipWithoutReady() {
        assertTrue(skip(PartyId.P0, PartyId.P1));
    }

    @Test
    @DisplayName("C22: a party that was ready signs a skip only if it and another have signed that they opened nothing")
    void skipOnlyOnSignedAborts() {
        for (PartyId party : PartyId.values()) {
            SampleDecisions.ready(side(party).decisions, 0, ATTEMPT);
        }
        assertFalse(skip(PartyId.values()), "all were ready, and nobody says that it aborted");
        side(PartyId.P0).aborted();
        assertFalse(skip(PartyId.values()), "one abort is not enough");
        side(PartyId.P1).aborted();
        assertTrue(skip(PartyId.P0, PartyId.P1));
    }

    @Test
    @DisplayName("C22: what was opened is never skipped")
    void noSkipOfWhatIsOpened() {
        opened(PartyId.P0, 1);
        opened(PartyId.P1, 1);
        assertFalse(skip(PartyId.P0, PartyId.P1));
    }

    @Test
    @DisplayName(
            "D1, C22: READY before the crash: started again, the party skips only when both others signed that they did not"
                    + " open")
    void readyBeforeTheCrash() {
        for (PartyId party : PartyId.values()) {
            side(party).ready();
        }
        restart(PartyId.P0);
        assertFalse(skip(PartyId.values()), "nobody has aborted");
        side(PartyId.P1).aborted();
        assertFalse(skip(PartyId.P0, PartyId.P1), "the other of the two may have opened");
        side(PartyId.P2).aborted();
        assertTrue(skip(PartyId.P0, PartyId.P1));
    }

    @Test
    @DisplayName(
            "D1, C22: skip against late result: a party that stated the skip signs it after its restart, and a result that"
                    + " comes later is signed by nobody")
    void skipBeforeALateResult() {
        assertFalse(skip(PartyId.P0), "one party is not enough");
        restart(PartyId.P0);
        assertTrue(side(PartyId.P0).results.statedSkip(UnitId.window(0)), "so no attempt follows");
        proven(PartyId.P2, 1);
        assertTrue(skip(PartyId.P0, PartyId.P1));
        assertEquals(1, side(PartyId.P0).posted(Payload.BodyCase.WINDOWS_SKIPPED), "said once");
        assertTrue(run(PartyId.P2, PartyId.P0, PartyId.P1).isEmpty());
        assertTrue(side(PartyId.P2).ending.skippedByOthers().isPresent(), "the late party sees how the window ended");
    }

    @Test
    @DisplayName(
            "D1, D17: result in one journal only: after the restart it is signed as it was stated, and neither a skip nor another"
                    + " result is")
    void statedBeforeTheCrash() {
        proven(PartyId.P0, 1);
        poll(PartyId.P0);
        restart(PartyId.P0);
        assertThrows(JobHeldException.class, () -> proven(PartyId.P0, 2));
        restart(PartyId.P0);
        proven(PartyId.P0, 1);
        assertFalse(skip(PartyId.P0, PartyId.P1), "one of them has a result");
        proven(PartyId.P1, 1);
        assertTrue(run(PartyId.P0, PartyId.P1).isPresent());
        assertEquals(1, side(PartyId.P0).posted(Payload.BodyCase.WINDOW_RESULT), "said once");
    }

    /** A new process of the party, from its journal and its log. */
    private void restart(PartyId party) {
        side(party).ending.close();
        side(party).journal.close();
        Side again = new Side(party);
        again.openings.recall(0);
        sides.put(party, again);
    }

    private Side side(PartyId party) {
        return sides.get(party);
    }

    private void opened(PartyId party, int output) {
        side(party).ending.opened(result(output));
    }

    private void proven(PartyId party, int output) {
        side(party).ending.proven(result(output).with(PROOF, 0, 0));
    }

    private Optional<SignedWindow> poll(PartyId party) {
        return side(party).ending.poll();
    }

    /** Some rounds; what the first of them has in the end. */
    private Optional<SignedWindow> run(PartyId... parties) {
        for (int round = 0; round < 8; round++) {
            Arrays.stream(parties).forEach(this::poll);
        }
        return poll(parties[0]);
    }

    private boolean skip(PartyId... parties) {
        boolean signed = false;
        for (int round = 0; round < 8; round++) {
            for (PartyId party : parties) {
                signed |= side(party).ending.pollSkip().isPresent();
            }
        }
        return signed;
    }

    private ComputedResult result(int output) {
        BigInteger word = BigInteger.valueOf(output);
        return ComputedResult.opened(
                new Statement(new ContextHash(BigInteger.ONE), List.of(word)),
                PublicValues.allUsed(job.rule(), List.of(word), List.of()),
                1,
                filled(64, 3));
    }

    private static ByteString filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return ByteString.copyFrom(bytes);
    }
}

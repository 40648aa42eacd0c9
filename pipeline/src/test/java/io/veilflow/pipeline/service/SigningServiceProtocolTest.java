package io.veilflow.pipeline.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.board.BoardWriter;
import io.veilflow.pipeline.board.FileBoard;
import io.veilflow.pipeline.identity.VerificationKey;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.key.KeyPurpose;
import io.veilflow.pipeline.service.SigningAuditLog.Event;
import io.veilflow.pipeline.service.SigningDesk.Answer;
import io.veilflow.pipeline.sign.GroupStatement;
import io.veilflow.pipeline.sign.RotationMessage;
import io.veilflow.pipeline.sign.SampleGroup;
import io.veilflow.pipeline.sign.ServiceMessage;
import io.veilflow.pipeline.wire.Payload;
import io.veilflow.pipeline.wire.ServiceText;
import io.veilflow.pipeline.wire.SigningRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Operators ask and approve on a real board; three parties' services look at it, or two. */
class SigningServiceProtocolTest {
    private static final ByteString MESSAGE = ByteString.copyFromUtf8("pay 5 to bob");

    @TempDir
    Path directory;

    private ServiceWorld world;
    private JobTerms job;
    private FileBoard board;
    private SigningDesk desk;

    @BeforeEach
    void begin() {
        world = new ServiceWorld(directory);
        job = world.job();
        board = world.board();
        desk = world.desk();
    }

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    @DisplayName("G6: a message is signed with the SIGN key once two operators approve, and not before")
    void twoOperatorsApprove() throws Exception {
        ByteString request = desk.ask(PartyId.P0, world.key(PartyId.P0), "custody", MESSAGE);
        world.run(PartyId.values());
        assertInstanceOf(Answer.Waiting.class, desk.await(request, Duration.ZERO));
        desk.approve(PartyId.P0, world.key(PartyId.P0), request);
        world.run(PartyId.values());
        assertInstanceOf(Answer.Waiting.class, desk.await(request, Duration.ZERO), "the same operator again");
        desk.approve(PartyId.P2, world.key(PartyId.P2), request);
        world.run(PartyId.values());
        Answer.Signed answer = assertInstanceOf(Answer.Signed.class, desk.await(request, Duration.ZERO));
        ServiceMessage statement =
                new ServiceMessage(job.definition().group().signKey().orElseThrow(), "custody", MESSAGE);
        assertEquals(statement, answer.statement());
        assertTrue(answer.signature().verifies(statement.groupKey().toByteArray(), statement.digest()));
        assertFalse(
                answer.signature().verifies(job.definition().group().resultKey().toByteArray(), statement.digest()),
                "never the RESULT key");
        assertEquals(List.of(statement), world.signed(PartyId.P1));
    }

    @Test
    void oneSilentPartyDoesNotStopIt() throws Exception {
        ByteString request = world.approved("custody", MESSAGE);
        world.run(PartyId.P1, PartyId.P2);
        assertInstanceOf(Answer.Signed.class, desk.await(request, Duration.ZERO));
    }

    @Test
    @DisplayName("G5: one party that signs without approvals gets no signature out of the others")
    void oneCorruptedPartyIsNotEnough() throws Exception {
        ByteString request = desk.ask(PartyId.P0, world.key(PartyId.P0), "custody", MESSAGE);
        GroupStatement statement =
                new SigningTerms(job).statement(desk.request(request).request());
        try (var run = world.signing().signer(PartyId.P0, KeyPurpose.SIGN).begin(statement)) {
            for (int k = 0; k < 10; k++) {
                assertTrue(run.step().isEmpty());
                world.run(PartyId.P1, PartyId.P2);
            }
        }
    }

    @Test
    @DisplayName(
            "G6: what the policy does not allow is refused at the desk, and by every party if it is posted all the same")
    void thePolicyRules() throws Exception {
        assertThrows(
                SigningRequestException.class, () -> desk.ask(PartyId.P0, world.key(PartyId.P0), "lunch", MESSAGE));
        assertThrows(
                SigningRequestException.class,
                () -> desk.ask(
                        PartyId.P0,
                        world.key(PartyId.P0),
                        "custody",
                        ByteString.copyFrom(new byte[SigningTerms.MESSAGE_BYTES_MAX + 1])));
        SigningRequest bad = SigningRequest.newBuilder()
                .setRequestId(ByteString.copyFrom(new byte[SigningTerms.REQUEST_ID_BYTES]))
                .setText(ServiceText.newBuilder().setPurpose("lunch").setMessage(MESSAGE))
                .build();
        try (BoardWriter log = world.signing().operatorLog(PartyId.P0)) {
            log.append(Payload.newBuilder().setSigningRequest(bad).build());
        }
        world.run(PartyId.values());
        ByteString hash = SigningTerms.hash(bad);
        assertInstanceOf(Answer.Refused.class, desk.await(hash, Duration.ZERO));
        long last = board.size("party-1") - 1;
        assertTrue(new String(board.read("party-1", last).orElseThrow().record().toByteArray())
                .contains("does not allow its purpose"));
        assertEquals(0, world.signed(PartyId.P1).size());
    }

    @Test
    @DisplayName("G6, G8: the old key names its successor, once two operators approve")
    void rotation() throws Exception {
        ByteString next = SampleGroup.keys().signKey().orElseThrow();
        ByteString request = desk.askForRotation(PartyId.P1, world.key(PartyId.P1), 40, next);
        desk.approve(PartyId.P2, world.key(PartyId.P2), request);
        world.run(PartyId.values());
        Answer.Signed answer = assertInstanceOf(Answer.Signed.class, desk.await(request, Duration.ZERO));
        RotationMessage statement = assertInstanceOf(RotationMessage.class, answer.statement());
        assertEquals(40, statement.fromWindow());
        assertEquals(next, statement.newKey());
        assertTrue(
                answer.signature().verifies(job.definition().group().resultKey().toByteArray(), statement.digest()));
    }

    @Test
    @DisplayName(
            "G8: nobody takes part in a rotation to a window that has begun; its operator learns who refuses it, and why")
    void aLateRotationIsNotSigned() throws Exception {
        ByteString request = desk.askForRotation(PartyId.P0, world.key(PartyId.P0), 1, SampleGroup.nextResultKey());
        desk.approve(PartyId.P2, world.key(PartyId.P2), request);
        world.run(PartyId.values());
        assertEquals(
                new Answer.Refused(PartyId.P0, RotationRefusal.BEGUN.words()),
                desk.await(request, Duration.ofMinutes(1)));
        assertEquals(List.of(), world.signed(PartyId.P1));
        assertEquals(new SigningAudit.Report(1, 1, 1, 0), world.checked(PartyId.P1));
    }

    @Test
    @DisplayName("G8: after a rotation the new key names its successor, for the operator and in the audit")
    void theNextRotation() throws Exception {
        ByteString first = desk.askForRotation(PartyId.P0, world.key(PartyId.P0), 50, SampleGroup.nextResultKey());
        desk.approve(PartyId.P2, world.key(PartyId.P2), first);
        world.run(PartyId.values());
        assertInstanceOf(Answer.Signed.class, desk.await(first, Duration.ZERO));
        ByteString second = desk.askForRotation(
                PartyId.P0,
                world.key(PartyId.P0),
                60,
                job.definition().group().signKey().orElseThrow());
        desk.approve(PartyId.P1, world.key(PartyId.P1), second);
        world.run(PartyId.values());
        Answer.Signed answer = assertInstanceOf(Answer.Signed.class, desk.await(second, Duration.ZERO));
        assertTrue(answer.signature()
                .verifies(
                        SampleGroup.nextResultKey().toByteArray(),
                        answer.statement().digest()));
        assertEquals(new SigningAudit.Report(2, 2, 0, 2), world.checked(PartyId.P1));
    }

    @Test
    @DisplayName("A party's log may refuse what two operators approved of only for what its windows say, and then has"
            + " neither begun nor signed it; no line stands there twice")
    void refusalsWithoutCause() throws Exception {
        Line request = new Line(Event.REQUEST, "P0");
        Line refusal = new Line(Event.REFUSAL, RotationRefusal.BEGUN.words());
        Line begun = new Line(Event.BEGUN, "");
        assertLastFails(world.approved("custody", MESSAGE), request, refusal);
        ByteString rotation = desk.askForRotation(PartyId.P0, world.key(PartyId.P0), 40, SampleGroup.nextResultKey());
        assertLastFails(rotation, request, refusal);
        assertLastFails(rotation, request, begun);
        desk.approve(PartyId.P2, world.key(PartyId.P2), rotation);
        assertLastFails(rotation, request, new Line(Event.REFUSAL, "I will not"));
        assertLastFails(rotation, request, new Line(Event.REFUSAL, RotationRefusal.UNDER_WAY.words()));
        assertLastFails(rotation, refusal);
        assertLastFails(rotation, begun);
        assertLastFails(rotation, request, request);
        assertLastFails(rotation, request, new Line(Event.APPROVAL, "P2"), new Line(Event.APPROVAL, "P2"));
        assertLastFails(rotation, request, begun, begun);
        assertLastFails(rotation, request, begun, refusal);
        assertLastFails(rotation, request, refusal, begun);
        assertLastFails(rotation, request, refusal, refusal);
        world.run(PartyId.P0, PartyId.P2);
        Answer.Signed answer = assertInstanceOf(Answer.Signed.class, desk.await(rotation, Duration.ZERO));
        Line signature = new Line(
                Event.SIGNATURE, HexFormat.of().formatHex(answer.signature().bytes()));
        assertLastFails(rotation, request, refusal, signature);
        assertLastFails(rotation, request, signature, refusal);
        assertLastFails(rotation, request, signature, begun);
        assertLastFails(rotation, request, begun, signature, signature);
    }

    private record Line(Event event, String subject) {}

    private void assertLastFails(ByteString request, Line... made) throws Exception {
        GroupStatement statement =
                new SigningTerms(job).statement(desk.request(request).request());
        String hash = HexFormat.of().formatHex(request.toByteArray());
        String digest = HexFormat.of().formatHex(statement.digest());
        Path file = directory.resolve("made-up");
        VerificationKey identity = world.signing().identityKey(PartyId.P1);
        try (SigningAuditLog log = new SigningAuditLog(file, world.key(PartyId.P1), identity)) {
            for (Line line : made) {
                log.append(line.event(), hash, digest, statement.title(), line.subject());
            }
        }
        List<String> lines = Files.readAllLines(file);
        Files.delete(file);
        SigningAuditException found =
                assertThrows(SigningAuditException.class, () -> new SigningAudit(job, board).check(PartyId.P1, lines));
        assertEquals(
                "line " + (made.length - 1) + " of the audit log says something else than the board",
                found.getMessage());
    }

    @Test
    @DisplayName(
            "The audit log holds every request, approval, refusal and signature; whatever is changed in it is found")
    void auditLog() throws Exception {
        world.approved("custody", MESSAGE);
        world.run(PartyId.values());
        List<String> lines = world.audit(PartyId.P1);
        assertEquals(new SigningAudit.Report(1, 1, 0, 1), new SigningAudit(job, board).check(PartyId.P1, lines));
        VerificationKey key = world.signing().identityKey(PartyId.P1);
        for (int line = 0; line < lines.size(); line++) {
            List<String> without = new ArrayList<>(lines);
            without.remove(line);
            boolean last = line == lines.size() - 1;
            if (!last) {
                assertThrows(SigningAuditException.class, () -> SigningAuditLog.verify(without, key), "line removed");
            }
            List<String> changed = new ArrayList<>(lines);
            changed.set(line, lines.get(line).replaceFirst("P0|P1|[0-9a-f]{104}", "P2"));
            assertThrows(SigningAuditException.class, () -> SigningAuditLog.verify(changed, key), "line changed");
        }
        assertThrows(
                SigningAuditException.class,
                () -> SigningAuditLog.verify(lines, world.signing().identityKey(PartyId.P2)));
        assertThrows(
                SigningAuditException.class,
                () -> new SigningAudit(job, board).check(PartyId.P1, List.of()),
                "a request of the board is missing");
    }
}

package io.veilflow.pipeline.party;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.audit.AuditReport;
import io.veilflow.pipeline.identity.IdentityFile;
import io.veilflow.pipeline.identity.PartyIdentity;
import io.veilflow.pipeline.job.EnrolledParty;
import io.veilflow.pipeline.job.PostingPolicy;
import io.veilflow.pipeline.service.SigningAudit;
import io.veilflow.pipeline.service.SigningDesk;
import io.veilflow.pipeline.service.SigningDesk.Answer;
import io.veilflow.pipeline.sign.Assurance;
import io.veilflow.pipeline.sign.SampleGroup;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotationITCase {
    private static final List<BigInteger> PRICES = List.of(BigInteger.valueOf(3_000), BigInteger.ONE);
    private static final List<List<BigInteger>> POSITIONS = List.of(
            List.of(BigInteger.TEN, BigInteger.ZERO, BigInteger.ZERO, BigInteger.valueOf(12_000)),
            List.of(BigInteger.ZERO, BigInteger.valueOf(500), BigInteger.ZERO, BigInteger.valueOf(100)));

    /** From the registry's taking of the new key to its use. */
    private static final long DELAY_SECONDS = 3_600;

    @TempDir
    private Path directory;

    @Test
    @DisplayName(
            "G8: the old key names its successor; running parties sign with the new one from its first window on, after its delay")
    void rotation() throws Exception {
        try (PartyWorld world = world()) {
            ByteString job = world.terms().jobId();
            ByteString old = world.terms().definition().group().resultKey();
            SigningDesk desk = new SigningDesk(world.terms(), world.board(), new SecureRandom());
            ByteString request = approvedRotation(desk, 1);
            assertInstanceOf(Answer.Signed.class, desk.await(request, Duration.ofSeconds(20)));
            world.await(
                    () -> world.chain().termsOf(job, 1).groupKey().equals(SampleGroup.nextResultKey()),
                    "new key in the registry");
            PartyWorld.BANKS.forEach(bank -> world.submit(bank, POSITIONS));
            PartyWorld.BANKS.forEach(bank -> world.decision(bank, 0));
            world.tick(500, PRICES);
            world.tick(1_500, PRICES);
            world.tick(2_500, PRICES);
            world.end();
            world.awaitEnd();
            assertTrue(world.chain().window(job, 1).isEmpty(), "signed, and the new key is not in use yet");
            world.node().pass(DELAY_SECONDS);
            for (int window = 0; window < 2; window++) {
                int number = window;
                world.await(() -> world.report(PartyId.P1, number).isPresent(), "window " + number + " on the chain");
                assertEquals(
                        Assurance.PROVEN,
                        world.chain().window(job, number).orElseThrow().assurance());
            }
            assertEquals(old, world.chain().termsOf(job, 0).groupKey());
            AuditReport report = world.audit();
            assertTrue(report.passed(), () -> String.join("\n", report.lines()));
        }
    }

    @Test
    @DisplayName(
            "D1, G8: key change during a window: a party dies with a begun rotation and is started again; the window of"
                    + " the new key is signed with it, no line stands in an audit log twice")
    void keyChangeDuringAWindow() throws Exception {
        String inWindow = "post MANIFEST WINDOW 0";
        try (PartyWorld world = world()) {
            ByteString job = world.terms().jobId();
            SigningDesk desk = new SigningDesk(world.terms(), world.board(), new SecureRandom());
            world.hold(PartyId.P1, inWindow);
            PartyWorld.BANKS.forEach(bank -> world.submit(bank, POSITIONS));
            PartyWorld.BANKS.forEach(bank -> world.decision(bank, 0));
            for (int tick = 0; tick < 4; tick++) {
                world.tick(500 + 1_000 * tick, PRICES);
            }
            world.await(() -> world.order(PartyId.P1).contains(inWindow), inWindow);
            world.crashAfter(PartyId.P1, "publish NONCE_COMMITMENTS");
            ByteString request = approvedRotation(desk, 2);
            world.awaitCrash(PartyId.P1);
            world.goOn(PartyId.P1);
            assertInstanceOf(Answer.Signed.class, desk.await(request, Duration.ofSeconds(20)));
            world.await(
                    () -> world.chain().termsOf(job, 2).groupKey().equals(SampleGroup.nextResultKey()),
                    "new key in the registry");
            world.restart(PartyId.P1);
            world.end();
            world.awaitEnd();
            world.node().pass(DELAY_SECONDS);
            for (int window = 0; window < 3; window++) {
                int number = window;
                world.await(() -> world.report(PartyId.P1, number).isPresent(), "window " + number + " on the chain");
                assertEquals(
                        Assurance.PROVEN,
                        world.chain().window(job, number).orElseThrow().assurance());
            }
            ByteString old = world.terms().definition().group().resultKey();
            assertEquals(old, world.chain().termsOf(job, 1).groupKey());
            assertEquals(
                    SampleGroup.nextResultKey(), world.chain().termsOf(job, 2).groupKey());
            for (PartyId party : PartyId.values()) {
                world.await(
                        () -> world.events(party).stream().anyMatch(line -> line.contains("\"group-signed\"")),
                        "signature at " + party);
                List<String> lines =
                        Files.readAllLines(directory.resolve(EnrolledParty.writer(party) + ".signing-audit"));
                assertEquals(
                        new SigningAudit.Report(1, 1, 0, 1),
                        new SigningAudit(world.terms(), world.board()).check(party, lines));
                assertEquals(
                        1,
                        lines.stream()
                                .filter(line -> line.contains("\"BEGUN\""))
                                .count());
            }
            AuditReport report = world.audit();
            assertTrue(report.passed(), () -> String.join("\n", report.lines()));
        }
    }

    private PartyWorld world() {
        return new PartyWorld(
                directory,
                Path.of("target", "test-keys"),
                (context, path) -> false,
                new PostingPolicy(0, DELAY_SECONDS, List.of()));
    }

    private ByteString approvedRotation(SigningDesk desk, long fromWindow) {
        ByteString request;
        try (PartyIdentity operator = operator(PartyId.P0)) {
            request = desk.askForRotation(
                    PartyId.P0, operator.signingKey()::sign, fromWindow, SampleGroup.nextResultKey());
        }
        try (PartyIdentity operator = operator(PartyId.P2)) {
            desk.approve(PartyId.P2, operator.signingKey()::sign, request);
        }
        return request;
    }

    private PartyIdentity operator(PartyId party) {
        String name = EnrolledParty.writer(party);
        return IdentityFile.openParty(directory.resolve(name + ".keys"), party, directory.resolve(name + ".pass"));
    }
}

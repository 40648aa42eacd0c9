package io.veilflow.pipeline.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.service.SigningAudit.Report;
import io.veilflow.pipeline.service.SigningDesk.Answer;
import io.veilflow.pipeline.sign.GroupStatement;
import io.veilflow.pipeline.wire.Payload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A party's service dies and is started again from audit log and board. */
class SigningServiceRestartTest {
    private static final ByteString MESSAGE = ByteString.copyFromUtf8("pay 5 to bob");

    @TempDir
    Path directory;

    private ServiceWorld world;

    @BeforeEach
    void begin() {
        world = new ServiceWorld(directory);
    }

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    @DisplayName(
            "D1, G8: a rotation that a party has refused stays refused after a restart, whatever it would say then")
    void refusedStaysRefused() throws Exception {
        ByteString request = world.approvedRotation(1);
        world.run(PartyId.P0);
        world.restart(PartyId.P0);
        world.succession(PartyId.P0).firstWindow(0);
        world.run(PartyId.values());
        assertInstanceOf(Answer.Refused.class, world.desk().await(request, Duration.ZERO));
        assertEquals(1, world.succession(PartyId.P0).asked().size(), "asked once");
        assertEquals(1, refusals(PartyId.P0));
        assertEquals(new Report(1, 1, 1, 0), world.checked(PartyId.P0));
    }

    @Test
    @DisplayName(
            "D1: a party that dies between the line of a refusal and its post refuses after the restart, for the same reason")
    void diesWithARefusal() throws Exception {
        ByteString request = world.approvedRotation(1);
        world.dieBeforeARefusal(PartyId.P0);
        assertThrows(ServiceWorld.Killed.class, () -> world.run(PartyId.P0));
        assertEquals(0, refusals(PartyId.P0));
        world.restart(PartyId.P0);
        world.succession(PartyId.P0).firstWindow(0);
        world.run(PartyId.P0);
        assertEquals(
                new Answer.Refused(PartyId.P0, RotationRefusal.BEGUN.words()),
                world.desk().await(request, Duration.ZERO));
        assertEquals(1, refusals(PartyId.P0));
        assertEquals(new Report(1, 1, 1, 0), world.checked(PartyId.P0));
    }

    @Test
    @DisplayName(
            "D1, G8: a rotation that a party has begun goes on after a restart, once its windows are where they were")
    void begunGoesOn() throws Exception {
        ByteString request = world.approvedRotation(40);
        world.step(PartyId.P0);
        assertEquals(1, world.posted(PartyId.P0).size(), "its nonce commitments");
        world.restart(PartyId.P0);
        ServiceWorld.Succession succession = world.succession(PartyId.P0);
        assertEquals(succession.asked(), succession.resumed());
        succession.ready(false);
        succession.firstWindow(41);
        world.run(PartyId.P0, PartyId.P2);
        assertInstanceOf(Answer.Waiting.class, world.desk().await(request, Duration.ZERO));
        succession.ready(true);
        world.run(PartyId.P0, PartyId.P2);
        assertInstanceOf(Answer.Signed.class, world.desk().await(request, Duration.ZERO));
        assertEquals(1, succession.asked().size(), "asked once");
        assertEquals(0, refusals(PartyId.P0));
        assertEquals(new Report(1, 1, 0, 1), world.checked(PartyId.P0));
    }

    @Test
    @DisplayName(
            "D1, G8: while its windows are not where they were a party answers no new rotation, and signs messages")
    void newRotationsWait() throws Exception {
        world.succession(PartyId.P0).ready(false);
        world.succession(PartyId.P0).firstWindow(41);
        ByteString rotation = world.approvedRotation(40);
        ByteString message = world.approved("custody", MESSAGE);
        world.run(PartyId.P0, PartyId.P1);
        assertInstanceOf(Answer.Waiting.class, world.desk().await(rotation, Duration.ZERO));
        assertInstanceOf(Answer.Signed.class, world.desk().await(message, Duration.ZERO));
        assertEquals(List.of(), world.succession(PartyId.P0).asked());
        world.succession(PartyId.P0).ready(true);
        world.step(PartyId.P0);
        assertEquals(1, refusals(PartyId.P0));
    }

    @Test
    @DisplayName(
            "D1, D10: what is signed is handed on again after a restart, since nothing may have come of it, and never signed or noted again")
    void signedIsHandedOn() throws Exception {
        world.approvedRotation(40);
        world.approved("custody", MESSAGE);
        world.run(PartyId.P0, PartyId.P2);
        List<GroupStatement> before = List.copyOf(world.signed(PartyId.P0));
        assertEquals(2, before.size());
        List<String> lines = world.audit(PartyId.P0);
        List<Payload> posted = world.posted(PartyId.P0);
        world.signed(PartyId.P0).clear();
        world.restart(PartyId.P0);
        world.run(PartyId.P0);
        assertEquals(before, world.signed(PartyId.P0));
        assertEquals(lines, world.audit(PartyId.P0));
        assertEquals(posted, world.posted(PartyId.P0));
        assertEquals(1, world.succession(PartyId.P0).asked().size());
        assertEquals(
                world.succession(PartyId.P0).asked(),
                world.succession(PartyId.P0).resumed(),
                "under way until its window has begun");
        assertEquals(new Report(2, 2, 0, 2), world.checked(PartyId.P0));
    }

    private long refusals(PartyId party) {
        return world.posted(party).stream().filter(Payload::hasSigningRefusal).count();
    }
}

package io.veilflow.pipeline.party;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.session.ProtocolAbortException.Reason;
import io.veilflow.pipeline.journal.MemoryJournal;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AttemptFailuresTest {
    private static final int CHECKS_MAX = 3;

    private final StringWriter lines = new StringWriter();
    private final MemoryJournal journal = new MemoryJournal();
    private final AttemptFailures failures = startedAgain(CHECKS_MAX);

    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            names = {
                "CHECK_FAILED",
                "HOLDERS_DISAGREE",
                "LENGTH",
                "NOT_CANONICAL",
                "UNEXPECTED_MESSAGE",
                "CONTRADICTION"
            })
    @DisplayName("C9: after N failed checks, of all units together, no further attempt begins")
    void failedChecksAreBoundedOverTheWholeJob(Reason reason) {
        failures.add(UnitId.batch(0), 1, abort(reason, PartyId.P2));
        failures.add(UnitId.window(0), 1, abort(reason, PartyId.P2));
        JobHeldException held = assertThrows(
                JobHeldException.class, () -> failures.add(UnitId.window(5), 2, abort(reason, PartyId.P2)));
        assertTrue(held.getMessage().contains("3 attempts failed by a check, the last at window 5"), held.getMessage());
        boolean accuses = abort(reason, PartyId.P2).accused().isPresent();
        assertTrue(held.getMessage().endsWith(accuses ? "accused: P2" : "nobody can be accused"), held.getMessage());
    }

    @Test
    @DisplayName(
            "D14, C9: failed checks are counted over restarts: a party that holds because of them says so and begins nothing,"
                    + " however often it is started")
    void startingAgainGivesNoFurtherAttempt() {
        failures.add(UnitId.window(0), 1, abort(Reason.CHECK_FAILED, PartyId.P1));
        failures.add(UnitId.window(0), 2, abort(Reason.CHECK_FAILED, PartyId.P1));
        AttemptFailures second = startedAgain(CHECKS_MAX);
        assertDoesNotThrow(second::requireBelowLimit);
        assertThrows(
                JobHeldException.class, () -> second.add(UnitId.window(0), 3, abort(Reason.CHECK_FAILED, PartyId.P1)));
        for (int start = 0; start < 3; start++) {
            JobHeldException held = assertThrows(
                    JobHeldException.class, () -> startedAgain(CHECKS_MAX).requireBelowLimit());
            assertTrue(
                    held.getMessage().startsWith("3 attempts failed by a check before this start"), held.getMessage());
        }
        assertDoesNotThrow(() -> startedAgain(CHECKS_MAX + 1).requireBelowLimit(), "people have decided");
    }

    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            names = {"PEER_LOST", "TIMEOUT", "OVERLOAD"})
    @DisplayName("C9: lost links and silence are no failed checks and accuse nobody")
    void lostLinksAreCountedApart(Reason reason) {
        for (int attempt = 1; attempt <= 10 * CHECKS_MAX; attempt++) {
            int number = attempt;
            assertDoesNotThrow(() -> failures.add(UnitId.window(0), number, abort(reason, PartyId.P1)));
        }
        assertEquals("nobody can be accused", failures.blame());
    }

    @Test
    @DisplayName("B12: a peer with another configuration holds the job at once, and it is not an attack")
    void anotherConfigurationIsNoAttack() {
        JobHeldException held = assertThrows(
                JobHeldException.class,
                () -> failures.add(UnitId.window(0), 0, abort(Reason.CONFIGURATION, PartyId.P1)));
        assertTrue(held.getMessage().contains("set up differently"), held.getMessage());
    }

    @Test
    void anEventSaysWhatItFailedOfAndWhoIsAccused() {
        failures.add(UnitId.window(3), 2, abort(Reason.LENGTH, PartyId.P0));
        failures.add(UnitId.window(3), 3, abort(Reason.PEER_LOST, PartyId.P0));
        assertEquals(
                List.of(
                        "{\"event\":\"attempt-failed\",\"unit\":\"window 3\",\"attempt\":2,\"kind\":\"check\","
                                + "\"accused\":\"P0\",\"reason\":\"LENGTH at somewhere, peer P0\"}",
                        "{\"event\":\"attempt-failed\",\"unit\":\"window 3\",\"attempt\":3,\"kind\":\"lost\","
                                + "\"accused\":null,\"reason\":\"PEER_LOST at somewhere, peer P0\"}"),
                lines.toString().lines().toList());
    }

    /** On the same journal. */
    private AttemptFailures startedAgain(int checksMax) {
        return new AttemptFailures(checksMax, journal, new EventLog(lines, List.of()));
    }

    private static ProtocolAbortException abort(Reason reason, PartyId peer) {
        return new ProtocolAbortException(reason, peer, "somewhere");
    }
}

package io.veilflow.mpc.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.session.ProtocolAbortException.Reason;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Who is named when a session ends: never an honest party, least of all the one that stopped because of the cheater. */
class AccusationTest {
    private static final int BYTES = 8;

    /** What the cheater sends to its victim instead of "second", 8 bytes. The third party gets the right message. */
    private enum Cheat {
        TOO_SHORT(Reason.LENGTH, true),
        WRONG_PLACE(Reason.UNEXPECTED_MESSAGE, true),
        STOPS(Reason.PEER_LOST, false);

        private final Reason noticedAs;
        private final boolean proven;

        Cheat(Reason noticedAs, boolean proven) {
            this.noticedAs = noticedAs;
            this.proven = proven;
        }
    }

    @Test
    @DisplayName("B11: the victim names the cheater, and the third party does not name the victim that stopped")
    void onlyTheCheaterIsAccused() {
        try (LinkWorld world = LinkWorld.connected()) {
            long session = 0;
            for (Cheat cheat : Cheat.values()) {
                for (PartyId cheater : PartyId.values()) {
                    check(world, ++session, cheat, cheater, cheater.next());
                    check(world, ++session, cheat, cheater, cheater.previous());
                }
            }
        }
    }

    private static void check(LinkWorld world, long session, Cheat cheat, PartyId cheater, PartyId victim) {
        PartyId third = PartyId.values()[3 - cheater.index() - victim.index()];
        Map<PartyId, CompletableFuture<Void>> running = new EnumMap<>(PartyId.class);
        for (PartyId party : PartyId.values()) {
            running.put(party, world.run(party, LinkWorld.context(session), open -> {
                Operation operation = open.operation("op");
                if (party == cheater) {
                    cheats(operation, cheat, victim);
                } else {
                    runs(operation);
                }
                return null;
            }));
        }
        String where = cheat + " by " + cheater + " to " + victim;
        ProtocolAbortException noticed = abort(running.get(victim), where);
        assertEquals(cheat.noticedAs, noticed.reason(), where);
        assertEquals(Optional.of(cheater), noticed.peer(), where);
        assertEquals(cheat.proven ? Optional.of(cheater) : Optional.empty(), noticed.accused(), where);
        ProtocolAbortException followed = abort(running.get(third), where);
        assertEquals(Reason.PEER_LOST, followed.reason(), where);
        assertTrue(followed.accused().isEmpty(), where);
        assertTrue(world.network(victim).currentEpoch().isPresent(), "the session ends, the epoch does not");
    }

    private static ProtocolAbortException abort(CompletableFuture<Void> party, String where) {
        return assertInstanceOf(ProtocolAbortException.class, LinkWorld.failureOf(party), where);
    }

    private static void runs(Operation operation) {
        for (String label : new String[] {"first", "second", "third"}) {
            operation.send(operation.self().next(), label, new byte[BYTES]);
            operation.send(operation.self().previous(), label, new byte[BYTES]);
            operation.receive(operation.self().next(), label, BYTES);
            operation.receive(operation.self().previous(), label, BYTES);
        }
    }

    private static void cheats(Operation operation, Cheat cheat, PartyId victim) {
        PartyId third = PartyId.values()[3 - operation.self().index() - victim.index()];
        operation.send(victim, "first", new byte[BYTES]);
        operation.send(third, "first", new byte[BYTES]);
        operation.send(third, "second", new byte[BYTES]);
        switch (cheat) {
            case TOO_SHORT -> operation.send(victim, "second", new byte[BYTES - 1]);
            case WRONG_PLACE -> operation.send(victim, "third", new byte[BYTES]);
            case STOPS -> {}
        }
        if (cheat != Cheat.STOPS) {
            operation.send(third, "third", new byte[BYTES]);
            operation.receive(third, "first", BYTES);
            operation.receive(third, "second", BYTES);
        }
    }
}

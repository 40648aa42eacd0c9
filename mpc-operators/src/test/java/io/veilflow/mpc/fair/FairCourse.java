package io.veilflow.mpc.fair;

import com.fasterxml.jackson.databind.JsonNode;
import io.veilflow.mpc.party.PartyId;
import java.util.ArrayList;
import java.util.List;

/**
 * One course of events of {@code fair_open.py}: honest P0 and P1 against P2, in slots of one message delay, T1 = 1, T2 = 2.
 *
 * @param ready whether P0, P1 pass steps 0 to 2
 * @param slot in which they do
 * @param delay of READY of P0, READY of P1, echo of P0, echo of P1
 * @param cheats what P2 sends to P0, to P1
 * @param sendRule READY is sent only if it can still arrive by T1
 */
record FairCourse(boolean[] ready, int[] slot, int[] delay, List<Cheat> cheats, boolean sendRule) {
    private static final FairTimes TIMES = new FairTimes(1, 2);

    /**
     * Slots, null for never.
     *
     * @param ready its own READY
     * @param echo its countersignature under the other honest party's READY
     * @param selfSigned its own READY under its own countersignature
     */
    record Cheat(Integer ready, Integer echo, Integer selfSigned) {}

    static FairCourse read(JsonNode listed) {
        List<Cheat> cheats = new ArrayList<>();
        for (JsonNode cheat : listed.get(3)) {
            cheats.add(new Cheat(slot(cheat.get(0)), slot(cheat.get(1)), slot(cheat.get(2))));
        }
        JsonNode delays = listed.get(2);
        return new FairCourse(
                new boolean[] {
                    listed.get(0).get(0).asBoolean(), listed.get(0).get(1).asBoolean()
                },
                new int[] {listed.get(1).get(0).asInt(), listed.get(1).get(1).asInt()},
                new int[] {
                    delays.get(0).asInt(),
                    delays.get(1).asInt(),
                    delays.get(2).asInt(),
                    delays.get(3).asInt()
                },
                cheats,
                true);
    }

    private static Integer slot(JsonNode slot) {
        return slot.isNull() ? null : slot.asInt();
    }

    FairCourse sendingLateToo() {
        return new FairCourse(ready, slot, delay, cheats, false);
    }

    /** Of P0 and of P1. */
    List<Boolean> decisions() {
        boolean[] sends = new boolean[2];
        FairDecision[] honest = new FairDecision[2];
        for (int me = 0; me < 2; me++) {
            sends[me] = ready[me] && (slot[me] + 1 <= TIMES.ready() || !sendRule);
            honest[me] = new FairDecision(PartyId.of(me), sends[me], TIMES);
        }
        boolean[] countersigns = new boolean[2];
        for (int me = 0; me < 2; me++) {
            int other = 1 - me;
            if (sends[other]) {
                honest[me].onReady(PartyId.of(other), slot[other] + delay[other]);
            }
            Cheat cheat = cheats.get(me);
            countersigns[me] = cheat.ready() != null && honest[me].onReady(PartyId.P2, cheat.ready());
            if (cheat.echo() != null && sends[other]) {
                honest[me].onEcho(PartyId.of(other), PartyId.P2, cheat.echo());
            }
            if (cheat.selfSigned() != null) {
                honest[me].onEcho(PartyId.P2, PartyId.P2, cheat.selfSigned());
            }
        }
        for (int me = 0; me < 2; me++) {
            if (countersigns[me]) {
                honest[1 - me].onEcho(PartyId.P2, PartyId.of(me), TIMES.ready() + delay[2 + me]);
            }
        }
        return List.of(honest[0].go(), honest[1].go());
    }
}

package io.veilflow.pipeline.simulate;

import io.veilflow.mpc.party.PartyId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** What has arrived for one session, by sender, in the order of the links. It may fill before this party opens the session. */
final class SimulatedInbox {
    private final Schedule schedule;
    private final Signal changed;
    private final Map<PartyId, Deque<PartyLinks.Frame>> frames = new EnumMap<>(PartyId.class);
    private boolean lost;

    SimulatedInbox(Schedule schedule) {
        this.schedule = schedule;
        this.changed = new Signal(schedule);
    }

    void put(PartyLinks.Frame frame) {
        frames.computeIfAbsent(frame.from(), peer -> new ArrayDeque<>()).add(frame);
        changed.call();
    }

    /** The epoch has ended. */
    void lose() {
        lost = true;
        changed.call();
    }

    boolean isLost() {
        return lost;
    }

    /** Waits; empty if nothing came in time or the epoch has ended. */
    Optional<PartyLinks.Frame> take(PartyId from, long nanos) {
        long end = schedule.now() + nanos;
        while (!lost) {
            Deque<PartyLinks.Frame> waiting = frames.get(from);
            if (waiting != null && !waiting.isEmpty()) {
                return Optional.of(waiting.remove());
            }
            if (schedule.now() >= end) {
                return Optional.empty();
            }
            schedule.await(changed, 0, end - schedule.now());
        }
        return Optional.empty();
    }
}

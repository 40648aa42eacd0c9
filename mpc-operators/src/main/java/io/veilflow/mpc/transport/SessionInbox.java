package io.veilflow.mpc.transport;

import io.veilflow.mpc.party.PartyId;
import java.util.EnumMap;
import java.util.Map;

/** What has arrived for one session context, by sender. It may fill before this party opens the session. */
final class SessionInbox {
    enum State {
        /** A peer was faster. */
        AWAITED,
        OPEN,
        /** Whatever still arrives is late and dropped. */
        CLOSED
    }

    /** Who sent the first frame, if that was before the session was opened here. */
    private final PartyId first;

    private final Map<PartyId, MessageQueue> queues = new EnumMap<>(PartyId.class);
    private State state;

    SessionInbox(State state, PartyId first, Map<PartyId, QueueBudget> budgets) {
        this.state = state;
        this.first = first;
        budgets.forEach((peer, budget) -> queues.put(peer, new MessageQueue(budget)));
    }

    MessageQueue from(PartyId peer) {
        return queues.get(peer);
    }

    State state() {
        return state;
    }

    void open() {
        state = State.OPEN;
    }

    boolean awaitedBecauseOf(PartyId peer) {
        return state == State.AWAITED && first == peer;
    }

    void close(LinkFailure cause) {
        state = State.CLOSED;
        queues.values().forEach(queue -> queue.fail(cause));
        queues.clear();
    }
}

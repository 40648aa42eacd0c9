package io.veilflow.pipeline.adversary;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.journal.MemoryJournal;
import io.veilflow.pipeline.party.PartyCore;
import io.veilflow.pipeline.party.WindowOutcome;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One party of a {@link WindowWorld}: its core, what it says, and what can be seen of it from outside. */
final class SeenParty {
    private final PartyId id;
    private final PartyCore core;
    private final PartyConduct conduct;
    private final MemoryJournal journal;
    private final StringWriter events;
    private final Set<Long> proven = ConcurrentHashMap.newKeySet();
    private final Set<Long> ended = ConcurrentHashMap.newKeySet();
    private volatile Throwable held;
    private int eventsBefore;

    SeenParty(PartyId id, PartyCore core, PartyConduct conduct, MemoryJournal journal, StringWriter events) {
        this.id = id;
        this.core = core;
        this.conduct = conduct;
        this.journal = journal;
        this.events = events;
        core.attach(this::note, failure -> held = failure);
    }

    PartyId id() {
        return id;
    }

    PartyCore core() {
        return core;
    }

    PartyConduct conduct() {
        return conduct;
    }

    MemoryJournal journal() {
        return journal;
    }

    /** The case before is over. */
    void begin(Optional<Cheat> cheat) {
        conduct.begin(cheat);
        eventsBefore = events.getBuffer().length();
    }

    /** Lines of the event log since the case began. */
    List<String> events() {
        return events.toString().substring(eventsBefore).lines().toList();
    }

    boolean hasProven(long window) {
        return proven.contains(window);
    }

    /** Nothing follows any more. */
    boolean hasEnded(long window) {
        return ended.contains(window);
    }

    /** Why the job holds here. */
    Optional<Throwable> held() {
        return Optional.ofNullable(held);
    }

    private void note(WindowOutcome outcome) {
        switch (outcome.ending()) {
            case PROVEN -> {
                proven.add(outcome.window());
                ended.add(outcome.window());
            }
            case SKIPPED -> ended.add(outcome.window());
            // a proof may follow
            case ATTESTED -> {}
        }
        core.publish(outcome);
    }
}

package io.veilflow.pipeline.adversary;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.wire.OutputAborted;
import io.veilflow.pipeline.wire.Payload;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

/**
 * What one party says in one case: noted as an honest core means it, and changed at the place of the cheat if this party is
 * the corrupted one. Thread-safe.
 */
final class PartyConduct {
    private static final long DELAY_MILLIS = 40;

    private final PartyId self;
    private final RecordForgery forgery;
    private final List<Said> said = new ArrayList<>();
    private final Map<PartyId, byte[]> last = new HashMap<>();
    private final List<String> claimed = new ArrayList<>();
    private Optional<Cheat> cheat = Optional.empty();
    private Random random = new Random(0);
    private int changes;

    PartyConduct(PartyId self, RecordForgery forgery) {
        this.self = self;
        this.forgery = forgery;
    }

    /** Forgets the case before. Honest if there is no cheat, or it is another party's. */
    synchronized void begin(Optional<Cheat> next) {
        cheat = next.filter(planned -> planned.party() == self);
        random = new Random(cheat.map(Cheat::seed).orElse(0L));
        said.clear();
        last.clear();
        claimed.clear();
        changes = 0;
    }

    /** In the order in which this party's core meant to say it. */
    synchronized List<Said> said() {
        return List.copyOf(said);
    }

    /** Operation paths that this party's core went into, each with its attempt: "1 prove/rows". */
    synchronized List<String> claimed() {
        return List.copyOf(claimed);
    }

    /** How often the cheat was carried out. */
    synchronized int changes() {
        return changes;
    }

    synchronized void claim(int attempt, String path) {
        claimed.add(attempt + " " + path);
    }

    /** @param attempt from 1; 0 for a control message */
    void say(Place place, int attempt, byte[] message, Consumer<byte[]> out) {
        Optional<Change> change;
        byte[] before;
        synchronized (this) {
            change = changeAt(place, attempt);
            said.add(new Said(place, attempt, message.length));
            before = last.put(place.to().orElseThrow(), message.clone());
        }
        if (change.isEmpty()) {
            out.accept(spoils(place, attempt) ? MessageChange.otherPoint(message, 0) : message);
            return;
        }
        switch (change.get()) {
            case FLIP_BIT -> out.accept(MessageChange.flipBit(message, random));
            case ADD_ONE -> out.accept(MessageChange.addOne(place, message, random));
            case ZERO -> out.accept(new byte[message.length]);
            case REPLAY_LAST -> out.accept(before == null ? message : before);
            case DROP -> {}
            case DELAY -> {
                pause();
                out.accept(message);
            }
            case SPLIT ->
                out.accept(
                        isAt(place)
                                ? MessageChange.addOne(place, message, random)
                                : MessageChange.flipBit(message, random));
        }
    }

    /**
     * What this party's core hears: a cheater that spoils a proof has none itself. Of one other only, since two wrong shares of
     * Shamir's may make up for each other.
     *
     * @param place with the one that spoke
     */
    byte[] hear(Place place, int attempt, byte[] message) {
        boolean ofNext = place.to().filter(self.next()::equals).isPresent();
        return ofNext && spoils(place, attempt) ? MessageChange.otherPoint(message, 0) : message;
    }

    private synchronized boolean spoils(Place place, int attempt) {
        return cheat.filter(planned -> planned.spoiling().spoils(place, attempt))
                .isPresent();
    }

    /** What a cheater that lets no opening come about says instead of being ready. */
    private synchronized Payload spoilt(Payload payload) {
        boolean ready = payload.hasOutputReady()
                && cheat.filter(planned -> planned.spoiling() == Cheat.Spoiling.EVERY_OPENING)
                        .isPresent();
        if (!ready) {
            return payload;
        }
        return Payload.newBuilder()
                .setOutputAborted(OutputAborted.newBuilder()
                        .setWindow(payload.getOutputReady().getWindow())
                        .setAttempt(payload.getOutputReady().getAttempt()))
                .build();
    }

    void post(Payload meant, Consumer<Payload> out) {
        Payload payload = spoilt(meant);
        Place place = Place.record(payload);
        Optional<Change> change;
        synchronized (this) {
            change = changeAt(place, 0);
            said.add(new Said(place, 0, payload.getSerializedSize()));
        }
        if (change.isEmpty()) {
            out.accept(payload);
            return;
        }
        switch (change.get()) {
            case DROP -> {}
            case DELAY -> {
                pause();
                out.accept(payload);
            }
            case REPLAY_LAST -> {
                out.accept(payload);
                out.accept(payload);
            }
            case SPLIT -> {
                out.accept(payload);
                out.accept(forgery.forge(payload, Change.ADD_ONE, random));
            }
            case FLIP_BIT, ADD_ONE, ZERO -> out.accept(forgery.forge(payload, change.get(), random));
        }
    }

    private Optional<Change> changeAt(Place place, int attempt) {
        boolean here = cheat.filter(planned -> isAt(place)
                        || planned.change() == Change.SPLIT && place.to().isPresent() && isAt(place.toOther(self)))
                .isPresent();
        boolean now = here
                && (cheat.get().persistence() == Cheat.Persistence.EVERY_ATTEMPT
                        || attempt == 1
                        || attempt == 0 && changes == 0);
        if (!now) {
            return Optional.empty();
        }
        changes++;
        return cheat.map(Cheat::change);
    }

    private boolean isAt(Place place) {
        return cheat.filter(planned -> planned.place().equals(place)).isPresent();
    }

    private static void pause() {
        try {
            Thread.sleep(DELAY_MILLIS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}

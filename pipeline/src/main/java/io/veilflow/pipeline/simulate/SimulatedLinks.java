package io.veilflow.pipeline.simulate;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.JournalRefusedException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The links between three parties and their epochs, as {@code io.veilflow.mpc.transport} makes them over TLS: a link loses nothing and
 * keeps the order until it breaks; then what is under way on it is lost, and the epoch ends at all three, at each in its own time. When all
 * are there and all links are up, the three hold each other's journals to what they have kept of them, and agree on the next epoch, above
 * all that they have recorded. Each records it in its own time, and what the others state of their journals before it uses it.
 */
final class SimulatedLinks {
    private final Schedule schedule;
    private final Weather weather;
    private final RandomnessCheck randomness;
    private final Map<PartyId, PartyLinks> ends = new EnumMap<>(PartyId.class);
    /** By the party that is not on the link. */
    private final Set<PartyId> cut = new HashSet<>();

    private final Map<PartyId, Integer> breaks = new EnumMap<>(PartyId.class);
    private final Map<String, Long> lastArrivals = new HashMap<>();
    private boolean agreeing;

    SimulatedLinks(Schedule schedule, Weather weather, RandomnessCheck randomness) {
        this.schedule = schedule;
        this.weather = weather;
        this.randomness = randomness;
    }

    Schedule schedule() {
        return schedule;
    }

    Weather weather() {
        return weather;
    }

    RandomnessCheck randomness() {
        return randomness;
    }

    /** A party has started. */
    void attach(PartyLinks end) {
        ends.put(end.self(), end);
        consider();
    }

    /** A party is gone, in whatever way. */
    void detach(PartyLinks end) {
        if (ends.remove(end.self(), end)) {
            breakLink(end.self().next());
            breakLink(end.self().previous());
        }
    }

    /** The two others do not reach each other until {@link #heal}. */
    void cut(PartyId notOnIt) {
        cut.add(notOnIt);
        schedule.note("link", "without " + notOnIt + " is cut");
        breakLink(notOnIt);
    }

    void heal(PartyId notOnIt) {
        cut.remove(notOnIt);
        schedule.note("link", "without " + notOnIt + " is back");
        consider();
    }

    /** Loses what is under way, and can be made again at once. */
    void reset(PartyId notOnIt) {
        schedule.note("link", "without " + notOnIt + " is reset");
        breakLink(notOnIt);
    }

    /** Something on its way from one party to another, in the order of the link. */
    void send(PartyId from, PartyId to, PartyLinks.Frame frame) {
        PartyId link = third(from, to);
        int unbroken = breaks.getOrDefault(link, 0);
        if (cut.contains(link)) {
            return;
        }
        String direction = from + ">" + to;
        long arrival = Math.max(lastArrivals.getOrDefault(direction, 0L) + 1, schedule.now() + weather.linkDelay());
        lastArrivals.put(direction, arrival);
        schedule.at(arrival, () -> {
            if (breaks.getOrDefault(link, 0) == unbroken) {
                Optional.ofNullable(ends.get(to)).ifPresent(end -> end.arrived(frame));
            }
        });
    }

    /** A party's epoch has ended there; it closes its links, and the others notice that. */
    void lost(PartyLinks end, long epoch) {
        for (PartyLinks other : ends.values()) {
            if (other != end) {
                schedule.after(weather.notice(), () -> other.lose(epoch));
            }
        }
        consider();
    }

    private void breakLink(PartyId notOnIt) {
        breaks.merge(notOnIt, 1, Integer::sum);
        for (PartyId end : new PartyId[] {notOnIt.next(), notOnIt.previous()}) {
            Optional.ofNullable(ends.get(end)).ifPresent(party -> party.currentEpoch()
                    .ifPresent(epoch -> schedule.after(weather.notice(), () -> party.lose(epoch))));
        }
    }

    private boolean canAgree() {
        return cut.isEmpty()
                && ends.size() == PartyId.values().length
                && ends.values().stream()
                        .allMatch(end -> end.isOpen() && end.currentEpoch().isEmpty());
    }

    private void consider() {
        if (canAgree() && !agreeing) {
            agreeing = true;
            schedule.after(weather.handshake(), this::agree);
        }
    }

    private void agree() {
        agreeing = false;
        if (!canAgree()) {
            return;
        }
        for (PartyId keeper : PartyId.values()) {
            for (PartyId owner : List.of(keeper.next(), keeper.previous())) {
                Optional<JournalRefusedException> refused = ends.get(keeper).compare(ends.get(owner));
                if (refused.isPresent()) {
                    refuse(refused.get());
                    return;
                }
            }
        }
        long largest =
                ends.values().stream().mapToLong(PartyLinks::largestEpoch).max().orElseThrow();
        agreeing = true;
        new Agreement(1 + largest, EpochKeyring.fresh(schedule.random())).begin();
    }

    /** All are told; the refused party does not try again. */
    private void refuse(JournalRefusedException refused) {
        schedule.note("link", "the journal of " + refused.owner() + " is refused: " + refused.getMessage());
        ends.values().forEach(end -> end.refuse(refused));
    }

    /** An epoch on its way. */
    private final class Agreement {
        private final long number;
        private final EpochKeyring keys;
        private final Map<PartyId, Integer> unbroken = Map.copyOf(breaks);
        private final Map<PartyId, byte[]> statements = new EnumMap<>(PartyId.class);
        private boolean over;

        Agreement(long number, EpochKeyring keys) {
            this.number = number;
            this.keys = keys;
        }

        void begin() {
            for (PartyId party : PartyId.values()) {
                schedule.after(weather.linkDelay(), () -> record(party));
            }
        }

        /** Each records the number before any uses it; none does if one does not come to it. */
        private void record(PartyId party) {
            if (!holds()) {
                over();
                return;
            }
            ends.get(party).record(number).ifPresent(statement -> statements.put(party, statement));
            if (!statements.containsKey(party)) {
                over();
            } else if (statements.size() == PartyId.values().length) {
                for (PartyId one : PartyId.values()) {
                    schedule.after(weather.linkDelay(), () -> enter(one));
                }
                schedule.after(2 * weather.linkDelayMost(), this::over);
            }
        }

        private void enter(PartyId party) {
            if (!holds()) {
                ends.values().forEach(end -> schedule.after(weather.notice(), () -> end.lose(number)));
            } else if (ends.get(party).keep(number, statements)) {
                ends.get(party).enter(number, keys);
            }
        }

        private boolean holds() {
            return ends.size() == PartyId.values().length
                    && breaks.equals(unbroken)
                    && ends.values().stream().allMatch(PartyLinks::isOpen);
        }

        private void over() {
            if (!over) {
                over = true;
                agreeing = false;
                consider();
            }
        }
    }

    private static PartyId third(PartyId one, PartyId other) {
        return one.next() == other ? one.previous() : one.next();
    }
}

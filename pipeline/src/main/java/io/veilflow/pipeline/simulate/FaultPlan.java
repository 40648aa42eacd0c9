package io.veilflow.pipeline.simulate;

import io.veilflow.mpc.party.PartyId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What goes wrong in one run and when, by its seed. Every fault ends: all is well again {@link #OVER_MILLIS} after the start, and from
 * then on the parties must come to their ends in bounded time.
 */
final class FaultPlan {
    static final long OVER_MILLIS = 40_000;
    private static final long NANOS_PER_MILLI = 1_000_000;
    /** About as long as contributors and feeder have something to say. */
    private static final long LATEST_MILLIS = 10_000;

    private static final int FAULTS_MOST = 8;
    /** Two clocks differ by less than twice this, and by less than the opening bears. */
    private static final long CLOCK_STEP_MILLIS = 240;
    /** Until everybody has noticed that somebody's disk failed, and was started again. */
    private static final long HOLD_MILLIS = 60_000;

    /** How old a copy at most is. */
    private static final long COPY_AGE_MILLIS = 4_000;

    private final SimulatedWorld world;
    private final SplittableRandom random;
    private final Map<Fault, Integer> planned = new EnumMap<>(Fault.class);

    FaultPlan(SimulatedWorld world, SplittableRandom random) {
        this.world = world;
        this.random = random;
    }

    /** Plans some faults, in a third of all runs none. */
    void plan() {
        int faults = random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(FAULTS_MOST);
        for (int k = 0; k < faults; k++) {
            plan(Fault.values()[random.nextInt(Fault.values().length)]);
        }
        at(OVER_MILLIS, () -> world.nodesFail(0));
    }

    /** One fault at some time. */
    void plan(Fault fault) {
        if (fault == Fault.OLDER_COPY && planned.containsKey(fault)) {
            return;
        }
        planned.merge(fault, 1, Integer::sum);
        plan(fault, random.nextLong(1, LATEST_MILLIS));
    }

    /** How many of which. */
    Map<Fault, Integer> planned() {
        return planned;
    }

    private void plan(Fault fault, long from) {
        PartyId party = PartyId.of(random.nextInt(PartyId.values().length));
        SimulatedParty victim = world.parties().get(party.index());
        long lasts = random.nextLong(10, 10_000);
        switch (fault) {
            case LINK_RESET -> at(from, () -> world.links().reset(party));
            case PARTITION -> {
                at(from, () -> world.links().cut(party));
                at(from + lasts, () -> world.links().heal(party));
            }
            case SWIZZLE -> swizzle(from);
            case NODES -> {
                double share = random.nextDouble(0.1, 0.9);
                at(from, () -> world.nodesFail(share));
            }
            case REORGANISATION -> {
                int depth = 1 + random.nextInt(SimulatedChain.DEPTH);
                boolean forgets = random.nextBoolean();
                at(from, () -> world.chain().reorganise(depth, forgets));
            }
            case FORGOTTEN_POOL -> at(from, world.chain()::forgetPool);
            case CRASH, SECOND_CRASH -> {
                int operations = 1 + random.nextInt(world.operationsOfAWindow());
                at(from, () -> victim.crashIn(operations));
            }
            case ALL_CRASH -> {
                int operations = 1 + random.nextInt(world.operationsOfAWindow() / 3);
                at(from, () -> world.parties().forEach(any -> any.crashIn(operations)));
            }
            case CLOCK_STEP -> {
                long step = random.nextLong(-CLOCK_STEP_MILLIS, CLOCK_STEP_MILLIS);
                at(from, () -> victim.clock().step(step));
            }
            case PAUSE -> at(from, () -> victim.process().pause(lasts * NANOS_PER_MILLI));
            case SILENT_BOARD ->
                at(from, () -> world.board().view(victim.name()).silence(lasts * NANOS_PER_MILLI));
            case FULL_DISK -> disk(victim, SimulatedFile.Condition.FULL, from, lasts);
            case FAILED_FORCE -> disk(victim, SimulatedFile.Condition.CANNOT_FORCE, from, lasts);
            case OLDER_COPY -> {
                at(from, victim.disk()::copy);
                at(from + random.nextLong(1, COPY_AGE_MILLIS), victim::goBackToCopy);
            }
        }
    }

    private void disk(SimulatedParty victim, SimulatedFile.Condition condition, long from, long lasts) {
        at(from, () -> {
            victim.disk().become(condition);
            world.excuseHoldsUntil((from + lasts + HOLD_MILLIS) * NANOS_PER_MILLI);
        });
        at(from + lasts, () -> victim.disk().become(SimulatedFile.Condition.GOOD));
    }

    /** The links go one after the other and come back in another order. */
    private void swizzle(long from) {
        List<PartyId> order = new ArrayList<>(List.of(PartyId.values()));
        shuffle(order);
        long time = from;
        for (PartyId link : order) {
            at(time, () -> world.links().cut(link));
            time += random.nextLong(1, 800);
        }
        shuffle(order);
        for (PartyId link : order) {
            at(time, () -> world.links().heal(link));
            time += random.nextLong(1, 800);
        }
    }

    private void shuffle(List<PartyId> order) {
        for (int k = order.size() - 1; k > 0; k--) {
            Collections.swap(order, k, random.nextInt(k + 1));
        }
    }

    private void at(long millis, Runnable fault) {
        world.schedule().at(millis * NANOS_PER_MILLI, fault);
    }
}

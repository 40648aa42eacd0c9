package io.veilflow.pipeline.simulate;

import io.veilflow.mpc.party.PartyId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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

    private static final int KINDS = 9;

    private final SimulatedWorld world;
    private final SplittableRandom random;

    FaultPlan(SimulatedWorld world, SplittableRandom random) {
        this.world = world;
        this.random = random;
    }

    /** Plans some faults, in a third of all runs none. */
    void plan() {
        int faults = random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(6);
        for (int k = 0; k < faults; k++) {
            plan(random.nextInt(KINDS), random.nextLong(1, LATEST_MILLIS));
        }
        at(OVER_MILLIS, () -> world.nodesFail(0));
    }

    private void plan(int kind, long from) {
        PartyId party = party();
        long lasts = random.nextLong(10, 10_000);
        switch (kind) {
            case 0 -> at(from, () -> world.links().reset(party));
            case 1 -> {
                at(from, () -> world.links().cut(party));
                at(from + lasts, () -> world.links().heal(party));
            }
            case 2 -> swizzle(from);
            case 3 -> {
                double share = random.nextDouble(0.1, 0.9);
                at(from, () -> world.nodesFail(share));
            }
            case 4 -> {
                int depth = 1 + random.nextInt(SimulatedChain.DEPTH);
                boolean forgets = random.nextBoolean();
                at(from, () -> world.chain().reorganise(depth, forgets));
            }
            case 5 -> at(from, world.chain()::forgetPool);
            case 6, 7 -> {
                int operations = 1 + random.nextInt(60);
                at(from, () -> world.parties().get(party.index()).crashIn(operations));
            }
            default -> {
                long step = random.nextLong(-400, 400);
                at(from, () -> world.parties().get(party.index()).clock().step(step));
            }
        }
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

    private PartyId party() {
        return PartyId.of(random.nextInt(PartyId.values().length));
    }

    private void at(long millis, Runnable fault) {
        world.schedule().at(millis * NANOS_PER_MILLI, fault);
    }
}

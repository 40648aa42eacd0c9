package io.veilflow.mpc.verification;

import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.party.PartyId;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/**
 * Work of one party in one verification, as prover, left and right verifier together, on one thread: the three parties
 * run in turn, the thread's processor time is divided by three. Run by hand.
 */
final class VerificationBenchmark {
    private static final long NANOS_PER_LINE = 4_000_000_000L;
    private static final int FEWEST_RUNS = 5;

    private VerificationBenchmark() {}

    public static void main(String[] arguments) {
        int largest = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 22;
        for (int log = 14; log <= largest; log += 2) {
            int words = 1 << log - 6;
            print("ANDs 2^" + log, 1 << log, parties -> parties.ands(words));
        }
        for (PrimeField field : new PrimeField[] {PrimeField.P61, PrimeField.FR}) {
            for (int log = 10; log <= 16; log += 3) {
                int count = 1 << log;
                print(
                        field.label() + " products 2^" + log,
                        count,
                        parties -> parties.sums(field, count, 1, PartyId.P0));
            }
            print(field.label() + " cheap + full 2^13", 1 << 13, parties -> {
                parties.cheap(field, 1 << 13);
                parties.sums(field, 1 << 13, 1, PartyId.P0);
            });
        }
    }

    private static void print(String what, int items, Consumer<LockstepParties> fill) {
        ThreadMXBean thread = ManagementFactory.getThreadMXBean();
        List<Long> nanos = new ArrayList<>();
        long end = System.nanoTime() + NANOS_PER_LINE;
        for (int run = 0; run < FEWEST_RUNS || System.nanoTime() < end; run++) {
            LockstepParties parties = new LockstepParties(run);
            fill.accept(parties);
            long start = thread.getCurrentThreadCpuTime();
            if (!parties.verify("dzkp").isEmpty()) {
                throw new AssertionError(what);
            }
            nanos.add(thread.getCurrentThreadCpuTime() - start);
        }
        Collections.sort(nanos);
        double median = nanos.get(nanos.size() / 2) / 3.0 / items;
        double best = nanos.get(0) / 3.0 / items;
        System.out.printf("%-24s %8.2f ns each and party (best %.2f)%n", what, median, best);
    }
}

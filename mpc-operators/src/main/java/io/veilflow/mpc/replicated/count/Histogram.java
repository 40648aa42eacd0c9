package io.veilflow.mpc.replicated.count;

import io.veilflow.mpc.bits.Planes;
import io.veilflow.mpc.replicated.BitShares;
import io.veilflow.mpc.session.Operation;

/**
 * How often each value of the table 0..2^t-1 occurs among n shared numbers of t bits: the multiplicities of PROTOCOLS 8.6. {@link
 * OneHot} of every number, then one sum for each table entry. 2^t - t - 1 ANDs a number for the first and about 2^t for the second, in
 * ceil(log2 t) + log_1.5(n) + log2(n) rounds.
 *
 * <p>The sums have the table entries as lanes and the numbers as addends (one transposition, local), not the numbers as lanes that are
 * rotated at the end as in PROTOCOLS 4.12: no lane is idle, and lanes at and above n never enter.
 *
 * <p>Security: only ANDs, each in the session's ledger in profile M; nothing is opened. An error in one of them would make the
 * counts wrong by an amount that depends on secrets, so they too are verified before a proof that uses them says anything.
 */
public final class Histogram {
    private static final int LARGEST_TABLE_BITS = 12;

    private final OneHot tables;
    private final AddendSum sums;

    public Histogram(Operation operation) {
        this.tables = new OneHot(operation);
        this.sums = new AddendSum(operation);
    }

    /**
     * @param numbers t planes (1 to 12), n >= 1 lanes
     * @return 2^t lanes; lane v holds the count of v in as many planes as n has bits
     */
    public BitShares of(BitShares numbers) {
        int bits = numbers.planes();
        int count = numbers.lanes();
        if (bits < 1 || bits > LARGEST_TABLE_BITS || count < 1) {
            throw new IllegalArgumentException("no histogram of " + numbers);
        }
        BitShares hot = tables.of(numbers);
        int entries = 1 << bits;
        int words = Planes.wordsOf(entries);
        BitShares perNumber = new BitShares(
                entries,
                count,
                Planes.toNumbers(hot.own(), words, count, entries),
                Planes.toNumbers(hot.next(), words, count, entries));
        hot.wipe();
        return sums.of(perNumber);
    }
}

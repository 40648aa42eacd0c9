package io.veilflow.mpc.replicated.count;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.replicated.BitAnd;
import io.veilflow.mpc.replicated.BitShares;
import io.veilflow.mpc.session.Operation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * For numbers of t bits, whether each is v, for every v below 2^t: the product tree of PROTOCOLS 8.6. Adjacent blocks of bits are joined level by
 * level, an odd last one passes; a block of k bits is its 2^k planes. Of a join only the products of values other than 0 are made,
 * the rest follows since a block has exactly one plane set: 2^t - t - 1 ANDs a number in ceil(log2 t) rounds.
 *
 * <p>Security: only ANDs of {@link BitAnd}, with its model.
 */
public final class OneHot {
    private final PartyId self;
    private final BitAnd products;

    public OneHot(Operation operation) {
        this.self = operation.self();
        this.products = new BitAnd(operation);
    }

    /**
     * @param numbers at least one plane, lowest first
     * @return 2^t planes of the same lanes, plane v set in the lanes that hold v
     */
    public BitShares of(BitShares numbers) {
        List<BitShares> blocks = new ArrayList<>();
        for (int bit = 0; bit < numbers.planes(); bit++) {
            BitShares one = numbers.plane(bit);
            blocks.add(BitShares.stack(List.of(one.not(self), one)));
        }
        while (blocks.size() > 1) {
            blocks = joinPairs(blocks);
        }
        return blocks.get(0);
    }

    private List<BitShares> joinPairs(List<BitShares> blocks) {
        List<BitShares> left = new ArrayList<>();
        List<BitShares> right = new ArrayList<>();
        for (int k = 0; k + 1 < blocks.size(); k += 2) {
            BitShares low = blocks.get(k);
            BitShares high = blocks.get(k + 1);
            left.addAll(Collections.nCopies(high.planes() - 1, low.planes(1, low.planes() - 1)));
            for (int value = 1; value < high.planes(); value++) {
                right.add(high.plane(value).repeat(low.planes() - 1));
            }
        }
        BitShares joined = products.and(BitShares.stack(left), BitShares.stack(right));
        List<BitShares> out = new ArrayList<>();
        int from = 0;
        for (int k = 0; k + 1 < blocks.size(); k += 2) {
            BitShares low = blocks.get(k);
            BitShares high = blocks.get(k + 1);
            int count = (low.planes() - 1) * (high.planes() - 1);
            out.add(complete(low, high, joined.planes(from, count)));
            from += count;
        }
        if (blocks.size() % 2 == 1) {
            out.add(blocks.get(blocks.size() - 1));
        }
        return out;
    }

    /** @param inner the products of values other than 0, of the low block within the high block */
    private static BitShares complete(BitShares low, BitShares high, BitShares inner) {
        int width = low.planes() - 1;
        List<BitShares> rows = new ArrayList<>();
        BitShares lowest = low;
        for (int value = 1; value < high.planes(); value++) {
            BitShares row = inner.planes((value - 1) * width, width);
            BitShares whole = BitShares.stack(List.of(high.plane(value).xor(row.parity()), row));
            lowest = lowest.xor(whole);
            rows.add(whole);
        }
        rows.add(0, lowest);
        return BitShares.stack(rows);
    }
}

package io.veilflow.mpc.replicated.compare;

import io.veilflow.mpc.replicated.BitAnd;
import io.veilflow.mpc.replicated.BitShares;
import io.veilflow.mpc.session.Operation;
import java.util.ArrayList;
import java.util.List;

/**
 * Parallel prefix over (generate, propagate) of bits 1..l-2: (G, P) = (G_hi ^ (P_hi & G_lo), P_hi & P_lo) in
 * ceil(log2(l-2)) rounds after one for the generates (PROTOCOLS 4.6). Few rounds, about twice the ANDs of the ripple for the
 * top bit, 3.4 times for all bits. Security: that of {@link BitAnd}.
 *
 * <p>Shape: for the top bit adjacent nodes 2t, 2t+1 are joined, an odd last one passes; for all bits Sklansky's tree: at distance
 * d node j with bit d set joins the last node of the lower half of its block. A round sends all generates, then all propagates,
 * ascending; a propagate that nobody reads is not computed.
 */
public final class TreeAdder implements CarryAdder {
    private final BitAnd products;

    public TreeAdder(Operation operation) {
        this.products = new BitAnd(operation);
    }

    @Override
    public BitShares topBit(BitShares sum, BitShares carry) {
        int width = sum.planes();
        BitShares top = sum.plane(width - 1).xor(carry.plane(width - 2));
        if (width == 2) {
            return top;
        }
        Nodes nodes = leaves(sum, carry);
        while (nodes.generate.size() > 1) {
            nodes = joinAdjacent(nodes);
        }
        return top.xor(nodes.generate.get(0));
    }

    @Override
    public BitShares allBits(BitShares sum, BitShares carry) {
        int width = sum.planes();
        List<BitShares> bits = new ArrayList<>();
        bits.add(sum.plane(0));
        bits.add(sum.plane(1).xor(carry.plane(0)));
        if (width > 2) {
            Nodes nodes = leaves(sum, carry);
            for (int distance = 1; distance < nodes.generate.size(); distance *= 2) {
                joinBlocks(nodes, distance);
            }
            for (int j = 2; j < width; j++) {
                bits.add(sum.plane(j).xor(carry.plane(j - 1)).xor(nodes.generate.get(j - 2)));
            }
        }
        return BitShares.stack(bits);
    }

    /** Node j is bit j+1; lists ascend. */
    private record Nodes(List<BitShares> generate, List<BitShares> propagate) {}

    private Nodes leaves(BitShares sum, BitShares carry) {
        int count = sum.planes() - 2;
        BitShares s = sum.planes(1, count);
        BitShares c = carry.planes(0, count);
        return new Nodes(split(products.and(s, c)), split(s.xor(c)));
    }

    private Nodes joinAdjacent(Nodes nodes) {
        int pairs = nodes.generate.size() / 2;
        List<BitShares> left = new ArrayList<>();
        List<BitShares> right = new ArrayList<>();
        for (int t = 0; t < pairs; t++) {
            left.add(nodes.propagate.get(2 * t + 1));
            right.add(nodes.generate.get(2 * t));
        }
        for (int t = 1; t < pairs; t++) {
            left.add(nodes.propagate.get(2 * t + 1));
            right.add(nodes.propagate.get(2 * t));
        }
        List<BitShares> joined = and(left, right);
        List<BitShares> generate = new ArrayList<>();
        for (int t = 0; t < pairs; t++) {
            generate.add(nodes.generate.get(2 * t + 1).xor(joined.get(t)));
        }
        // nobody reads the propagate of the lowest node: its place stays
        List<BitShares> propagate = new ArrayList<>(List.of(nodes.propagate.get(0)));
        propagate.addAll(joined.subList(pairs, joined.size()));
        if (nodes.generate.size() % 2 == 1) {
            generate.add(last(nodes.generate));
            propagate.add(last(nodes.propagate));
        }
        return new Nodes(generate, propagate);
    }

    /** In place. */
    private void joinBlocks(Nodes nodes, int distance) {
        List<BitShares> left = new ArrayList<>();
        List<BitShares> right = new ArrayList<>();
        List<Integer> high = new ArrayList<>();
        List<Integer> propagated = new ArrayList<>();
        for (int j = 0; j < nodes.generate.size(); j++) {
            if ((j & distance) != 0) {
                high.add(j);
                left.add(nodes.propagate.get(j));
                right.add(nodes.generate.get(lower(j, distance)));
            }
        }
        for (int j : high) {
            if (j >= 2 * distance) {
                propagated.add(j);
                left.add(nodes.propagate.get(j));
                right.add(nodes.propagate.get(lower(j, distance)));
            }
        }
        List<BitShares> joined = and(left, right);
        for (int t = 0; t < high.size(); t++) {
            int j = high.get(t);
            nodes.generate.set(j, nodes.generate.get(j).xor(joined.get(t)));
        }
        for (int t = 0; t < propagated.size(); t++) {
            nodes.propagate.set(propagated.get(t), joined.get(high.size() + t));
        }
    }

    private static int lower(int j, int distance) {
        return (j & -(2 * distance)) + distance - 1;
    }

    private List<BitShares> and(List<BitShares> left, List<BitShares> right) {
        return split(products.and(BitShares.stack(left), BitShares.stack(right)));
    }

    private static List<BitShares> split(BitShares x) {
        List<BitShares> out = new ArrayList<>();
        for (int k = 0; k < x.planes(); k++) {
            out.add(x.plane(k));
        }
        return out;
    }

    private static BitShares last(List<BitShares> list) {
        return list.get(list.size() - 1);
    }
}

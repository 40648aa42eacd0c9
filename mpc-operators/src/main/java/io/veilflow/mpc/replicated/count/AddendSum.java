package io.veilflow.mpc.replicated.count;

import io.veilflow.mpc.replicated.BitAnd;
import io.veilflow.mpc.replicated.BitShares;
import io.veilflow.mpc.replicated.compare.Majority;
import io.veilflow.mpc.session.Operation;
import java.util.ArrayList;
import java.util.List;

/**
 * Lane by lane, how many planes are set (PROTOCOLS 4.12): full adders on triples of equal weight, one round for all weights, until
 * no weight has three addends; then a ripple. About one AND for each plane and lane, in log_1.5(n) + log2(n) rounds. Triples are made of
 * thirds of a weight's addends, so that each third is one run of words.
 *
 * <p>Security: only ANDs of {@link BitAnd}, with its model.
 */
final class AddendSum {
    private final BitAnd products;
    private final Majority carries;

    AddendSum(Operation operation) {
        this.products = new BitAnd(operation);
        this.carries = new Majority(operation);
    }

    /**
     * @param addends n >= 1 planes of weight one
     * @return as many planes as n has bits
     */
    BitShares of(BitShares addends) {
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(addends.planes());
        List<BitShares> byWeight = new ArrayList<>(List.of(addends));
        while (byWeight.size() < bits) {
            byWeight.add(BitShares.zeros(addends.lanes(), 0));
        }
        while (byWeight.subList(0, bits - 1).stream().anyMatch(one -> one.planes() > 2)) {
            byWeight = reduce(byWeight);
        }
        return ripple(byWeight);
    }

    /** One round of full adders below the top weight, where nothing can carry. */
    private List<BitShares> reduce(List<BitShares> byWeight) {
        int top = byWeight.size() - 1;
        List<BitShares> left = new ArrayList<>();
        List<BitShares> right = new ArrayList<>();
        for (BitShares addends : byWeight.subList(0, top)) {
            int third = addends.planes() / 3;
            BitShares last = addends.planes(2 * third, third);
            left.add(addends.planes(0, third).xor(last));
            right.add(addends.planes(third, third).xor(last));
        }
        BitShares joined = products.and(BitShares.stack(left), BitShares.stack(right));
        List<List<BitShares>> next = new ArrayList<>();
        for (int weight = 0; weight <= top; weight++) {
            next.add(new ArrayList<>());
        }
        int from = 0;
        for (int weight = 0; weight < top; weight++) {
            BitShares addends = byWeight.get(weight);
            int third = addends.planes() / 3;
            BitShares last = addends.planes(2 * third, third);
            BitShares sum = left.get(weight).xor(addends.planes(third, third));
            next.get(weight).add(addends.planes(3 * third, addends.planes() - 3 * third));
            next.get(weight).add(sum);
            next.get(weight + 1).add(joined.planes(from, third).xor(last));
            from += third;
        }
        next.get(top).add(0, byWeight.get(top));
        return next.stream().map(BitShares::stack).toList();
    }

    /** At most two addends a weight; of the top weight any number, of which one can be set. */
    private BitShares ripple(List<BitShares> byWeight) {
        int top = byWeight.size() - 1;
        int lanes = byWeight.get(0).lanes();
        List<BitShares> bits = new ArrayList<>();
        BitShares carry = BitShares.zeros(lanes, 1);
        for (int weight = 0; weight < top; weight++) {
            BitShares addends = byWeight.get(weight);
            bits.add(addends.parity().xor(carry));
            carry = switch (addends.planes()) {
                case 0 -> BitShares.zeros(lanes, 1);
                case 1 -> products.and(addends, carry);
                default -> carries.of(addends.plane(0), addends.plane(1), carry);
            };
        }
        bits.add(byWeight.get(top).parity().xor(carry));
        return BitShares.stack(bits);
    }
}

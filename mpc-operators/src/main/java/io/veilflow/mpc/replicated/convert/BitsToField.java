package io.veilflow.mpc.replicated.convert;

import io.veilflow.mpc.bits.Planes;
import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.replicated.BitShares;
import io.veilflow.mpc.replicated.ElementChannel;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.replicated.Multiplication;
import io.veilflow.mpc.session.Operation;
import java.util.ArrayList;
import java.util.List;

/**
 * Shared bits as elements of a field (PROTOCOLS 4.7): u = b_0 + b_1 - 2*b_0*b_1, b = u + b_2 - 2*u*b_2, where each component is a
 * trivial sharing. Two rounds, whatever the number of bits; 4/3 elements per bit and party.
 *
 * <p>First product, the cheaper form: P_0 knows b_0 and b_1, so z_1 = F_1, z_2 = 0, and P_0 sends z_0 = b_0*b_1 - z_1 to P_2. It
 * is the only product not made by {@link Multiplication}. PRSS purposes "mul1/<field>" (key 1) and "mul/<field>", message
 * "mul" in both rounds.
 *
 * <p>Security: one malicious party can add errors that it knows to the two products and no more. In profile M both are entered
 * into the session's ledger, the cheap one as a statement of its own that only P_0 proves, and nothing that depends on them is
 * opened before they are verified; in profile S an error stays unseen.
 */
public final class BitsToField {
    private final Operation operation;
    private final PrimeField field;
    private final PartyId self;
    private final ElementChannel messages;
    private final Multiplication products;

    public BitsToField(Operation operation, PrimeField field) {
        this.operation = operation;
        this.field = field;
        this.self = operation.self();
        this.messages = new ElementChannel(operation);
        this.products = new Multiplication(operation);
    }

    /**
     * All groups in the same two rounds.
     *
     * @return per group its bits number by number: element lane * planes + bit
     */
    public List<ElementShares> convert(List<BitShares> groups) {
        int count = 0;
        for (BitShares group : groups) {
            count = Math.addExact(count, Math.multiplyExact(group.lanes(), group.planes()));
        }
        ElementShares converted = convertFlat(elements(groups, count));
        List<ElementShares> out = new ArrayList<>();
        int at = 0;
        for (BitShares group : groups) {
            int size = group.lanes() * group.planes();
            out.add(converted.slice(at, size));
            at += size;
        }
        converted.wipe();
        return out;
    }

    public ElementShares convert(BitShares bits) {
        return convert(List.of(bits)).get(0);
    }

    /** Own and next bits as elements 0 and 1: not a sharing of anything over the field. */
    private ElementShares elements(List<BitShares> groups, int count) {
        ElementShares out = ElementShares.zeros(field, count);
        long[] one = field.one();
        int at = 0;
        for (BitShares group : groups) {
            for (int lane = 0; lane < group.lanes(); lane++) {
                for (int plane = 0; plane < group.planes(); plane++) {
                    put(Planes.bit(group.own(), group.lanes(), plane, lane), one, out.own(), at);
                    put(Planes.bit(group.next(), group.lanes(), plane, lane), one, out.next(), at);
                    at += one.length;
                }
            }
        }
        return out;
    }

    private static void put(long bit, long[] one, long[] out, int at) {
        for (int w = 0; w < one.length; w++) {
            out[at + w] = one[w] & -bit;
        }
    }

    private ElementShares convertFlat(ElementShares bits) {
        int count = bits.count();
        if (count == 0) {
            return bits;
        }
        ElementShares first = firstProduct(bits);
        ElementShares low = exclusiveOr(only(bits, 0), only(bits, 1), first);
        ElementShares third = only(bits, 2);
        return exclusiveOr(low, third, products.multiply(low, third));
    }

    /** a + b - 2*product */
    private static ElementShares exclusiveOr(ElementShares a, ElementShares b, ElementShares product) {
        return a.plus(b).minus(product).minus(product);
    }

    private ElementShares only(ElementShares bits, int component) {
        long[] known = self.index() == component ? bits.own() : bits.next();
        return ElementShares.trivial(field, self, component, bits.count(), known);
    }

    private ElementShares firstProduct(ElementShares bits) {
        int count = bits.count();
        ElementShares z = ElementShares.zeros(field, count);
        long[] unknown = new long[count * field.words()];
        switch (self) {
            case P0 -> {
                mask(z.next(), count);
                long[] product = field.subtract(field.multiply(bits.own(), bits.next()), z.next());
                System.arraycopy(product, 0, z.own(), 0, product.length);
                messages.send(PartyId.P2, Multiplication.LABEL, field, z.own());
                operation.ledger().cheapProducts(field, bits.own(), bits.next(), z.next(), z.own());
            }
            case P1 -> {
                mask(z.own(), count);
                operation.ledger().cheapProducts(field, unknown, bits.own(), z.own(), unknown);
            }
            case P2 -> {
                long[] received = messages.receive(PartyId.P0, Multiplication.LABEL, field, count);
                System.arraycopy(received, 0, z.next(), 0, received.length);
                operation.ledger().cheapProducts(field, bits.next(), unknown, unknown, z.next());
            }
        }
        return z;
    }

    /** F_1, which P_2 lacks. */
    private void mask(long[] out, int count) {
        operation.stream(1, "mul1/" + field.label()).elements(field, out, 0, count);
    }
}

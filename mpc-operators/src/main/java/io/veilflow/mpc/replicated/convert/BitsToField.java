package io.veilflow.mpc.replicated.convert;

import io.veilflow.mpc.bits.Planes;
import io.veilflow.mpc.field.Fr;
import io.veilflow.mpc.field.FrVector;
import io.veilflow.mpc.field.NotCanonicalException;
import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.replicated.BitShares;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.replicated.Multiplication;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.session.ProtocolAbortException.Reason;
import java.util.ArrayList;
import java.util.List;

/**
 * Shared bits as elements of Fr (PROTOCOLS 4.7): u = b_0 + b_1 - 2*b_0*b_1, b = u + b_2 - 2*u*b_2, where each component is a
 * trivial sharing. Two rounds, whatever the number of bits; 4/3 elements per bit and party.
 *
 * <p>First product, the cheaper form: P_0 knows b_0 and b_1, so z_1 = F_1, z_2 = 0, and P_0 sends z_0 = b_0*b_1 - z_1 to P_2. It
 * is the only product not made by {@link Multiplication}; its statement for profile M stands in PROTOCOLS 4.7. Profile S: not
 * verified. PRSS purposes "mul1/Fr" (key 1) and "mul/Fr".
 */
public final class BitsToField {
    private static final String PURPOSE = "mul1/Fr";

    private final Operation operation;
    private final PartyId self;
    private final Multiplication products;

    public BitsToField(Operation operation) {
        this.operation = operation;
        this.self = operation.self();
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
            count = Math.addExact(count, group.lanes() * group.planes());
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

    /** Own and next bits as elements 0 and 1: not a sharing of anything over Fr. */
    private static ElementShares elements(List<BitShares> groups, int count) {
        ElementShares out = ElementShares.zeros(PrimeField.FR, count);
        long[] one = Fr.one();
        int at = 0;
        for (BitShares group : groups) {
            for (int lane = 0; lane < group.lanes(); lane++) {
                for (int plane = 0; plane < group.planes(); plane++) {
                    put(Planes.bit(group.own(), group.lanes(), plane, lane), one, out.own(), at);
                    put(Planes.bit(group.next(), group.lanes(), plane, lane), one, out.next(), at);
                    at += Fr.WORDS;
                }
            }
        }
        return out;
    }

    private static void put(long bit, long[] one, long[] out, int at) {
        for (int w = 0; w < Fr.WORDS; w++) {
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
        return ElementShares.trivial(PrimeField.FR, self, component, bits.count(), known);
    }

    private ElementShares firstProduct(ElementShares bits) {
        int count = bits.count();
        ElementShares z = ElementShares.zeros(PrimeField.FR, count);
        switch (self) {
            case P0 -> {
                operation.stream(1, PURPOSE).elements(PrimeField.FR, z.next(), 0, count);
                long[] own = FrVector.subtract(FrVector.multiply(bits.own(), bits.next()), z.next());
                operation.send(PartyId.P2, Multiplication.LABEL, FrVector.encode(own));
                System.arraycopy(own, 0, z.own(), 0, own.length);
            }
            case P1 -> operation.stream(1, PURPOSE).elements(PrimeField.FR, z.own(), 0, count);
            case P2 -> {
                byte[] next = operation.receive(PartyId.P0, Multiplication.LABEL, count * Fr.BYTES);
                System.arraycopy(decode(next), 0, z.next(), 0, count * Fr.WORDS);
            }
        }
        return z;
    }

    private long[] decode(byte[] message) {
        try {
            return FrVector.decode(message);
        } catch (NotCanonicalException e) {
            throw new ProtocolAbortException(
                    Reason.NOT_CANONICAL, PartyId.P0, operation.path() + "/" + Multiplication.LABEL);
        }
    }
}

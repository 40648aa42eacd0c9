package io.veilflow.mpc.testing;

import io.veilflow.mpc.bits.Planes;
import io.veilflow.mpc.field.Int192;
import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.replicated.BitShares;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.replicated.IntegerShares;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** The clear side of tests: shares values out, puts results together, in plain and slow arithmetic. */
public final class Clear {
    public static final BigInteger R =
            new BigInteger("30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001", 16);
    /** The order of secp256k1. */
    public static final BigInteger Q =
            new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);

    private static final BigInteger P61_MODULUS = BigInteger.ONE.shiftLeft(61).subtract(BigInteger.ONE);

    private Clear() {}

    public static BigInteger modulus(PrimeField field) {
        if (field == PrimeField.ZQ) {
            return Q;
        }
        return field == PrimeField.FR ? R : P61_MODULUS;
    }

    /** Flat elements from integers mod r. */
    public static long[] fr(List<BigInteger> values) {
        return elements(PrimeField.FR, values);
    }

    /** Flat elements from integers, reduced. */
    public static long[] elements(PrimeField field, List<BigInteger> values) {
        int size = field.bytes();
        byte[] bytes = new byte[values.size() * size];
        for (int k = 0; k < values.size(); k++) {
            BigInteger value = values.get(k).mod(modulus(field));
            for (int b = 0; b < size; b++) {
                bytes[k * size + (bigEndian(field) ? size - 1 - b : b)] =
                        value.shiftRight(8 * b).byteValue();
            }
        }
        return field.decode(bytes);
    }

    private static boolean bigEndian(PrimeField field) {
        return field != PrimeField.P61;
    }

    public static List<BigInteger> values(long[] elements) {
        return values(PrimeField.FR, elements);
    }

    public static List<BigInteger> values(PrimeField field, long[] elements) {
        byte[] bytes = field.encode(elements);
        int size = field.bytes();
        List<BigInteger> out = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += size) {
            BigInteger value = BigInteger.ZERO;
            for (int b = 0; b < size; b++) {
                int next = bytes[at + (bigEndian(field) ? b : size - 1 - b)] & 0xff;
                value = value.shiftLeft(8).or(BigInteger.valueOf(next));
            }
            out.add(value);
        }
        return out;
    }

    /** v mod r read as a signed value. */
    public static BigInteger signed(BigInteger residue) {
        return residue.compareTo(R.shiftRight(1)) > 0 ? residue.subtract(R) : residue;
    }

    /** Flat words from decimal integers. */
    public static long[] integers(List<String> decimals) {
        long[] out = new long[decimals.size() * Int192.WORDS];
        for (int k = 0; k < decimals.size(); k++) {
            BigInteger value = new BigInteger(decimals.get(k));
            for (int w = 0; w < Int192.WORDS; w++) {
                out[k * Int192.WORDS + w] = value.shiftRight(64 * w).longValue();
            }
        }
        return out;
    }

    /** The three parties' views of a fresh sharing over Fr. */
    public static List<ElementShares> shareFr(List<BigInteger> values, Random random) {
        return share(PrimeField.FR, values, random);
    }

    /** The three parties' views of a fresh sharing. */
    public static List<ElementShares> share(PrimeField field, List<BigInteger> values, Random random) {
        List<BigInteger> a = new ArrayList<>();
        List<BigInteger> b = new ArrayList<>();
        List<BigInteger> c = new ArrayList<>();
        for (BigInteger value : values) {
            a.add(new BigInteger(300, random).mod(modulus(field)));
            b.add(new BigInteger(300, random).mod(modulus(field)));
            c.add(value.subtract(a.get(a.size() - 1)).subtract(b.get(b.size() - 1)));
        }
        List<long[]> components = List.of(elements(field, a), elements(field, b), elements(field, c));
        List<ElementShares> out = new ArrayList<>();
        for (PartyId party : PartyId.values()) {
            out.add(new ElementShares(
                    field,
                    values.size(),
                    components.get(party.index()).clone(),
                    components.get(party.next().index()).clone()));
        }
        return out;
    }

    /** The three parties' views of a fresh RISS sharing with masks of 159 bits. */
    public static List<IntegerShares> shareIntegers(List<BigInteger> values, Random random) {
        List<List<String>> components = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (BigInteger value : values) {
            BigInteger a = new BigInteger(159, random);
            BigInteger b = new BigInteger(159, random);
            components.get(0).add(a.toString());
            components.get(1).add(b.toString());
            components.get(2).add(value.subtract(a).subtract(b).toString());
        }
        List<IntegerShares> out = new ArrayList<>();
        for (PartyId party : PartyId.values()) {
            out.add(new IntegerShares(
                    values.size(),
                    integers(components.get(party.index())),
                    integers(components.get(party.next().index()))));
        }
        return out;
    }

    /** The three parties' views of fresh Boolean sharings; bits above n are random junk. */
    public static List<BitShares> shareBits(List<BigInteger> values, int planes, Random random) {
        int lanes = values.size();
        long[] numbers = integers(values.stream().map(BigInteger::toString).toList());
        long[] clear = Planes.fromNumbers(numbers, Int192.WORDS, lanes, planes);
        long[] a = random.longs(clear.length).toArray();
        long[] b = random.longs(clear.length).toArray();
        long[] c = new long[clear.length];
        for (int k = 0; k < c.length; k++) {
            c[k] = clear[k] ^ a[k] ^ b[k];
        }
        long[][] components = {a, b, c};
        List<BitShares> out = new ArrayList<>();
        for (PartyId party : PartyId.values()) {
            out.add(new BitShares(
                    lanes,
                    planes,
                    components[party.index()].clone(),
                    components[party.next().index()].clone()));
        }
        return out;
    }

    /** Puts three views over Fr together; fails the test if two holders disagree. */
    public static List<BigInteger> openFr(List<ElementShares> views) {
        return open(views);
    }

    /** Puts three views together; fails the test if two holders disagree. */
    public static List<BigInteger> open(List<ElementShares> views) {
        requireConsistent(views.get(0).own(), views.get(2).next());
        requireConsistent(views.get(1).own(), views.get(0).next());
        requireConsistent(views.get(2).own(), views.get(1).next());
        PrimeField field = views.get(0).field();
        long[] two = field.add(views.get(0).own(), views.get(1).own());
        return values(field, field.add(two, views.get(2).own()));
    }

    /** Unsigned values of the lanes. */
    public static List<BigInteger> openBits(List<BitShares> views) {
        requireConsistent(views.get(0).own(), views.get(2).next());
        requireConsistent(views.get(1).own(), views.get(0).next());
        requireConsistent(views.get(2).own(), views.get(1).next());
        BitShares first = views.get(0);
        long[] planes = new long[first.own().length];
        for (int k = 0; k < planes.length; k++) {
            planes[k] = first.own()[k] ^ first.next()[k] ^ views.get(2).own()[k];
        }
        return lanes(planes, first.lanes(), first.planes());
    }

    public static List<BigInteger> lanes(long[] planes, int lanes, int count) {
        List<BigInteger> out = new ArrayList<>();
        for (int lane = 0; lane < lanes; lane++) {
            BigInteger value = BigInteger.ZERO;
            for (int plane = count - 1; plane >= 0; plane--) {
                value = value.shiftLeft(1).add(BigInteger.valueOf(Planes.bit(planes, lanes, plane, lane)));
            }
            out.add(value);
        }
        return out;
    }

    private static void requireConsistent(long[] one, long[] other) {
        if (!Arrays.equals(one, other)) {
            throw new AssertionError("the two holders of a component differ");
        }
    }
}

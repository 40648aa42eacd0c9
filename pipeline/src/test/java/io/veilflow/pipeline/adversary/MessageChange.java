package io.veilflow.pipeline.adversary;

import io.veilflow.zk.commitment.G1Point;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Other bytes in place of a message's, of the same length. */
final class MessageChange {
    private static final BigInteger R =
            new BigInteger("30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001", 16);
    private static final BigInteger Q =
            new BigInteger("30644e72e131a029b85045b68181585d97816a916871ca8d3c208c16d87cfd47", 16);
    private static final BigInteger P61 = BigInteger.ONE.shiftLeft(61).subtract(BigInteger.ONE);
    private static final int COORDINATE = 32;
    private static final int POINT = 2 * COORDINATE;
    /** A, B1, B2, D, PoK, where B2 is twice as long. */
    private static final int ROUND_ONE = 6 * POINT;

    private static final int B2 = 2 * POINT;

    private MessageChange() {}

    static byte[] flipBit(byte[] message, Random random) {
        byte[] changed = message.clone();
        changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
        return changed;
    }

    /** Adds one to one element: of Fr, of F_p61, of the group for shares of a proof; a bit where nothing else fits. */
    static byte[] addOne(Place place, byte[] message, Random random) {
        if (place.isFirstShareOfProof() || place.isShareOfProof()) {
            return otherPoint(message, POINT * random.nextInt(message.length / POINT));
        }
        if (message.length % COORDINATE == 0 && elements(message, COORDINATE, R)) {
            return addOne(message, COORDINATE * random.nextInt(message.length / COORDINATE), COORDINATE, R);
        }
        if (message.length % Long.BYTES == 0 && elements(reversedWords(message), Long.BYTES, P61)) {
            int at = Long.BYTES * random.nextInt(message.length / Long.BYTES);
            return reversedWords(addOne(reversedWords(message), at, Long.BYTES, P61));
        }
        byte[] changed = message.clone();
        changed[random.nextInt(changed.length)] ^= 1;
        return changed;
    }

    /**
     * Another valid point of the same group, at one of the five places of round one or the one of round two: in G1 the next
     * multiple of the generator, in G2 the negated point.
     */
    static byte[] otherPoint(byte[] message, int at) {
        byte[] changed = message.clone();
        boolean twist = message.length == ROUND_ONE && at >= B2 && at < B2 + 2 * POINT;
        if (twist) {
            for (int half = 0; half < 2; half++) {
                int from = B2 + POINT + half * COORDINATE;
                BigInteger y = new BigInteger(1, Arrays.copyOfRange(message, from, from + COORDINATE));
                put(changed, from, COORDINATE, Q.subtract(y).mod(Q));
            }
        } else {
            byte[] generator = new byte[POINT];
            generator[COORDINATE - 1] = 1;
            generator[POINT - 1] = 2;
            G1Point point = G1Point.of(Arrays.copyOfRange(message, at, at + POINT));
            byte[] sum = G1Point.sum(List.of(point, G1Point.of(generator))).bytes();
            System.arraycopy(sum, 0, changed, at, POINT);
        }
        return changed;
    }

    private static boolean elements(byte[] message, int size, BigInteger modulus) {
        for (int at = 0; at < message.length; at += size) {
            if (new BigInteger(1, Arrays.copyOfRange(message, at, at + size)).compareTo(modulus) >= 0) {
                return false;
            }
        }
        return true;
    }

    private static byte[] addOne(byte[] message, int at, int size, BigInteger modulus) {
        byte[] changed = message.clone();
        BigInteger value = new BigInteger(1, Arrays.copyOfRange(message, at, at + size));
        put(changed, at, size, value.add(BigInteger.ONE).mod(modulus));
        return changed;
    }

    private static void put(byte[] message, int at, int size, BigInteger value) {
        byte[] bytes = value.toByteArray();
        int length = Math.min(bytes.length, size);
        Arrays.fill(message, at, at + size, (byte) 0);
        System.arraycopy(bytes, bytes.length - length, message, at + size - length, length);
    }

    private static byte[] reversedWords(byte[] message) {
        byte[] out = new byte[message.length];
        for (int k = 0; k < message.length; k++) {
            out[k] = message[k - k % Long.BYTES + Long.BYTES - 1 - k % Long.BYTES];
        }
        return out;
    }
}

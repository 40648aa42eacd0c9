package io.veilflow.pipeline.demo;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** Finds any of many secrets, each in many encodings, in bytes of any size. */
final class SecretSearch {
    private static final BigInteger MODULUS =
            new BigInteger("21888242871839275222246405745257275088548364400416034343698204186575808495617");
    private static final int FILTER_BITS = 20;

    private record Needle(String name, byte[] bytes) {}

    private final Map<Long, List<Needle>> byBeginning = new HashMap<>();
    private final boolean[] filter = new boolean[1 << FILTER_BITS];

    /** An amount of at least 2^40 in every encoding that the product uses anywhere. */
    void addAmount(String name, BigInteger amount, int decimals) {
        encodings(amount, decimals).forEach((encoding, bytes) -> add(name + " as " + encoding, bytes));
    }

    /** A key: its bytes in both orders, and as text. */
    void addKey(String name, byte[] key) {
        add(name, key);
        add(name + " reversed", reversed(key));
        add(name + " in hexadecimal", text(HexFormat.of().formatHex(key)));
        add(name + " in base 64", text(Base64.getEncoder().encodeToString(key)));
    }

    void addText(String name, String text) {
        add(name, text(text));
    }

    /** Names of the secrets that stand in these bytes. */
    SortedSet<String> find(byte[] bytes) {
        SortedSet<String> found = new TreeSet<>();
        long beginning = 0;
        for (int i = 0; i < bytes.length; i++) {
            beginning = beginning << 8 | bytes[i] & 0xff;
            if (i >= 7 && filter[slot(beginning)]) {
                for (Needle needle : byBeginning.getOrDefault(beginning, List.of())) {
                    int from = i - 7;
                    int to = from + needle.bytes.length;
                    if (to <= bytes.length && Arrays.equals(bytes, from, to, needle.bytes, 0, needle.bytes.length)) {
                        found.add(needle.name);
                    }
                }
            }
        }
        return found;
    }

    static Map<String, byte[]> encodings(BigInteger amount, int decimals) {
        Map<String, byte[]> encodings = new LinkedHashMap<>();
        byte[] big = bigEndian(amount, 8);
        encodings.put("8 bytes little-endian", reversed(big));
        encodings.put("8 bytes big-endian", big);
        encodings.put("32 bytes big-endian", bigEndian(amount, 32));
        encodings.put("decimal text", text(amount.toString()));
        encodings.put("decimal text in whole units", text(new BigDecimal(amount, decimals).toPlainString()));
        encodings.put("hexadecimal text", text(amount.toString(16)));
        encodings.put("hexadecimal text in capitals", text(amount.toString(16).toUpperCase(Locale.ROOT)));
        // Two Montgomery forms are in use: 2^260 in the engine, 2^256 in the prover.
        for (int radix : new int[] {256, 260}) {
            byte[] form = bigEndian(amount.shiftLeft(radix).mod(MODULUS), 32);
            encodings.put("Montgomery form 2^" + radix + " big-endian", form);
            encodings.put("Montgomery form 2^" + radix + " little-endian", reversed(form));
        }
        return encodings;
    }

    private void add(String name, byte[] bytes) {
        if (bytes.length < Long.BYTES) {
            throw new IllegalArgumentException(name + " is too short to be told from chance");
        }
        long beginning = ByteBuffer.wrap(bytes).getLong();
        filter[slot(beginning)] = true;
        byBeginning.computeIfAbsent(beginning, any -> new ArrayList<>()).add(new Needle(name, bytes));
    }

    private static int slot(long beginning) {
        return (int) (beginning * 0x9e3779b97f4a7c15L >>> Long.SIZE - FILTER_BITS);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] bigEndian(BigInteger value, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[length - 1 - i] = value.shiftRight(8 * i).byteValue();
        }
        return bytes;
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }
}

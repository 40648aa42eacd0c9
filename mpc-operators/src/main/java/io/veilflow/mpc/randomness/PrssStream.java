package io.veilflow.mpc.randomness;

import io.veilflow.mpc.field.Bytes;
import io.veilflow.mpc.field.PrimeField;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The outputs F(ctx, 0), F(ctx, 1), .. of one PRSS context in order (PROTOCOLS 4.0): AES-128 in counter mode under K_ctx,
 * first counter block zero, read little-endian. A stream serves one element size; the index runs on from call to call. The
 * same class expands a contributor's seeds (4.1). Not thread-safe; no rejection loops, so both holders of a key stay in
 * step whatever comes out.
 */
public final class PrssStream implements AutoCloseable {
    /** Bytes of K_ctx. */
    public static final int KEY_BYTES = 16;

    // The JDK's AES-CTR is slow in very large single calls and wasteful in tiny ones.
    private static final int CHUNK = 16 * 1024;
    private static final int SMALLEST_CHUNK = 256;
    private static final int BLOCK_BYTES = 16;

    // Most streams of a proof give a single element, and a session keeps its streams until it ends.
    private static final int FIRST_CAPACITY = 2 * SMALLEST_CHUNK;

    private final byte[] key;
    private Cipher cipher;
    private byte[] chunk = new byte[FIRST_CAPACITY];
    private int position;
    private int limit;
    private int elementBytes;
    private boolean closed;

    /** @param key K_ctx, 16 bytes; copied */
    public PrssStream(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("K_ctx has " + KEY_BYTES + " bytes, not " + key.length);
        }
        this.key = key.clone();
    }

    /** @param lent for the first bytes, and free again afterwards: most streams give no more */
    PrssStream(byte[] key, Cipher lent) {
        this(key);
        begin(lent, 0);
        encrypt(lent, 0, SMALLEST_CHUNK);
        limit = SMALLEST_CHUNK;
    }

    static Cipher newCipher() {
        try {
            return Cipher.getInstance("AES/CTR/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no AES/CTR/NoPadding", e);
        }
    }

    /** @param block counter to go on from */
    private void begin(Cipher counterMode, int block) {
        byte[] counter = new byte[16];
        counter[15] = (byte) block;
        try {
            counterMode.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(counter));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-CTR does not take its key", e);
        }
    }

    private void encrypt(Cipher counterMode, int from, int count) {
        Arrays.fill(chunk, from, from + count, (byte) 0);
        try {
            counterMode.update(chunk, from, count, chunk, from);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-CTR gave no output", e);
        }
    }

    /** The next {@code count} Boolean words. */
    public void words(long[] out, int from, int count) {
        claim(Long.BYTES);
        int done = 0;
        while (done < count) {
            int ready = available(Long.BYTES, count - done);
            for (int k = 0; k < ready; k++) {
                out[from + done + k] = Bytes.longLittleEndian(chunk, position + Long.BYTES * k);
            }
            position += Long.BYTES * ready;
            done += ready;
        }
    }

    /**
     * The next {@code count} integers below 2^bits.
     *
     * @param words little-endian words that each takes in {@code out}, at least bits/64; the rest is zero
     */
    public void integers(int bits, int words, long[] out, int from, int count) {
        if (bits < 1 || bits > 64 * words) {
            throw new IllegalArgumentException(bits + " bits do not fit into " + words + " words");
        }
        int size = (bits + 7) / 8;
        claim(size);
        int done = 0;
        while (done < count) {
            int ready = available(size, count - done);
            for (int k = 0; k < ready; k++) {
                integer(bits, size, out, from + (done + k) * words, words);
                position += size;
            }
            done += ready;
        }
    }

    private void integer(int bits, int size, long[] out, int to, int words) {
        Arrays.fill(out, to, to + words, 0);
        for (int b = 0; b < size; b++) {
            out[to + (b >>> 3)] |= (chunk[position + b] & 0xffL) << (8 * (b & 7));
        }
        if ((bits & 63) != 0) {
            out[to + (bits >>> 6)] &= (1L << (bits & 63)) - 1;
        }
    }

    /** The next {@code count} elements of the field, from word {@code from} on. */
    public void elements(PrimeField field, long[] out, int from, int count) {
        elements(field, field::fromPrss, out, from, count);
    }

    /** The same, each divided by the field's {@link PrimeField#quotientFactor}. */
    public void quotients(PrimeField field, long[] out, int from, int count) {
        elements(field, field::quotientsFromPrss, out, from, count);
    }

    private interface Reader {
        void read(byte[] in, int at, int count, long[] out, int to);
    }

    private void elements(PrimeField field, Reader reader, long[] out, int from, int count) {
        int size = field.prssBytes();
        claim(size);
        int done = 0;
        while (done < count) {
            int ready = available(size, count - done);
            reader.read(chunk, position, ready, out, from + field.words() * done);
            position += size * ready;
            done += ready;
        }
    }

    private void claim(int size) {
        if (closed) {
            throw new IllegalStateException("closed");
        }
        if (elementBytes != 0 && elementBytes != size) {
            throw new IllegalStateException("a stream of " + elementBytes + "-byte elements cannot give " + size);
        }
        elementBytes = size;
    }

    /** How many of the wanted elements lie in the chunk now, at least one; refills it when there is none. */
    private int available(int size, int wanted) {
        if (limit - position < size) {
            refill(size, wanted);
        }
        return Math.min(wanted, (limit - position) / size);
    }

    private void refill(int size, int wanted) {
        int kept = limit - position;
        long need = (long) size * wanted - kept;
        byte[] old = chunk;
        if (kept + need > chunk.length && chunk.length < CHUNK) {
            chunk = new byte[CHUNK];
        }
        System.arraycopy(old, position, chunk, 0, kept);
        if (old != chunk) {
            Arrays.fill(old, (byte) 0);
        }
        int room = (chunk.length - kept) & -16;
        int fresh = (int) Math.min(room, Math.max(SMALLEST_CHUNK, (need + 15) & -16L));
        if (cipher == null) {
            cipher = newCipher();
            // what came before, if anything did, was the one chunk of the lent cipher
            begin(cipher, limit / BLOCK_BYTES);
        }
        encrypt(cipher, kept, fresh);
        position = 0;
        limit = kept + fresh;
    }

    /** Wipes key and buffer; the stream gives nothing afterwards. */
    @Override
    public void close() {
        Arrays.fill(key, (byte) 0);
        Arrays.fill(chunk, (byte) 0);
        cipher = null;
        closed = true;
    }

    @Override
    public String toString() {
        return "PrssStream";
    }
}

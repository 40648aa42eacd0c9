package io.veilflow.nativelib;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;

/**
 * One party's share of the inputs of a circuit: one entry per input wire in the order of docs/wire.md section 3
 * (context, words, book, publics, limbs, counts, bits, advice). An entry is either <em>known</em>, the value itself that
 * all parties know, or <em>shared</em>, this party's two replicated components (own = component i, next = component i+1).
 * The masks' shares and the expected commitment stand beside them. A share serves one proof: whoever proves again takes a
 * fresh mask for limbs and counts.
 *
 * <p>Secret. Field elements are 32 bytes big-endian, canonical; the native side refuses others. Wiped on {@link #close}.
 * Not thread-safe while it is filled.
 */
public final class WitnessShare implements AutoCloseable {
    static final int ELEMENT_BYTES = 32;
    static final int POINT_BYTES = 64;
    private static final byte KNOWN = 0;
    private static final byte SHARED = 1;

    private final byte[] tags;
    private final byte[] own;
    private final byte[] next;
    private final byte[] masks;
    private final byte[] expectedCommitment;
    private int filled;
    private boolean closed;

    private WitnessShare(int wires, byte[] masks, byte[] expectedCommitment) {
        this.tags = new byte[wires];
        this.own = new byte[wires * ELEMENT_BYTES];
        this.next = new byte[wires * ELEMENT_BYTES];
        this.masks = masks;
        this.expectedCommitment = expectedCommitment;
    }

    /**
     * An empty share of the inputs of a circuit with one commitment.
     *
     * @param maskOwn this party's own component of the mask (the sum of the contributors' blindings), 32 bytes, copied
     * @param maskNext the next component, 32 bytes, copied
     * @param expectedCommitment D, the sum of the manifest's commitments, 64 bytes, copied
     */
    public static WitnessShare of(CircuitSummary circuit, byte[] maskOwn, byte[] maskNext, byte[] expectedCommitment) {
        return of(circuit, maskOwn, maskNext, new byte[0], new byte[0], expectedCommitment);
    }

    /**
     * An empty share of a circuit's inputs.
     *
     * @param maskOwn this party's own component of the mask (the sum of the contributors' blindings), 32 bytes, copied
     * @param maskNext the next component, 32 bytes, copied
     * @param limbMaskOwn own component of the mask of limbs and counts, uniform, known to nobody and fresh for this attempt;
     *     32 bytes, or none if the circuit has one commitment; copied
     * @param limbMaskNext the next component, copied
     * @param expectedCommitment D, the sum of the manifest's commitments, 64 bytes, copied
     */
    public static WitnessShare of(
            CircuitSummary circuit,
            byte[] maskOwn,
            byte[] maskNext,
            byte[] limbMaskOwn,
            byte[] limbMaskNext,
            byte[] expectedCommitment) {
        int limbMask = (circuit.commitments() - 1) * ELEMENT_BYTES;
        requireLength(maskOwn, ELEMENT_BYTES, "own mask component");
        requireLength(maskNext, ELEMENT_BYTES, "next mask component");
        requireLength(limbMaskOwn, limbMask, "own component of the limbs' mask");
        requireLength(limbMaskNext, limbMask, "next component of the limbs' mask");
        requireLength(expectedCommitment, POINT_BYTES, "expected commitment");
        byte[] masks = new byte[2 * ELEMENT_BYTES + 2 * limbMask];
        ByteBuffer.wrap(masks).put(maskOwn).put(maskNext).put(limbMaskOwn).put(limbMaskNext);
        return new WitnessShare(circuit.inputWires(), masks, expectedCommitment.clone());
    }

    /** Appends wires whose values all parties know: n times 32 bytes, copied. */
    public WitnessShare appendKnown(byte[] values) {
        int count = room(values);
        Arrays.fill(tags, filled, filled + count, KNOWN);
        System.arraycopy(values, 0, own, filled * ELEMENT_BYTES, values.length);
        filled += count;
        return this;
    }

    /** Appends shared wires: n times 32 bytes of each component, copied. */
    public WitnessShare appendShared(byte[] ownComponents, byte[] nextComponents) {
        int count = room(ownComponents);
        requireLength(nextComponents, ownComponents.length, "next components");
        Arrays.fill(tags, filled, filled + count, SHARED);
        System.arraycopy(ownComponents, 0, own, filled * ELEMENT_BYTES, ownComponents.length);
        System.arraycopy(nextComponents, 0, next, filled * ELEMENT_BYTES, nextComponents.length);
        filled += count;
        return this;
    }

    /** How many wires are filled so far. */
    public int filled() {
        return filled;
    }

    @Override
    public void close() {
        closed = true;
        Arrays.fill(own, (byte) 0);
        Arrays.fill(next, (byte) 0);
        Arrays.fill(masks, (byte) 0);
    }

    @Override
    public String toString() {
        return "WitnessShare[" + filled + " of " + tags.length + " wires]";
    }

    /** {@code tags || own || next || mask own || mask next [|| limb mask own || next] || D}, a fresh secret array that the caller wipes. */
    byte[] encode() {
        if (closed) {
            throw new NativeException(NativeStatus.CLOSED, "witness share");
        }
        if (filled != tags.length) {
            throw new NativeException(
                    NativeStatus.INVALID_WITNESS, filled + " wires given, the circuit has " + tags.length);
        }
        byte[] out = new byte[tags.length + own.length + next.length + masks.length + expectedCommitment.length];
        int at = 0;
        for (byte[] part : new byte[][] {tags, own, next, masks, expectedCommitment}) {
            System.arraycopy(part, 0, out, at, part.length);
            at += part.length;
        }
        return out;
    }

    private int room(byte[] elements) {
        Objects.requireNonNull(elements, "elements");
        if (closed) {
            throw new NativeException(NativeStatus.CLOSED, "witness share");
        }
        int count = elements.length / ELEMENT_BYTES;
        if (count * ELEMENT_BYTES != elements.length || count > tags.length - filled) {
            throw new NativeException(
                    NativeStatus.INVALID_WITNESS,
                    elements.length + " bytes after " + filled + " of " + tags.length + " wires");
        }
        return count;
    }

    private static void requireLength(byte[] bytes, int length, String what) {
        Objects.requireNonNull(bytes, what);
        if (bytes.length != length) {
            throw new NativeException(
                    NativeStatus.INVALID_ARGUMENT, what + ": " + bytes.length + " bytes, expected " + length);
        }
    }
}

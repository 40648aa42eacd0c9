package io.veilflow.pipeline.sign;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.encoding.Fields;
import io.veilflow.pipeline.encoding.Hashes;
import java.nio.ByteBuffer;

/** {@code abi.encode} of static values: one 32-byte word each, numbers and addresses right-aligned. */
final class AbiWords {
    private static final int WORD = 32;
    private final ByteBuffer bytes;

    AbiWords(int words) {
        bytes = ByteBuffer.allocate(WORD * words);
    }

    /** The keccak256 of a label, which makes preimages of different purposes differ. */
    AbiWords label(String label) {
        bytes.put(Hashes.keccak256(Fields.text(label)));
        return this;
    }

    /** An unsigned number below 2^64. */
    AbiWords number(long value) {
        bytes.put(new byte[WORD - Long.BYTES]).putLong(value);
        return this;
    }

    /** @param value {@code length} bytes, right-aligned
     *  @throws IllegalArgumentException if it has another length; {@code name} says what it should be */
    AbiWords aligned(String name, ByteString value, int length) {
        if (value.size() != length) {
            throw new IllegalArgumentException(name + " has " + value.size() + " bytes, expected " + length);
        }
        bytes.put(new byte[WORD - length]).put(value.asReadOnlyByteBuffer());
        return this;
    }

    /** keccak256 of the words.
     *  @throws IllegalStateException if not all words were given */
    byte[] keccak256() {
        if (bytes.hasRemaining()) {
            throw new IllegalStateException(bytes.remaining() + " bytes of the preimage are missing");
        }
        return Hashes.keccak256(bytes.array());
    }
}

package io.veilflow.pipeline.post;

import com.google.protobuf.ByteString;
import java.math.BigInteger;
import org.web3j.utils.Numeric;

/** Between our byte strings and web3j's text and numbers. */
final class Hex {
    private Hex() {}

    static ByteString bytes(String hex) {
        return ByteString.copyFrom(Numeric.hexStringToByteArray(hex));
    }

    /** Lower case, with 0x. */
    static String text(ByteString bytes) {
        return Numeric.toHexString(bytes.toByteArray());
    }

    static BigInteger number(ByteString bytes) {
        return new BigInteger(1, bytes.toByteArray());
    }

    /** Big-endian, padded to {@code length} bytes. */
    static ByteString number(BigInteger value, int length) {
        return ByteString.copyFrom(Numeric.toBytesPadded(value, length));
    }
}

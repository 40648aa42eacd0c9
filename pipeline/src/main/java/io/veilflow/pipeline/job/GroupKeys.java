package io.veilflow.pipeline.job;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;

/**
 * Public keys of what the three parties hold together, one for each purpose, none used for two: points of secp256k1,
 * compressed, 33 bytes.
 *
 * @param resultKey signs results, skips and its own successor
 * @param accountKey the group's Ethereum account, if it has one
 * @param signKey of the signing service, if the group runs it
 * @param signPurposes for which the service signs
 */
public record GroupKeys(
        ByteString resultKey,
        Optional<ByteString> accountKey,
        Optional<ByteString> signKey,
        List<String> signPurposes) {
    public static final int POINT_BYTES = 33;

    public GroupKeys {
        signPurposes = List.copyOf(signPurposes);
    }

    private static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp256k1");

    /** A group that signs results only. */
    public static GroupKeys ofResults(ByteString resultKey) {
        return new GroupKeys(resultKey, Optional.empty(), Optional.empty(), List.of());
    }

    /** Whether these bytes are a compressed point of the curve whose x the chain can use: below the group's order. */
    public static boolean isKey(ByteString bytes) {
        if (bytes.size() != POINT_BYTES) {
            return false;
        }
        try {
            return CURVE.getCurve()
                            .decodePoint(bytes.toByteArray())
                            .getAffineXCoord()
                            .toBigInteger()
                            .compareTo(CURVE.getN())
                    < 0;
        } catch (IllegalArgumentException notAPoint) {
            return false;
        }
    }
}

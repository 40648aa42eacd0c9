package io.veilflow.mpc.threshold.frost;

import io.veilflow.mpc.threshold.CurvePoint;
import io.veilflow.mpc.threshold.GroupSignature;
import io.veilflow.mpc.threshold.Scalar;
import java.util.Arrays;

/**
 * A signature before it takes the form of its suite.
 *
 * @param nonce R
 */
public record SchnorrSignature(CurvePoint nonce, Scalar response) {
    /** R || s, 65 bytes, as in RFC 9591. */
    public byte[] bytes() {
        byte[] out = Arrays.copyOf(nonce.encoded(), CurvePoint.BYTES + Scalar.BYTES);
        System.arraycopy(response.encoded(), 0, out, CurvePoint.BYTES, Scalar.BYTES);
        return out;
    }

    /** s and the address of R, as the registry takes it. */
    public GroupSignature forContract() {
        return new GroupSignature(response.encoded(), nonce.address());
    }
}

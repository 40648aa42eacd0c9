package io.veilflow.contracts.testing;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.jcajce.provider.digest.Keccak;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.web3j.utils.Numeric;

/**
 * A group key that one hand holds whole, as no party ever does, and its signatures by plain Schnorr: an independent check of the
 * equation, since the parties sign by FROST.
 */
public final class WholeGroupKey {
    public static final BigInteger ORDER =
            CustomNamedCurves.getByName("secp256k1").getN();

    private final BigInteger secret;
    private final ECPoint point;

    private WholeGroupKey(BigInteger secret) {
        this.secret = secret;
        this.point = times(secret);
    }

    /** The key with this secret scalar. */
    public static WholeGroupKey of(long secret) {
        return new WholeGroupKey(BigInteger.valueOf(secret));
    }

    public BigInteger x() {
        return point.getAffineXCoord().toBigInteger();
    }

    /** 1 if y is odd. */
    public int parity() {
        return point.getAffineYCoord().toBigInteger().testBit(0) ? 1 : 0;
    }

    /** The public key, 33 bytes. */
    public byte[] compressed() {
        return point.getEncoded(true);
    }

    /** s || address of the nonce point, for 32 bytes. The nonce is a function of key and message. */
    public byte[] sign(byte[] message) {
        return sign(message, 0);
    }

    /** Another signature of the same message for every number. */
    public byte[] sign(byte[] message, int variant) {
        BigInteger nonce = number(keccak(word(secret), word(BigInteger.valueOf(variant)), message))
                .mod(ORDER);
        byte[] address = address(times(nonce));
        BigInteger challenge = number(keccak(word(x()), new byte[] {(byte) parity()}, message, address))
                .mod(ORDER);
        BigInteger s = nonce.add(challenge.multiply(secret)).mod(ORDER);
        return join(word(s), address);
    }

    private static ECPoint times(BigInteger scalar) {
        ECPoint generator = CustomNamedCurves.getByName("secp256k1").getG();
        return new FixedPointCombMultiplier().multiply(generator, scalar).normalize();
    }

    private static byte[] address(ECPoint point) {
        byte[] encoded = point.getEncoded(false);
        return Arrays.copyOfRange(keccak(Arrays.copyOfRange(encoded, 1, encoded.length)), 12, 32);
    }

    private static BigInteger number(byte[] bytes) {
        return new BigInteger(1, bytes);
    }

    private static byte[] word(BigInteger value) {
        return Numeric.toBytesPadded(value, 32);
    }

    private static byte[] keccak(byte[]... parts) {
        return new Keccak.Digest256().digest(join(parts));
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            bytes.writeBytes(part);
        }
        return bytes.toByteArray();
    }
}

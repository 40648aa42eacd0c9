package io.veilflow.pipeline.sign;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.encoding.Hashes;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.util.BigIntegers;

/**
 * A party's result key: ECDSA on secp256k1 with deterministic nonces (RFC 6979, HMAC-SHA-256) and low s, in the form that the
 * EVM recovers. It signs {@link ResultMessage}s and nothing else.
 *
 * <p><b>Security.</b> A stand-in for the group key, which does not exist yet: one party alone cannot make the two signatures that the
 * registry asks for. Bouncy Castle's scalars are {@code BigInteger}s, whose timing depends on their value and which cannot
 * be wiped; the key's own copy is. Not thread-safe against {@link #close}.
 */
public final class ResultKey implements AutoCloseable {
    /** r(32) || s(32) || v(1). */
    public static final int SIGNATURE_BYTES = 65;

    private static final int SCALAR_BYTES = 32;
    private static final int ADDRESS_BYTES = 20;
    private static final int V_BASE = 27;
    private static final X9ECParameters PARAMETERS = CustomNamedCurves.getByName("secp256k1");
    private static final ECDomainParameters DOMAIN = new ECDomainParameters(PARAMETERS);
    private static final BigInteger ORDER = PARAMETERS.getN();
    private static final BigInteger HALF_ORDER = ORDER.shiftRight(1);

    private final byte[] scalar;
    private final ByteString address;
    private boolean closed;

    private ResultKey(byte[] scalar) {
        this.scalar = scalar;
        this.address = address(new FixedPointCombMultiplier().multiply(PARAMETERS.getG(), new BigInteger(1, scalar)));
    }

    /** A fresh key. */
    public static ResultKey generate(SecureRandom random) {
        BigInteger secret = BigIntegers.createRandomInRange(BigInteger.ONE, ORDER.subtract(BigInteger.ONE), random);
        return new ResultKey(BigIntegers.asUnsignedByteArray(SCALAR_BYTES, secret));
    }

    /**
     * The key with these bytes.
     *
     * @param scalar 32 bytes big-endian, copied
     * @throws IllegalArgumentException if they are not a scalar in 1..n-1
     */
    public static ResultKey of(byte[] scalar) {
        if (scalar.length != SCALAR_BYTES) {
            throw new IllegalArgumentException("a result key has " + SCALAR_BYTES + " bytes, not " + scalar.length);
        }
        BigInteger secret = new BigInteger(1, scalar);
        if (secret.signum() == 0 || secret.compareTo(ORDER) >= 0) {
            throw new IllegalArgumentException("a result key lies between 1 and the order of secp256k1");
        }
        return new ResultKey(scalar.clone());
    }

    /** Ethereum address of this key, 20 bytes. Public. */
    public ByteString address() {
        return address;
    }

    /** The secret bytes, for the encrypted key file only; the caller wipes them. */
    public byte[] exposeScalar() {
        requireOpen();
        return scalar.clone();
    }

    /** Signs the statement: r || s || v with s in the lower half and v 27 or 28. The same statement gives the same bytes. */
    public ByteString sign(ResultMessage message) {
        return signDigest(message.digest());
    }

    /** For {@link #sign} and for public test vectors. */
    ByteString signDigest(byte[] digest) {
        requireOpen();
        ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
        signer.init(true, new ECPrivateKeyParameters(new BigInteger(1, scalar), DOMAIN));
        BigInteger[] rs = signer.generateSignature(digest);
        BigInteger r = rs[0];
        BigInteger s = rs[1].compareTo(HALF_ORDER) > 0 ? ORDER.subtract(rs[1]) : rs[1];
        for (int parity = 0; parity < 2; parity++) {
            if (recover(digest, r, s, parity).filter(address::equals).isPresent()) {
                return ByteString.copyFrom(BigIntegers.asUnsignedByteArray(SCALAR_BYTES, r))
                        .concat(ByteString.copyFrom(BigIntegers.asUnsignedByteArray(SCALAR_BYTES, s)))
                        .concat(ByteString.copyFrom(new byte[] {(byte) (V_BASE + parity)}));
            }
        }
        // r would have to lie between the order and the field prime: chance 2^-128.
        throw new IllegalStateException("signature without recovery");
    }

    /**
     * Whose signature this is; empty for anything that the registry refuses: wrong length, r or s zero or too large, s in the upper
     * half, v neither 27 nor 28, no such point.
     *
     * @return an address, 20 bytes
     */
    public static Optional<ByteString> recover(ResultMessage message, ByteString signature) {
        if (signature.size() != SIGNATURE_BYTES) {
            return Optional.empty();
        }
        BigInteger r = new BigInteger(1, signature.substring(0, SCALAR_BYTES).toByteArray());
        BigInteger s = new BigInteger(
                1, signature.substring(SCALAR_BYTES, 2 * SCALAR_BYTES).toByteArray());
        int parity = (signature.byteAt(2 * SCALAR_BYTES) & 0xff) - V_BASE;
        return recover(message.digest(), r, s, parity);
    }

    /** Wipes the key. */
    @Override
    public void close() {
        closed = true;
        Arrays.fill(scalar, (byte) 0);
    }

    @Override
    public String toString() {
        return "ResultKey";
    }

    /** The point (s R - e G) / r of SEC 1, section 4.1.6, where R has x = r and the given parity of y. */
    private static Optional<ByteString> recover(byte[] digest, BigInteger r, BigInteger s, int parity) {
        boolean inRange = r.signum() > 0 && r.compareTo(ORDER) < 0 && s.signum() > 0 && s.compareTo(HALF_ORDER) <= 0;
        if (!inRange || parity < 0 || parity > 1) {
            return Optional.empty();
        }
        byte[] compressed = new byte[1 + SCALAR_BYTES];
        compressed[0] = (byte) (2 + parity);
        System.arraycopy(BigIntegers.asUnsignedByteArray(SCALAR_BYTES, r), 0, compressed, 1, SCALAR_BYTES);
        ECPoint nonce;
        try {
            nonce = PARAMETERS.getCurve().decodePoint(compressed);
        } catch (IllegalArgumentException noSuchPoint) {
            return Optional.empty();
        }
        BigInteger inverse = r.modInverse(ORDER);
        BigInteger e = new BigInteger(1, digest).negate().multiply(inverse).mod(ORDER);
        ECPoint key = PARAMETERS
                .getG()
                .multiply(e)
                .add(nonce.multiply(s.multiply(inverse).mod(ORDER)));
        return key.isInfinity() ? Optional.empty() : Optional.of(address(key));
    }

    private static ByteString address(ECPoint key) {
        byte[] encoded = key.normalize().getEncoded(false);
        byte[] hash = Hashes.keccak256(Arrays.copyOfRange(encoded, 1, encoded.length));
        return ByteString.copyFrom(hash).substring(hash.length - ADDRESS_BYTES);
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the result key has been wiped");
        }
    }
}

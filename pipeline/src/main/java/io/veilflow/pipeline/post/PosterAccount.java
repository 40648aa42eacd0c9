package io.veilflow.pipeline.post;

import com.google.protobuf.ByteString;
import java.math.BigInteger;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionEncoder;
import org.web3j.utils.Numeric;

/**
 * An ordinary Ethereum account that pays for transactions. Its key protects its ether and nothing else: who sends a post does
 * not matter. One account per poster, so that its nonces have one owner.
 */
public final class PosterAccount implements SendingAccount {
    private static final int KEY_BYTES = 32;

    private final Credentials credentials;

    private PosterAccount(Credentials credentials) {
        this.credentials = credentials;
    }

    /** @param key 32 bytes big-endian */
    public static PosterAccount of(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("an account's key has " + KEY_BYTES + " bytes, not " + key.length);
        }
        return new PosterAccount(Credentials.create(Numeric.toHexStringNoPrefixZeroPadded(new BigInteger(1, key), 64)));
    }

    @Override
    public ByteString address() {
        return Hex.bytes(credentials.getAddress());
    }

    @Override
    public String sign(RawTransaction transaction) {
        return Numeric.toHexString(TransactionEncoder.signMessage(transaction, credentials));
    }

    @Override
    public String toString() {
        return "account " + credentials.getAddress();
    }
}

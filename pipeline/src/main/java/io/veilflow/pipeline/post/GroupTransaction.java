package io.veilflow.pipeline.post;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.threshold.ecdsa.AccountKey;
import io.veilflow.mpc.threshold.ecdsa.EcdsaSignature;
import java.math.BigInteger;
import java.util.Optional;
import org.web3j.crypto.Hash;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.Sign;
import org.web3j.crypto.SignedRawTransaction;
import org.web3j.crypto.TransactionDecoder;
import org.web3j.crypto.TransactionEncoder;
import org.web3j.crypto.transaction.type.ITransaction;
import org.web3j.crypto.transaction.type.Transaction1559;
import org.web3j.utils.Numeric;

/**
 * A transaction of the group's account before it is signed: a call of one contract, of type 2 (EIP-1559), without ether and without
 * an access list. Public.
 *
 * @param to 20 bytes
 * @param tip wei for a unit of gas, to whoever makes the block
 * @param most wei for a unit of gas, tip included
 */
public record GroupTransaction(
        long chainId,
        BigInteger nonce,
        BigInteger gasLimit,
        ByteString to,
        ByteString call,
        BigInteger tip,
        BigInteger most) {
    private static final int ADDRESS_BYTES = 20;

    public GroupTransaction {
        if (chainId < 1
                || to.size() != ADDRESS_BYTES
                || nonce.signum() < 0
                || gasLimit.signum() < 0
                || tip.signum() < 0
                || most.signum() < 0) {
            throw new IllegalArgumentException("no transaction: chain " + chainId + ", to " + to.size() + " bytes");
        }
    }

    /** Empty if it is of another type, creates a contract, or carries ether or an access list. */
    static Optional<GroupTransaction> of(RawTransaction raw) {
        ITransaction inner = raw.getTransaction();
        if (!(inner instanceof Transaction1559 typed)
                || typed.getTo() == null
                || typed.getValue().signum() != 0
                || !typed.getAccessList().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new GroupTransaction(
                typed.getChainId(),
                typed.getNonce(),
                typed.getGasLimit(),
                Hex.bytes(typed.getTo()),
                Hex.bytes(typed.getData()),
                typed.getMaxPriorityFeePerGas(),
                typed.getMaxFeePerGas()));
    }

    /** Reads what {@link #encoded} writes, and nothing else. */
    public static Optional<GroupTransaction> decode(ByteString encoded) {
        try {
            RawTransaction raw = TransactionDecoder.decode(Hex.text(encoded));
            return raw instanceof SignedRawTransaction
                    ? Optional.empty()
                    : of(raw).filter(one -> one.encoded().equals(encoded));
        } catch (RuntimeException noTransaction) {
            return Optional.empty();
        }
    }

    /** Whether this is what sends the post, whatever it pays. */
    public boolean sends(Post post) {
        return chainId == post.chainId() && to.equals(post.registry()) && call.equals(Hex.bytes(PostCall.encode(post)));
    }

    /** As it is signed: 0x02 and the RLP list of EIP-1559. */
    public ByteString encoded() {
        return ByteString.copyFrom(TransactionEncoder.encode(raw()));
    }

    /** keccak256 of {@link #encoded}. */
    public byte[] signingHash() {
        return Hash.sha3(encoded().toByteArray());
    }

    /**
     * With its signature, in hex, ready to be sent.
     *
     * @throws IllegalArgumentException if the signature is not this key's for this transaction
     */
    String signed(AccountKey key, EcdsaSignature signature) {
        if (!signature.verifies(key.publicPoint(), signingHash())) {
            throw new IllegalArgumentException("this signature is not the group's for this transaction");
        }
        Sign.SignatureData data = new Sign.SignatureData((byte) signature.v(), signature.r(), signature.s());
        return Numeric.toHexString(TransactionEncoder.encode(raw(), data));
    }

    private RawTransaction raw() {
        return RawTransaction.createTransaction(
                chainId, nonce, gasLimit, Hex.text(to), BigInteger.ZERO, Hex.text(call), tip, most);
    }
}

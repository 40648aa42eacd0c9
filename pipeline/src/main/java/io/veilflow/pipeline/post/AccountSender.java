package io.veilflow.pipeline.post;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.post.SettlementException.Reason;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionEncoder;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.methods.request.Transaction;
import org.web3j.protocol.core.methods.response.EthSendTransaction;
import org.web3j.protocol.core.methods.response.TransactionReceipt;
import org.web3j.utils.Numeric;

/**
 * Sends the transactions of one account, one at a time. The nonce is always that of the newest block, so a transaction that
 * got stuck is replaced by the next one, at a higher price, and never doubled. Gas limits are estimates plus a tenth: a
 * bad point would eat whatever a large constant offers.
 */
final class AccountSender {
    private static final Duration POLL = Duration.ofMillis(50);
    private static final long GAS_LIMIT_MAX = 1L << 24;
    private static final long FEE_FACTOR_MAX = 10;

    private final EthereumNode node;
    private final PosterAccount account;
    private final Duration inclusionDeadline;
    private BigInteger lastNonce = BigInteger.ONE.negate();
    private BigInteger lastFee = BigInteger.ZERO;

    AccountSender(EthereumNode node, PosterAccount account, Duration inclusionDeadline) {
        this.node = node;
        this.account = account;
        this.inclusionDeadline = inclusionDeadline;
    }

    /** Sends without ether, and waits for the block; see {@link #send(Optional, BigInteger, String)}. */
    TransactionReceipt send(Optional<ByteString> to, String data) {
        return send(to, BigInteger.ZERO, data);
    }

    /**
     * Sends and waits for the block.
     *
     * @param to contract; empty to create one
     * @param value ether to send along, in wei
     * @param data in hex
     * @return the receipt, whatever its status
     * @throws SettlementException REFUSED if the node or the contract would not take it; NOT_INCLUDED after the deadline;
     *     UNREACHABLE
     */
    synchronized TransactionReceipt send(Optional<ByteString> to, BigInteger value, String data) {
        String sender = account.credentials().getAddress();
        String contract = to.map(Hex::text).orElse(null);
        BigInteger limit = gasLimit(sender, contract, value, data);
        BigInteger nonce = node.ask(node.web3().ethGetTransactionCount(sender, DefaultBlockParameterName.LATEST))
                .getTransactionCount();
        BigInteger fee = fee(nonce);
        RawTransaction transaction = RawTransaction.createTransaction(
                node.chainId(), nonce, limit, contract, value, data, fee.divide(BigInteger.TWO), fee);
        byte[] signed = TransactionEncoder.signMessage(transaction, account.credentials());
        lastNonce = nonce;
        lastFee = fee;
        EthSendTransaction answer = node.send(node.web3().ethSendRawTransaction(Numeric.toHexString(signed)));
        if (answer.hasError()) {
            throw new SettlementException(
                    Reason.NOT_INCLUDED,
                    "the node did not take the transaction: "
                            + answer.getError().getMessage());
        }
        return await(answer.getTransactionHash());
    }

    private BigInteger gasLimit(String sender, String contract, BigInteger value, String data) {
        BigInteger estimate = node.estimateGas(new Transaction(sender, null, null, null, contract, value, data));
        BigInteger limit = estimate.multiply(BigInteger.valueOf(11)).divide(BigInteger.TEN);
        if (limit.compareTo(BigInteger.valueOf(GAS_LIMIT_MAX)) > 0) {
            throw new SettlementException(Reason.REFUSED, limit + " gas is more than one transaction may use");
        }
        return limit;
    }

    /**
     * Twice what the node asks, so that it holds over some blocks; a quarter above the last try with the same nonce, which
     * replaces a stuck transaction, up to a limit.
     */
    private BigInteger fee(BigInteger nonce) {
        BigInteger asked = node.gasPrice().max(BigInteger.ONE).shiftLeft(1);
        if (!nonce.equals(lastNonce)) {
            return asked;
        }
        BigInteger raised = lastFee.multiply(BigInteger.valueOf(5))
                .divide(BigInteger.valueOf(4))
                .add(BigInteger.ONE);
        return asked.max(raised).min(asked.multiply(BigInteger.valueOf(FEE_FACTOR_MAX)));
    }

    private TransactionReceipt await(String hash) {
        long deadline = System.nanoTime() + inclusionDeadline.toNanos();
        while (true) {
            Optional<TransactionReceipt> receipt =
                    node.ask(node.web3().ethGetTransactionReceipt(hash)).getTransactionReceipt();
            if (receipt.isPresent()) {
                return receipt.get();
            }
            if (System.nanoTime() - deadline >= 0) {
                throw new SettlementException(
                        Reason.NOT_INCLUDED, "transaction " + hash + " is in no block after " + inclusionDeadline);
            }
            try {
                Thread.sleep(POLL.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new SettlementException(Reason.NOT_INCLUDED, "stopped while waiting for " + hash, e);
            }
        }
    }
}

package io.veilflow.pipeline.post;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.post.NonceInFlight.Offered;
import io.veilflow.pipeline.post.SettlementException.Reason;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import org.web3j.crypto.Hash;
import org.web3j.crypto.RawTransaction;
import org.web3j.protocol.core.methods.response.EthSendTransaction;
import org.web3j.protocol.core.methods.response.TransactionReceipt;

/**
 * Sends the transactions of one account, one at a time, so that no nonce is left out or taken twice. The nonce is always that of
 * the newest block: a transaction that got stuck is replaced by the next one, at a higher price, and never doubled. Gas limits are
 * estimates plus a tenth: a bad point would eat whatever a large constant offers.
 */
final class AccountSender {
    private static final long GAS_LIMIT_MAX = 1L << 24;
    private static final int RAISES_MAX = 40;
    private static final long GWEI_MAX = 1_000;

    private final EthereumNodes nodes;
    private final SendingAccount account;
    private final FeePolicy fees;
    private final Duration inclusionDeadline;
    private NonceInFlight flight = new NonceInFlight(BigInteger.ONE.negate());

    /** @param inclusionDeadline how long one transaction waits for its block; if it is sent again after that, then at a higher price */
    AccountSender(EthereumNodes nodes, SendingAccount account, FeePolicy fees, Duration inclusionDeadline) {
        this.nodes = nodes;
        this.account = account;
        this.fees = fees;
        this.inclusionDeadline = inclusionDeadline;
    }

    /** Through one node, at any price that is not absurd. */
    static AccountSender through(EthereumNode node, SendingAccount account, Duration inclusionDeadline) {
        return new AccountSender(EthereumNodes.of(node), account, FeePolicy.ofGwei(GWEI_MAX), inclusionDeadline);
    }

    /** Sends without ether, and waits for the block; see {@link #send(TransactionCall)}. */
    TransactionReceipt send(Optional<ByteString> to, String data) {
        return send(new TransactionCall(to, BigInteger.ZERO, data));
    }

    /**
     * Sends and waits for the block.
     *
     * @return the receipt, whatever its status
     * @throws SettlementException REFUSED or NOT_YET if the contract would not take it; NOT_INCLUDED after the deadline;
     *     NONCE_TAKEN, INSUFFICIENT_FUNDS, FEE_LIMIT; UNREACHABLE
     */
    synchronized TransactionReceipt send(TransactionCall call) {
        EthereumNode node = nodes.current();
        String sender = Hex.text(account.address());
        BigInteger limit = gasLimit(node, call.from(sender));
        BigInteger nonce = node.nonce(sender);
        if (!flight.nonce().equals(nonce)) {
            flight = new NonceInFlight(nonce);
        }
        Optional<Offered> waiting = flight.last()
                .filter(last -> last.call().equals(call))
                .filter(last -> System.nanoTime() - last.atNanos() < inclusionDeadline.toNanos());
        if (waiting.isPresent()) {
            offer(node, waiting.get());
        } else {
            offerAnew(node, call, limit);
        }
        return new InclusionWait(node, sender, inclusionDeadline).await(flight, call);
    }

    private static BigInteger gasLimit(
            EthereumNode node, org.web3j.protocol.core.methods.request.Transaction question) {
        BigInteger estimate = node.estimateGas(question);
        BigInteger limit = estimate.multiply(BigInteger.valueOf(11)).divide(BigInteger.TEN);
        if (limit.compareTo(BigInteger.valueOf(GAS_LIMIT_MAX)) > 0) {
            throw new SettlementException(Reason.REFUSED, limit + " gas is more than one transaction may use");
        }
        return limit;
    }

    /** Offers more until the pool takes it, or the limit is reached. */
    private void offerAnew(EthereumNode node, TransactionCall call, BigInteger limit) {
        BigInteger price = node.gasPrice();
        BigInteger tip = node.tip();
        Optional<TransactionFee> beaten = flight.last().map(Offered::fee);
        for (int raises = 0; raises < RAISES_MAX; raises++) {
            Optional<TransactionFee> fee =
                    beaten.map(last -> fees.replacing(last, price, tip)).orElseGet(() -> fees.first(price, tip));
            if (fee.isEmpty()) {
                break;
            }
            Offered transaction = sign(call, limit, fee.get());
            switch (offer(node, transaction)) {
                case TAKEN, KNOWN, NONCE_USED -> {
                    flight.add(transaction);
                    return;
                }
                case UNDERPRICED, FEE_TOO_LOW -> beaten = fee;
                case INSUFFICIENT_FUNDS ->
                    throw new SettlementException(Reason.INSUFFICIENT_FUNDS, account + " cannot pay for a transaction");
                case REFUSED ->
                    throw new SettlementException(Reason.NOT_INCLUDED, "the node's pool refuses a transaction");
            }
        }
        if (flight.hashesOf(call).isEmpty()) {
            throw new SettlementException(
                    Reason.FEE_LIMIT, "a transaction would cost more than " + fees.most() + " wei for a unit of gas");
        }
    }

    private Offered sign(TransactionCall call, BigInteger limit, TransactionFee fee) {
        RawTransaction transaction = RawTransaction.createTransaction(
                nodes.current().chainId(),
                flight.nonce(),
                limit,
                call.contract(),
                call.value(),
                call.data(),
                fee.tip(),
                fee.most());
        String signed = account.sign(transaction);
        return new Offered(Hash.sha3(signed), call, fee, signed, System.nanoTime());
    }

    /** No answer may mean that it was taken: then waiting shows it. */
    private static PoolAnswer offer(EthereumNode node, Offered transaction) {
        try {
            EthSendTransaction answer = node.send(node.web3().ethSendRawTransaction(transaction.signed()));
            return PoolAnswer.of(Optional.ofNullable(answer.getError()));
        } catch (SettlementException unreachable) {
            return PoolAnswer.TAKEN;
        }
    }
}

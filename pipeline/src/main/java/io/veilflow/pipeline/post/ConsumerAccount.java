package io.veilflow.pipeline.post;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.post.SettlementException.Reason;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.FunctionReturnDecoder;
import org.web3j.abi.TypeReference;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.Type;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.methods.response.TransactionReceipt;

/** An account that deploys contracts which act on results, and calls them. One account serves several contracts. */
public final class ConsumerAccount implements AutoCloseable {
    private final EthereumNode node;
    private final PosterAccount account;
    private final AccountSender sender;

    private ConsumerAccount(EthereumNode node, PosterAccount account, Duration inclusionDeadline) {
        this.node = node;
        this.account = account;
        this.sender = AccountSender.through(node, account, inclusionDeadline);
    }

    /** @throws SettlementException UNREACHABLE or WRONG_CHAIN */
    public static ConsumerAccount connect(
            URI url, long expectedChainId, PosterAccount account, Duration inclusionDeadline) {
        return new ConsumerAccount(EthereumNode.connect(url, expectedChainId), account, inclusionDeadline);
    }

    /** 20 bytes. */
    public ByteString address() {
        return account.address();
    }

    /** Returns the address of the new contract, 20 bytes. */
    @SuppressWarnings("rawtypes") // as web3j declares it
    ByteString create(String binary, List<Type> arguments) {
        String code = binary.startsWith("0x") ? binary.substring(2) : binary;
        TransactionReceipt receipt =
                sender.send(Optional.empty(), "0x" + code + FunctionEncoder.encodeConstructor(arguments));
        return Hex.bytes(requireSuccess(receipt).getContractAddress());
    }

    /** @throws SettlementException REFUSED with the contract's error if it reverts */
    TransactionReceipt call(ByteString contract, BigInteger value, Function function) {
        return requireSuccess(
                sender.send(new TransactionCall(Optional.of(contract), value, FunctionEncoder.encode(function))));
    }

    /**
     * Calls if the contract takes it.
     *
     * @param refusal name of the contract's error that means no
     * @return whether the call was made
     */
    boolean callUnless(String refusal, ByteString contract, Function function) {
        try {
            call(contract, BigInteger.ZERO, function);
            return true;
        } catch (SettlementException refused) {
            if (refused.reason() == Reason.REFUSED && refused.getMessage().contains(refusal)) {
                return false;
            }
            throw refused;
        }
    }

    /** What a view answers on the newest block. */
    @SuppressWarnings({"rawtypes", "unchecked"}) // as web3j declares it
    List<Type> ask(ByteString contract, Function view) {
        String answer = node.call(
                Hex.text(account.address()), contract, FunctionEncoder.encode(view), DefaultBlockParameterName.LATEST);
        return FunctionReturnDecoder.decode(answer, (List) view.getOutputParameters());
    }

    /** A type that a view answers with. */
    static <T extends Type<?>> TypeReference<T> answer(Class<T> type) {
        return TypeReference.create(type);
    }

    @Override
    public void close() {
        node.close();
    }

    private static TransactionReceipt requireSuccess(TransactionReceipt receipt) {
        if (!receipt.isStatusOK()) {
            throw new SettlementException(
                    Reason.REFUSED, "transaction " + receipt.getTransactionHash() + " failed in its block");
        }
        return receipt;
    }
}

package io.veilflow.pipeline.post;

import com.google.protobuf.ByteString;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.Optional;
import org.web3j.protocol.core.DefaultBlockParameter;
import org.web3j.protocol.core.methods.request.EthFilter;
import org.web3j.protocol.core.methods.response.Log;
import org.web3j.protocol.core.methods.response.TransactionReceipt;

/**
 * Finds the transaction that recorded something, and believes a node only what fits together: the log is the registry's and has what
 * it must have, the transaction's receipt is successful and shows the same event, and the block is the one that the node's
 * chain has at that height. A log that comes twice, or of a block that was removed, counts once or not.
 */
final class EventReceipts {
    /** Blocks in one question, and questions, where the time is not known. */
    private static final long RANGE = 1_000;

    private static final int RANGES = 100;

    private final EthereumNode node;
    private final ByteString registry;

    EventReceipts(EthereumNode node, ByteString registry) {
        this.node = node;
        this.registry = registry;
    }

    /**
     * The newest transaction with such an event.
     *
     * @param head the last block to look at
     * @return empty if the node shows none that fits
     */
    Optional<PostReceipt> find(EventTrace trace, long head) {
        return newest(trace, head)
                .flatMap(log -> node.receipt(log.getTransactionHash())
                        .filter(receipt -> receipt.getBlockHash().equals(log.getBlockHash())))
                .filter(receipt -> receipt.isStatusOK() && isInChain(receipt, head))
                .flatMap(receipt -> posted(receipt, trace));
    }

    private Optional<Log> newest(EventTrace trace, long head) {
        if (trace.atSeconds().isPresent()) {
            BlockSearch blocks = new BlockSearch(node, head);
            long first = blocks.first(trace.atSeconds().getAsLong());
            return first > head
                    ? Optional.empty()
                    : newest(trace, first, blocks.first(trace.atSeconds().getAsLong() + 1) - 1);
        }
        Optional<Log> found = Optional.empty();
        long last = head;
        for (int range = 0; range < RANGES && found.isEmpty() && last >= 0; range++) {
            found = newest(trace, Math.max(0, last - RANGE + 1), last);
            last -= RANGE;
        }
        return found;
    }

    private Optional<Log> newest(EventTrace trace, long first, long last) {
        EthFilter filter = new EthFilter(number(first), number(last), Hex.text(registry));
        trace.topics().forEach(filter::addSingleTopic);
        return node.logs(filter).stream()
                .filter(log -> !log.isRemoved() && isRegistrys(log) && trace.fits(log))
                .max(Comparator.comparing(Log::getBlockNumber).thenComparing(Log::getLogIndex));
    }

    private boolean isInChain(TransactionReceipt receipt, long head) {
        long number = receipt.getBlockNumber().longValueExact();
        return number <= head && node.block(number).hash().equals(Hex.bytes(receipt.getBlockHash()));
    }

    private Optional<PostReceipt> posted(TransactionReceipt receipt, EventTrace trace) {
        return receipt.getLogs().stream()
                .filter(log -> isRegistrys(log) && trace.fits(log))
                .reduce((earlier, later) -> later)
                .map(log -> new PostReceipt(
                        trace.window(),
                        Hex.bytes(receipt.getTransactionHash()),
                        receipt.getBlockNumber().longValueExact(),
                        receipt.getGasUsed().longValueExact(),
                        trace.manifestRoot(log),
                        trace.statement(log)));
    }

    private boolean isRegistrys(Log log) {
        return Hex.text(registry).equalsIgnoreCase(log.getAddress());
    }

    private static DefaultBlockParameter number(long block) {
        return DefaultBlockParameter.valueOf(BigInteger.valueOf(block));
    }
}

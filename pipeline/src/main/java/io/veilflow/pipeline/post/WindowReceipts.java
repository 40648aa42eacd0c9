package io.veilflow.pipeline.post;

import com.google.protobuf.ByteString;
import io.veilflow.contracts.WindowRegistry;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.web3j.abi.EventEncoder;
import org.web3j.abi.TypeEncoder;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint64;
import org.web3j.protocol.core.DefaultBlockParameter;
import org.web3j.protocol.core.methods.request.EthFilter;
import org.web3j.protocol.core.methods.response.Log;
import org.web3j.protocol.core.methods.response.TransactionReceipt;

/**
 * Finds the transaction that recorded a window, and believes a node only what fits together: the log is of this registry, job and
 * window, the transaction's receipt is successful and shows the same event, and the block is the one that the node's chain has
 * at that height. A log that comes twice, or of a block that was removed, counts once or not.
 */
final class WindowReceipts {
    private final EthereumNode node;
    private final ByteString registry;

    WindowReceipts(EthereumNode node, ByteString registry) {
        this.node = node;
        this.registry = registry;
    }

    /**
     * The newest transaction that recorded the window (an attested result and its proof are two).
     *
     * @param recorded what the registry holds for the window
     * @param head the last block to look at
     * @return empty if the node shows none that fits
     */
    Optional<PostReceipt> find(ByteString jobId, long window, RecordedTag recorded, long head) {
        BlockSearch blocks = new BlockSearch(node, head);
        long first = blocks.first(recorded.atSeconds());
        if (first > head) {
            return Optional.empty();
        }
        long last = blocks.first(recorded.atSeconds() + 1) - 1;
        String contract = Hex.text(registry);
        String event = EventEncoder.encode(WindowRegistry.WINDOWPOSTED_EVENT);
        List<String> topics = List.of(
                event,
                "0x" + TypeEncoder.encode(new Bytes32(jobId.toByteArray())),
                "0x" + TypeEncoder.encode(new Uint64(window)));
        EthFilter filter = new EthFilter(number(first), number(last), contract);
        topics.forEach(filter::addSingleTopic);
        return node.logs(filter).stream()
                .filter(log -> !log.isRemoved() && contract.equalsIgnoreCase(log.getAddress()))
                .filter(log -> topics.equals(log.getTopics()))
                .max(Comparator.comparing(Log::getBlockNumber).thenComparing(Log::getLogIndex))
                .flatMap(log -> node.receipt(log.getTransactionHash())
                        .filter(receipt -> receipt.getBlockHash().equals(log.getBlockHash())))
                .filter(receipt -> receipt.isStatusOK() && isInChain(receipt, head))
                .flatMap(receipt -> posted(receipt, jobId, window))
                .filter(receipt -> receipt.statement().endsWith(recorded.tag()));
    }

    private boolean isInChain(TransactionReceipt receipt, long head) {
        long number = receipt.getBlockNumber().longValueExact();
        return number <= head && node.block(number).hash().equals(Hex.bytes(receipt.getBlockHash()));
    }

    private Optional<PostReceipt> posted(TransactionReceipt receipt, ByteString jobId, long window) {
        String contract = Hex.text(registry);
        return WindowRegistry.getWindowPostedEvents(receipt).stream()
                .filter(event -> contract.equalsIgnoreCase(event.log.getAddress()))
                .filter(event -> jobId.equals(ByteString.copyFrom(event.jobId)))
                .filter(event -> event.window.equals(BigInteger.valueOf(window)))
                .reduce((earlier, later) -> later)
                .map(event -> new PostReceipt(
                        window,
                        Hex.bytes(receipt.getTransactionHash()),
                        receipt.getBlockNumber().longValueExact(),
                        receipt.getGasUsed().longValueExact(),
                        ByteString.copyFrom(event.manifestRoot),
                        ByteString.copyFrom(event.statement)));
    }

    private static DefaultBlockParameter number(long block) {
        return DefaultBlockParameter.valueOf(BigInteger.valueOf(block));
    }
}

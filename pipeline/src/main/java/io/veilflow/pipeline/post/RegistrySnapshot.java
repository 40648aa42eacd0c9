package io.veilflow.pipeline.post;

import com.google.protobuf.ByteString;
import io.veilflow.contracts.WindowRegistry;
import io.veilflow.pipeline.post.SettlementException.Reason;
import io.veilflow.pipeline.sign.Assurance;
import io.veilflow.pipeline.sign.ResultMessage;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.FunctionReturnDecoder;
import org.web3j.abi.TypeReference;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint64;
import org.web3j.protocol.core.DefaultBlockParameter;

/** The registry as a node shows it as of one block. */
final class RegistrySnapshot {
    private final EthereumNode node;
    private final ByteString registry;
    private final long block;

    /** What the registry holds in the place of a post. */
    enum Standing {
        NOTHING,
        /** The same result, without a proof. */
        UNPROVEN,
        /** This, or the same result with a proof. */
        THIS,
        ANOTHER
    }

    RegistrySnapshot(EthereumNode node, ByteString registry, long block) {
        this.node = node;
        this.registry = registry;
        this.block = block;
    }

    Standing standing(Post post) {
        return post.read(new Post.Reader<>() {
            @Override
            public Standing proven(WindowPost proven) {
                return standing(proven.message());
            }

            @Override
            public Standing attested(AttestedPost attested) {
                return standing(attested.message());
            }
        });
    }

    /** Empty if nothing is recorded for the window. */
    Optional<RecordedTag> recorded(ByteString jobId, long window) {
        WindowRegistry.WindowResult result = (WindowRegistry.WindowResult) ask(new Function(
                WindowRegistry.FUNC_RESULTOF,
                List.of(new Bytes32(jobId.toByteArray()), new Uint64(window)),
                List.of(new TypeReference<WindowRegistry.WindowResult>() {})));
        return Assurance.ofCode(result.assurance.intValueExact())
                .map(assurance -> new RecordedTag(
                        assurance,
                        Hex.number(result.statementTag, ResultMessage.TAG_BYTES),
                        result.postedAt.longValueExact()));
    }

    private Standing standing(ResultMessage message) {
        Optional<RecordedTag> recorded = recorded(message.jobId(), message.window());
        if (recorded.isEmpty()) {
            return Standing.NOTHING;
        }
        if (recorded.get().records(message) || recorded.get().records(message.as(Assurance.PROVEN))) {
            return Standing.THIS;
        }
        return recorded.get().records(message.as(Assurance.ATTESTED)) ? Standing.UNPROVEN : Standing.ANOTHER;
    }

    @SuppressWarnings("rawtypes") // as web3j declares it
    private Type ask(Function view) {
        String answer = node.call(
                null, registry, FunctionEncoder.encode(view), DefaultBlockParameter.valueOf(BigInteger.valueOf(block)));
        try {
            return FunctionReturnDecoder.decode(answer, view.getOutputParameters())
                    .get(0);
        } catch (RuntimeException e) {
            throw new SettlementException(Reason.UNREACHABLE, view.getName() + ": half an answer: " + answer, e);
        }
    }
}

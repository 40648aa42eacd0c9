package io.veilflow.pipeline.post;

import com.google.protobuf.ByteString;
import io.veilflow.contracts.WindowRegistry;
import io.veilflow.pipeline.post.SettlementException.Reason;
import io.veilflow.pipeline.sign.Assurance;
import io.veilflow.pipeline.sign.ResultMessage;
import io.veilflow.pipeline.sign.SkipMessage;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.FunctionReturnDecoder;
import org.web3j.abi.TypeReference;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint40;
import org.web3j.abi.datatypes.generated.Uint64;
import org.web3j.abi.datatypes.generated.Uint8;
import org.web3j.abi.datatypes.generated.Uint80;
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

            @Override
            public Standing skipped(SkipPost skipped) {
                return standing(skipped.message());
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

    /** A run of skipped windows is kept under the first of them. */
    private Standing standing(SkipMessage message) {
        List<TypeReference<?>> run = List.of(
                new TypeReference<Uint64>() {},
                new TypeReference<Uint40>() {},
                new TypeReference<Uint8>() {},
                new TypeReference<Uint80>() {});
        List<Type> skipped = askAll(new Function(
                "skippedRunAt",
                List.of(new Bytes32(message.jobId().toByteArray()), new Uint64(message.firstWindow())),
                run));
        boolean posted = number(skipped.get(1)).signum() != 0;
        if (posted) {
            ByteString tag = Hex.number(number(skipped.get(3)), ResultMessage.TAG_BYTES);
            return ByteString.copyFrom(message.digest()).endsWith(tag) ? Standing.THIS : Standing.ANOTHER;
        }
        BigInteger next = number(ask(new Function(
                WindowRegistry.FUNC_NEXTWINDOW,
                List.of(new Bytes32(message.jobId().toByteArray())),
                List.of(new TypeReference<Uint64>() {}))));
        return next.compareTo(BigInteger.valueOf(message.firstWindow())) > 0 ? Standing.ANOTHER : Standing.NOTHING;
    }

    @SuppressWarnings("rawtypes") // as web3j declares it
    private static BigInteger number(Type value) {
        return (BigInteger) value.getValue();
    }

    @SuppressWarnings("rawtypes") // as web3j declares it
    private Type ask(Function view) {
        return askAll(view).get(0);
    }

    @SuppressWarnings("rawtypes") // as web3j declares it
    private List<Type> askAll(Function view) {
        String answer = node.call(
                null, registry, FunctionEncoder.encode(view), DefaultBlockParameter.valueOf(BigInteger.valueOf(block)));
        try {
            List<Type> decoded = FunctionReturnDecoder.decode(answer, view.getOutputParameters());
            if (decoded.size() != view.getOutputParameters().size()) {
                throw new SettlementException(Reason.UNREACHABLE, view.getName() + ": half an answer: " + answer);
            }
            return decoded;
        } catch (RuntimeException e) {
            throw new SettlementException(Reason.UNREACHABLE, view.getName() + ": half an answer: " + answer, e);
        }
    }
}

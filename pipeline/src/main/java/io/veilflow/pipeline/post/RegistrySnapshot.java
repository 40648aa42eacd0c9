package io.veilflow.pipeline.post;

import com.google.protobuf.ByteString;
import io.veilflow.contracts.WindowRegistry;
import io.veilflow.pipeline.post.SettlementException.Reason;
import io.veilflow.pipeline.sign.Assurance;
import io.veilflow.pipeline.sign.ResultMessage;
import io.veilflow.pipeline.sign.RotationMessage;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.FunctionReturnDecoder;
import org.web3j.abi.TypeReference;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.abi.datatypes.generated.Uint40;
import org.web3j.abi.datatypes.generated.Uint64;
import org.web3j.abi.datatypes.generated.Uint8;
import org.web3j.protocol.core.DefaultBlockParameter;
import org.web3j.protocol.core.DefaultBlockParameterName;

/** The registry as a node shows it as of one block: everything that is read of it is read here. */
@SuppressWarnings("rawtypes") // as web3j declares it
final class RegistrySnapshot {
    private static final int WORD = 32;

    private final EthereumNode node;
    private final ByteString registry;
    private final DefaultBlockParameter block;

    private RegistrySnapshot(EthereumNode node, ByteString registry, DefaultBlockParameter block) {
        this.node = node;
        this.registry = registry;
        this.block = block;
    }

    static RegistrySnapshot at(EthereumNode node, ByteString registry, long block) {
        return new RegistrySnapshot(node, registry, DefaultBlockParameter.valueOf(BigInteger.valueOf(block)));
    }

    /** As of the newest block, at every question anew. */
    static RegistrySnapshot newest(EthereumNode node, ByteString registry) {
        return new RegistrySnapshot(node, registry, DefaultBlockParameterName.LATEST);
    }

    /** What is fixed for a window of a job. */
    RegisteredTerms terms(ByteString jobId, long window) {
        WindowRegistry.JobTerms terms = (WindowRegistry.JobTerms) ask(
                        WindowRegistry.FUNC_TERMSOF,
                        List.of(job(jobId), new Uint64(window)),
                        List.of(new TypeReference<WindowRegistry.JobTerms>() {}))
                .get(0);
        List<Type> key = groupKey(jobId, window);
        return ContractTerms.read(terms, number(key.get(0)), number(key.get(1)));
    }

    /** The window that is recorded next. */
    long nextWindow(ByteString jobId) {
        BigInteger next =
                number(ask(WindowRegistry.FUNC_NEXTWINDOW, List.of(job(jobId)), List.of(new TypeReference<Uint64>() {}))
                        .get(0));
        if (next.bitLength() >= Long.SIZE) {
            throw new SettlementException(Reason.UNREACHABLE, "window number " + next + " is beyond any job");
        }
        return next.longValueExact();
    }

    /** A window's result; empty if it has none. */
    Optional<RecordedWindow> window(ByteString jobId, long window) {
        WindowRegistry.WindowResult result = result(resultOf(jobId, window));
        return Assurance.ofCode(result.assurance.intValueExact())
                .map(assurance -> new RecordedWindow(
                        window,
                        outputs(jobId, window),
                        assurance,
                        result.postedAt.longValueExact(),
                        Hex.number(result.statementTag, ResultMessage.TAG_BYTES)));
    }

    /** What the registry holds in the place of a post. */
    RegistryPlace place(Post post) {
        return post.read(new Post.Reader<>() {
            @Override
            public RegistryPlace proven(WindowPost proven) {
                return place(proven.message());
            }

            @Override
            public RegistryPlace attested(AttestedPost attested) {
                return place(attested.message());
            }

            @Override
            public RegistryPlace skipped(SkipPost skipped) {
                return place(skipped);
            }

            @Override
            public RegistryPlace rotated(RotationPost rotated) {
                return place(rotated.message());
            }
        });
    }

    /** The event that recorded what a window's result is now; empty if it has none. */
    Optional<EventTrace> result(ByteString jobId, long window) {
        WindowRegistry.WindowResult result = result(resultOf(jobId, window));
        return Assurance.ofCode(result.assurance.intValueExact()).map(assurance -> trace(result, jobId, window));
    }

    private RegistryPlace place(ResultMessage message) {
        WindowRegistry.WindowResult result = result(resultOf(message.jobId(), message.window()));
        Optional<Assurance> recorded = Assurance.ofCode(result.assurance.intValueExact());
        if (recorded.isEmpty()) {
            return nextWindow(message.jobId()) > message.window() ? RegistryPlace.another() : RegistryPlace.empty();
        }
        EventTrace trace = trace(result, message.jobId(), message.window());
        if (!message.as(recorded.get()).tag().equals(trace.mark())) {
            return RegistryPlace.another();
        }
        boolean less = recorded.get() == Assurance.ATTESTED && message.assurance() == Assurance.PROVEN;
        return less ? RegistryPlace.unproven() : RegistryPlace.holds(trace);
    }

    private RegistryPlace place(SkipPost post) {
        long first = post.message().firstWindow();
        WindowRegistry.SkippedRun run = (WindowRegistry.SkippedRun) ask(
                        WindowRegistry.FUNC_SKIPPEDRUNAT,
                        List.of(job(post.jobId()), new Uint64(first)),
                        List.of(new TypeReference<WindowRegistry.SkippedRun>() {}))
                .get(0);
        if (run.postedAt.signum() == 0) {
            return nextWindow(post.jobId()) > first ? RegistryPlace.another() : RegistryPlace.empty();
        }
        ByteString tag = Hex.number(run.statementTag, ResultMessage.TAG_BYTES);
        OptionalLong at = OptionalLong.of(run.postedAt.longValueExact());
        return ByteString.copyFrom(post.message().digest()).endsWith(tag)
                ? RegistryPlace.holds(new EventTrace(EventTrace.Kind.SKIP, post.jobId(), first, tag, at))
                : RegistryPlace.another();
    }

    private RegistryPlace place(RotationMessage message) {
        List<Type> key = groupKey(message.jobId(), message.fromWindow());
        if (number(key.get(2)).longValueExact() != message.fromWindow()) {
            return nextWindow(message.jobId()) >= message.fromWindow()
                    ? RegistryPlace.another()
                    : RegistryPlace.empty();
        }
        ByteString announced = Hex.number(number(key.get(0)), WORD).concat(Hex.number(number(key.get(1)), WORD));
        ByteString ours = message.newX().concat(Hex.number(BigInteger.valueOf(message.newParity()), WORD));
        return announced.equals(ours)
                ? RegistryPlace.holds(new EventTrace(
                        EventTrace.Kind.ROTATION, message.jobId(), message.fromWindow(), ours, OptionalLong.empty()))
                : RegistryPlace.another();
    }

    /** x, parity, first window, time from which it signs. */
    private List<Type> groupKey(ByteString jobId, long window) {
        return ask(
                WindowRegistry.FUNC_GROUPKEYOF,
                List.of(job(jobId), new Uint64(window)),
                List.of(
                        new TypeReference<Uint256>() {},
                        new TypeReference<Uint8>() {},
                        new TypeReference<Uint64>() {},
                        new TypeReference<Uint40>() {}));
    }

    private List<BigInteger> outputs(ByteString jobId, long window) {
        Type words = ask(
                        WindowRegistry.FUNC_OUTPUTSOF,
                        List.of(job(jobId), new Uint64(window)),
                        List.of(new TypeReference<DynamicArray<Uint256>>() {}))
                .get(0);
        return ((DynamicArray<?>) words)
                .getValue().stream().map(RegistrySnapshot::number).toList();
    }

    private static EventTrace trace(WindowRegistry.WindowResult result, ByteString jobId, long window) {
        return new EventTrace(
                EventTrace.Kind.RESULT,
                jobId,
                window,
                Hex.number(result.statementTag, ResultMessage.TAG_BYTES),
                OptionalLong.of(result.postedAt.longValueExact()));
    }

    private List<Type> resultOf(ByteString jobId, long window) {
        return ask(
                WindowRegistry.FUNC_RESULTOF,
                List.of(job(jobId), new Uint64(window)),
                List.of(new TypeReference<WindowRegistry.WindowResult>() {}));
    }

    private static WindowRegistry.WindowResult result(List<Type> answer) {
        return (WindowRegistry.WindowResult) answer.get(0);
    }

    private static Bytes32 job(ByteString jobId) {
        return new Bytes32(jobId.toByteArray());
    }

    private static BigInteger number(Type value) {
        return (BigInteger) value.getValue();
    }

    private List<Type> ask(String name, List<Type> arguments, List<TypeReference<?>> answers) {
        Function view = new Function(name, arguments, answers);
        String answer = node.call(null, registry, FunctionEncoder.encode(view), block);
        List<Type> decoded;
        try {
            decoded = FunctionReturnDecoder.decode(answer, view.getOutputParameters());
        } catch (RuntimeException e) {
            throw new SettlementException(Reason.UNREACHABLE, name + ": half an answer: " + answer, e);
        }
        if (decoded.size() != answers.size()) {
            throw new SettlementException(Reason.UNREACHABLE, name + ": half an answer: " + answer);
        }
        return decoded;
    }
}

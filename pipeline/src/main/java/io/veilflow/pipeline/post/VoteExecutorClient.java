package io.veilflow.pipeline.post;

import com.google.protobuf.ByteString;
import io.veilflow.contracts.VoteExecutor;
import io.veilflow.contracts.WindowRegistry;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.abi.datatypes.generated.Uint64;
import org.web3j.utils.Numeric;

/** A {@code VoteExecutor}: makes the call that was proposed for a window if the window's vote passed. */
public record VoteExecutorClient(ConsumerAccount account, ByteString address) {
    /** @param maxAge how long after a result its call may be made */
    public static VoteExecutorClient deploy(
            ConsumerAccount account, ByteString registry, ByteString jobId, PublishedPlace passed, Duration maxAge) {
        return new VoteExecutorClient(
                account,
                account.create(
                        VoteExecutor.BINARY,
                        List.of(
                                new Address(Hex.text(account.address())),
                                new Address(Hex.text(registry)),
                                new Bytes32(jobId.toByteArray()),
                                new VoteExecutor.OutputPlace(
                                        BigInteger.valueOf(passed.word()),
                                        BigInteger.valueOf(passed.offset()),
                                        BigInteger.valueOf(passed.bits())),
                                new Uint64(maxAge.toSeconds()))));
    }

    /** Binds a harmless call, a question to the registry, to a window that is still open. */
    public void proposeQuestion(long window, ByteString registry, ByteString jobId) {
        Function question =
                new Function(WindowRegistry.FUNC_NEXTWINDOW, List.of(new Bytes32(jobId.toByteArray())), List.of());
        byte[] data = Numeric.hexStringToByteArray(FunctionEncoder.encode(question));
        account.call(
                address,
                BigInteger.ZERO,
                new Function(
                        VoteExecutor.FUNC_PROPOSE,
                        List.of(
                                new Uint64(window),
                                new Address(Hex.text(registry)),
                                new Uint256(BigInteger.ZERO),
                                new DynamicBytes(data)),
                        List.of()));
    }

    /** Whether the window's call has now been made: it is, if its vote passed. */
    public boolean execute(long window) {
        return account.callUnless(
                "VoteNotPassed",
                address,
                new Function(VoteExecutor.FUNC_EXECUTE, List.of(new Uint64(window)), List.of()));
    }
}

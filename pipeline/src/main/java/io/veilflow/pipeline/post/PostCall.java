package io.veilflow.pipeline.post;

import com.google.protobuf.ByteString;
import io.veilflow.contracts.WindowRegistry;
import java.util.List;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.abi.datatypes.generated.Uint64;
import org.web3j.abi.datatypes.generated.Uint8;

/** The call of the registry that a post is. */
final class PostCall implements Post.Reader<Function> {
    private static final int WORD = 32;

    private PostCall() {}

    /** In hex. */
    static String encode(Post post) {
        return FunctionEncoder.encode(post.read(new PostCall()));
    }

    @Override
    public Function proven(WindowPost post) {
        return call(
                WindowRegistry.FUNC_POSTWINDOW,
                new Bytes32(post.jobId().toByteArray()),
                new Uint64(post.window()),
                new Bytes32(post.message().manifestRoot().toByteArray()),
                words(post.message().variableWords()),
                new DynamicBytes(post.proof().toByteArray()),
                new DynamicBytes(post.signature().toByteArray()));
    }

    @Override
    public Function attested(AttestedPost post) {
        ByteString commitment = post.message().commitment();
        return call(
                WindowRegistry.FUNC_POSTATTESTED,
                new Bytes32(post.jobId().toByteArray()),
                new Uint64(post.window()),
                new Bytes32(post.message().manifestRoot().toByteArray()),
                new Uint256(Hex.number(commitment.substring(0, WORD))),
                new Uint256(Hex.number(commitment.substring(WORD))),
                words(post.message().variableWords()),
                new DynamicBytes(post.signature().toByteArray()));
    }

    @Override
    public Function skipped(SkipPost post) {
        return call(
                WindowRegistry.FUNC_SKIPWINDOWS,
                new Bytes32(post.jobId().toByteArray()),
                new Uint64(post.message().firstWindow()),
                new Uint64(post.message().lastWindow()),
                new Uint8(post.message().reason().code()),
                new DynamicBytes(post.signature().toByteArray()));
    }

    @Override
    public Function rotated(RotationPost post) {
        return call(
                WindowRegistry.FUNC_ROTATEKEY,
                new Bytes32(post.jobId().toByteArray()),
                new Uint64(post.message().fromWindow()),
                new Uint256(Hex.number(post.message().newX())),
                new Uint8(post.message().newParity()),
                new DynamicBytes(post.signature().toByteArray()));
    }

    private static DynamicArray<Uint256> words(List<ByteString> words) {
        return new DynamicArray<>(
                Uint256.class,
                words.stream().map(word -> new Uint256(Hex.number(word))).toList());
    }

    @SuppressWarnings("rawtypes") // as web3j declares it
    private static Function call(String name, Type... arguments) {
        return new Function(name, List.of(arguments), List.of());
    }
}

package io.veilflow.pipeline.audit;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.encoding.Hashes;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.post.ChainView;
import io.veilflow.pipeline.post.OutputShape;
import io.veilflow.pipeline.post.PostReceipt;
import io.veilflow.pipeline.post.RecordedWindow;
import io.veilflow.pipeline.post.RegisteredJob;
import io.veilflow.pipeline.post.RegisteredPolicy;
import io.veilflow.pipeline.sign.Assurance;
import io.veilflow.pipeline.sign.ResultMessage;
import io.veilflow.zk.field.ScalarField;
import io.veilflow.zk.rule.PublicValues;
import java.math.BigInteger;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** A registry of tests, in memory: holds what was put there, right or wrong. */
final class RecordedChain implements ChainView {
    static final long GAS = 300_000;

    private final JobTerms terms;
    private final NavigableMap<Long, RecordedWindow> windows = new TreeMap<>();
    private final NavigableMap<Long, PostReceipt> receipts = new TreeMap<>();
    private RegisteredJob registered;

    RecordedChain(JobTerms terms) {
        this.terms = terms;
        var job = terms.definition();
        PublicValues values = PublicValues.allUsed(
                terms.rule(), List.of(BigInteger.ZERO), terms.publicInputs(List.of(BigInteger.ZERO, BigInteger.ZERO)));
        var words = terms.rule().publicWords();
        this.registered = new RegisteredJob(
                ByteString.copyFrom(new byte[20]),
                job.keyDigest(),
                terms.ruleHash(),
                job.basisDigest(),
                job.group().resultKey(),
                new OutputShape(1, 2),
                List.of(130),
                words.pack(values).subList(words.variableWords(), words.count()).stream()
                        .map(word -> ByteString.copyFrom(ScalarField.encode(word)))
                        .toList(),
                new RegisteredPolicy(0, 1, 0, 0, List.of()));
    }

    static ByteString transaction(long window) {
        return ByteString.copyFrom(Hashes.sha256(new byte[] {(byte) window}));
    }

    void post(ResultMessage message) {
        BigInteger word = new BigInteger(1, message.variableWords().get(0).toByteArray());
        put(
                new RecordedWindow(
                        message.window(), List.of(word.and(BigInteger.valueOf(3))), Assurance.PROVEN, 1, message.tag()),
                new PostReceipt(
                        message.window(),
                        transaction(message.window()),
                        1,
                        GAS,
                        message.manifestRoot(),
                        ByteString.copyFrom(message.digest())));
    }

    void put(RecordedWindow window, PostReceipt receipt) {
        windows.put(window.window(), window);
        receipts.put(window.window(), receipt);
    }

    void remove(long window) {
        windows.remove(window);
        receipts.remove(window);
    }

    void register(RegisteredJob other) {
        registered = other;
    }

    @Override
    public long chainId() {
        return terms.definition().chain().chainId();
    }

    @Override
    public ByteString registry() {
        return terms.definition().chain().registry();
    }

    @Override
    public RegisteredJob job(ByteString jobId) {
        return registered;
    }

    @Override
    public OptionalLong lastWindow(ByteString jobId) {
        return windows.isEmpty() ? OptionalLong.empty() : OptionalLong.of(windows.lastKey());
    }

    @Override
    public Optional<RecordedWindow> window(ByteString jobId, long window) {
        return Optional.ofNullable(windows.get(window));
    }

    @Override
    public Optional<PostReceipt> receipt(ByteString jobId, long window) {
        return Optional.ofNullable(receipts.get(window));
    }
}

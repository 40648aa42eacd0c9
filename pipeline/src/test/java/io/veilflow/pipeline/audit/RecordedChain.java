package io.veilflow.pipeline.audit;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.encoding.Hashes;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.post.ChainHistory;
import io.veilflow.pipeline.post.PostReceipt;
import io.veilflow.pipeline.post.RecordedWindow;
import io.veilflow.pipeline.post.RegisteredTerms;
import io.veilflow.pipeline.sign.Assurance;
import io.veilflow.pipeline.sign.ResultMessage;
import java.math.BigInteger;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** A registry of tests, in memory: holds what was put there, right or wrong. */
final class RecordedChain implements ChainHistory {
    static final long GAS = 300_000;

    private final JobTerms terms;
    private final NavigableMap<Long, RecordedWindow> windows = new TreeMap<>();
    private final NavigableMap<Long, PostReceipt> receipts = new TreeMap<>();
    private final NavigableMap<Long, RegisteredTerms> registered = new TreeMap<>();

    private long passedOver = -1;

    RecordedChain(JobTerms terms) {
        this.terms = terms;
        register(0, right(terms));
    }

    /** What an honest owner registers for the job file. */
    static RegisteredTerms right(JobTerms terms) {
        return RegisteredTerms.of(terms, ByteString.copyFrom(new byte[20]));
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

    /** Closes all windows up to this one that have no result yet. */
    void passOver(long last) {
        passedOver = last;
    }

    /** From a window on. */
    void register(long fromWindow, RegisteredTerms other) {
        registered.put(fromWindow, other);
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
    public RegisteredTerms termsOf(ByteString jobId, long window) {
        return registered.floorEntry(window).getValue();
    }

    @Override
    public long nextWindow(ByteString jobId) {
        return Math.max(passedOver, windows.isEmpty() ? -1 : windows.lastKey()) + 1;
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

package io.veilflow.mpc.flink;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** A service that finishes what the test says, when the test says it. */
final class HandDrivenService implements WindowService<Integer, String> {
    final List<CompletableFuture<Void>> submitted = new ArrayList<>();
    final CompletableFuture<Void> drained = new CompletableFuture<>();
    Consumer<String> results;
    Consumer<Throwable> failure;
    byte[] position = {0};
    Optional<byte[]> restored = Optional.empty();
    boolean drainAsked;
    boolean closed;

    @Override
    public void attach(Consumer<String> results, Consumer<Throwable> failure) {
        this.results = results;
        this.failure = failure;
    }

    @Override
    public CompletionStage<Void> submit(Integer element) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        submitted.add(done);
        return done;
    }

    void finish(int index, String... outcomes) {
        for (String outcome : outcomes) {
            results.accept(outcome);
        }
        submitted.get(index).complete(null);
    }

    @Override
    public CompletionStage<Void> drain() {
        drainAsked = true;
        return drained;
    }

    @Override
    public byte[] position() {
        return position.clone();
    }

    @Override
    public void restored(byte[] from) {
        if (Arrays.compare(from, position) > 0) {
            throw new IllegalStateException("the memory is behind the checkpoint");
        }
        restored = Optional.of(from);
    }

    @Override
    public void close() {
        closed = true;
    }
}

package io.veilflow.mpc.flink;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Computes one element after the other on a thread of its own and takes its time. */
final class SlowService implements WindowService<Long, String> {
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final long millis;
    private final long failing;
    private Consumer<String> results;

    /** @param failing the element that fails, negative for none */
    SlowService(long millis, long failing) {
        this.millis = millis;
        this.failing = failing;
    }

    @Override
    public void attach(Consumer<String> results, Consumer<Throwable> failure) {
        this.results = results;
    }

    @Override
    public CompletionStage<Void> submit(Long element) {
        return CompletableFuture.runAsync(() -> compute(element), thread);
    }

    private void compute(long element) {
        if (element == failing) {
            throw new IllegalStateException("element " + element + " is the failing one");
        }
        try {
            Thread.sleep(millis);
            results.accept("result " + element);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public CompletionStage<Void> drain() {
        return CompletableFuture.runAsync(() -> {}, thread);
    }

    @Override
    public void close() throws InterruptedException {
        thread.shutdownNow();
        if (!thread.awaitTermination(10, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the service does not stop");
        }
    }
}

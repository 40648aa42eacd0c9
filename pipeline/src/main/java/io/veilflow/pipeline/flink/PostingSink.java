package io.veilflow.pipeline.flink;

import io.veilflow.mpc.flink.ServiceLocator;
import io.veilflow.mpc.flink.WindowService;
import io.veilflow.pipeline.party.WindowOutcome;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * Hands outcomes to the party's outbox, which posts them on a thread of its own and again after every doubt. A checkpoint does
 * not wait for the chain; the end of the input does. State: none, the journal is the outbox's memory.
 */
final class PostingSink implements Sink<WindowOutcome> {
    private static final long serialVersionUID = 1L;

    private final ServiceLocator<WindowOutcome, Void> outbox;

    PostingSink(ServiceLocator<WindowOutcome, Void> outbox) {
        this.outbox = outbox;
    }

    @Override
    public SinkWriter<WindowOutcome> createWriter(WriterInitContext context) {
        return new Writer(outbox.locate());
    }

    private static final class Writer implements SinkWriter<WindowOutcome> {
        private final WindowService<WindowOutcome, Void> outbox;

        Writer(WindowService<WindowOutcome, Void> outbox) {
            this.outbox = outbox;
        }

        @Override
        public void write(WindowOutcome outcome, Context context) {
            outbox.submit(outcome);
        }

        @Override
        public void flush(boolean endOfInput) throws IOException, InterruptedException {
            CompletableFuture<Void> posted = outbox.drain().toCompletableFuture();
            if (!endOfInput && !posted.isDone()) {
                return;
            }
            try {
                posted.get();
            } catch (ExecutionException failed) {
                throw new IOException("a window could not be posted", failed.getCause());
            }
        }

        @Override
        public void close() throws Exception {
            outbox.close();
        }
    }
}

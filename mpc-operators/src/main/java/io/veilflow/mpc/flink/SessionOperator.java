package io.veilflow.mpc.flink;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.FlinkException;
import org.apache.flink.util.function.ThrowingRunnable;

/**
 * Hands elements to a {@link WindowService} and emits its results in order (PLATFORM section 3).
 *
 * <p>It never waits while elements flow: results come back as mails, so a barrier passes between any two of them. Watermarks
 * are held back until the elements before them are done. Only {@link #endInput} yields: without it a bounded job would end
 * before its results. A mail that is refused because the task ends is dropped.
 *
 * <p>State: the {@linkplain WindowService#position position} of the service's memory, nothing else. What was submitted before a restore is
 * not submitted again by this operator; the service remembers it, and the source may go back.
 */
final class SessionOperator<I, O> extends AbstractStreamOperator<O>
        implements OneInputStreamOperator<I, O>, BoundedOneInput {
    private static final long serialVersionUID = 1L;
    private static final ListStateDescriptor<byte[]> POSITION =
            new ListStateDescriptor<>("position", BytePrimitiveArraySerializer.INSTANCE);

    private final transient ServiceLocator<I, O> locator;
    private final transient MailboxExecutor mailbox;
    private final transient ArrayDeque<Step> steps = new ArrayDeque<>();
    private transient WindowService<I, O> service;
    private transient ListState<byte[]> positions;
    private transient byte[] restored;
    private transient volatile int pendingInputs;
    private transient boolean drained;

    SessionOperator(StreamOperatorParameters<O> parameters, ServiceLocator<I, O> locator) {
        super(parameters);
        this.locator = locator;
        this.mailbox = parameters.getMailboxExecutor();
    }

    /** An element that is computed, or what has to wait for the elements before it. Task thread only. */
    private static final class Step {
        private final ThrowingRunnable<Exception> afterwards;
        private boolean done;

        Step(boolean done, ThrowingRunnable<Exception> afterwards) {
            this.done = done;
            this.afterwards = afterwards;
        }
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        positions = context.getOperatorStateStore().getListState(POSITION);
        if (context.isRestored()) {
            for (byte[] position : positions.get()) {
                restored = position;
            }
        }
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        positions.update(List.of(service.position()));
    }

    @Override
    public void open() throws Exception {
        super.open();
        int parallelism = getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks();
        if (parallelism != 1) {
            throw new IllegalStateException("a session operator has parallelism 1, not " + parallelism
                    + ": all parties run their sessions in one order");
        }
        getMetricGroup().gauge("pendingInputs", () -> pendingInputs);
        service = locator.locate();
        if (restored != null) {
            service.restored(restored);
        }
        service.attach(
                result -> mail(() -> output.collect(new StreamRecord<>(result)), "result of a session"),
                this::failLater);
    }

    @Override
    public void processElement(StreamRecord<I> element) {
        Step step = new Step(false, () -> pendingInputs--);
        pendingInputs++;
        steps.add(step);
        service.submit(element.getValue()).whenComplete((nothing, failure) -> {
            if (failure != null) {
                failLater(failure);
            } else {
                mail(() -> finish(step), "end of a session");
            }
        });
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        after(() -> super.processWatermark(mark));
    }

    @Override
    public void processWatermarkStatus(WatermarkStatus status) throws Exception {
        after(() -> super.processWatermarkStatus(status));
    }

    @Override
    public void endInput() throws Exception {
        service.drain().whenComplete((nothing, failure) -> {
            if (failure != null) {
                failLater(failure);
            } else {
                mail(() -> drained = true, "end of all sessions");
            }
        });
        while (!drained || !steps.isEmpty()) {
            mailbox.yield();
        }
    }

    @Override
    public void close() throws Exception {
        try {
            if (service != null) {
                service.close();
            }
        } finally {
            super.close();
        }
    }

    private void after(ThrowingRunnable<Exception> effect) throws Exception {
        steps.add(new Step(true, effect));
        release();
    }

    private void finish(Step step) throws Exception {
        step.done = true;
        release();
    }

    private void release() throws Exception {
        while (!steps.isEmpty() && steps.peek().done) {
            steps.poll().afterwards.run();
        }
    }

    private void failLater(Throwable cause) {
        mail(
                () -> {
                    throw new FlinkException("the window service failed", cause);
                },
                "failure of a session");
    }

    /** From any thread. */
    private void mail(ThrowingRunnable<Exception> action, String description) {
        try {
            mailbox.execute(action, description);
        } catch (RejectedExecutionException e) {
            LOG.debug("the task has ended, dropped: {}", description);
        }
    }
}

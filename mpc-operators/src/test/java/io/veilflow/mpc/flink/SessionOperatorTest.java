package io.veilflow.mpc.flink;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.mailbox.Mail;
import org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailbox;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SessionOperatorTest {
    private final HandDrivenService service = new HandDrivenService();
    private EmbeddedServices.Registration registration;
    private OneInputStreamOperatorTestHarness<Integer, String> harness;

    @BeforeEach
    void open() throws Exception {
        registration = EmbeddedServices.register("test", () -> service);
        harness = operator();
        harness.open();
    }

    @AfterEach
    void close() throws Exception {
        registration.close();
        harness.close();
    }

    @Test
    void resultsComeOutThroughTheMailboxOnly() throws Exception {
        harness.processElement(1, 10);
        service.finish(0, "one", "one again");
        assertEquals(List.of(), List.copyOf(harness.getOutput()));
        runMails();
        assertEquals(
                List.of(new StreamRecord<>("one"), new StreamRecord<>("one again")), List.copyOf(harness.getOutput()));
    }

    @Test
    void aWatermarkWaitsForTheElementsBeforeIt() throws Exception {
        harness.processWatermark(5);
        harness.processElement(1, 10);
        harness.processElement(2, 11);
        harness.processWatermark(12);
        assertEquals(List.of(new Watermark(5)), List.copyOf(harness.getOutput()));
        // The second is done before the first.
        service.finish(1, "two");
        runMails();
        assertEquals(List.of(new Watermark(5), new StreamRecord<>("two")), List.copyOf(harness.getOutput()));
        service.finish(0, "one");
        runMails();
        assertEquals(
                List.of(new Watermark(5), new StreamRecord<>("two"), new StreamRecord<>("one"), new Watermark(12)),
                List.copyOf(harness.getOutput()));
    }

    @Test
    void aSnapshotIsTakenWhileAnElementIsComputed() throws Exception {
        harness.processElement(1, 10);
        harness.snapshot(1, 20);
        assertFalse(service.submitted.get(0).isDone());
    }

    @Test
    @DisplayName(
            "D3: a checkpoint carries the position of the service's memory: one that is behind it is refused, one ahead goes on")
    void aCheckpointCarriesThePosition() throws Exception {
        service.position = new byte[] {5};
        OperatorSubtaskState checkpoint = harness.snapshot(1, 20);
        assertTrue(service.restored.isEmpty());

        service.position = new byte[] {9};
        restore(checkpoint);
        assertArrayEquals(new byte[] {5}, service.restored.orElseThrow());

        service.position = new byte[] {4};
        assertThrows(IllegalStateException.class, () -> restore(checkpoint));
    }

    private void restore(OperatorSubtaskState checkpoint) throws Exception {
        try (OneInputStreamOperatorTestHarness<Integer, String> next = operator()) {
            next.initializeState(checkpoint);
            next.open();
        }
    }

    private static OneInputStreamOperatorTestHarness<Integer, String> operator() throws Exception {
        return new OneInputStreamOperatorTestHarness<>(
                new SessionOperatorFactory<Integer, String>(EmbeddedServices.locator("test")), 1, 1, 0);
    }

    @Test
    void endOfInputWaitsForTheServiceToBeDrained() throws Exception {
        harness.processElement(1, 10);
        harness.processWatermark(Watermark.MAX_WATERMARK);
        Thread elsewhere = new Thread(() -> {
            service.finish(0, "last");
            service.results.accept("late");
            service.drained.complete(null);
        });
        elsewhere.start();
        harness.endInput();
        assertTrue(service.drainAsked);
        assertEquals(3, harness.getOutput().size());
        assertTrue(harness.getOutput().contains(Watermark.MAX_WATERMARK));
        assertTrue(harness.getOutput().contains(new StreamRecord<>("late")));
        elsewhere.join();
    }

    @Test
    void aFailedElementFailsTheTaskWithItsCause() throws Exception {
        harness.processElement(1, 10);
        IllegalStateException cause = new IllegalStateException("held");
        service.submitted.get(0).completeExceptionally(cause);
        assertSame(cause, assertThrows(Exception.class, this::runMails).getCause());
    }

    @Test
    void aServiceThatCannotGoOnFailsTheTaskWithItsCause() {
        IllegalStateException cause = new IllegalStateException("held");
        service.failure.accept(cause);
        assertSame(cause, assertThrows(Exception.class, this::runMails).getCause());
    }

    @Test
    void aDrainThatFailsFailsTheTask() {
        service.drained.completeExceptionally(new IllegalStateException("held"));
        assertThrows(Exception.class, harness::endInput);
    }

    @Test
    void closingClosesTheServiceAndLateResultsAreDropped() throws Exception {
        harness.processElement(1, 10);
        harness.close();
        assertTrue(service.closed);
        harness.getTaskMailbox().close();
        service.finish(0, "late");
        assertEquals(List.of(), List.copyOf(harness.getOutput()));
    }

    @Test
    void aNameIsRegisteredOnceAndFreeAfterwards() {
        assertThrows(IllegalStateException.class, () -> EmbeddedServices.register("test", () -> service));
        registration.close();
        assertThrows(IllegalStateException.class, () -> EmbeddedServices.locator("test")
                .locate());
        registration = EmbeddedServices.register("test", () -> service);
    }

    private void runMails() throws Exception {
        Optional<Mail> mail;
        while ((mail = harness.getTaskMailbox().tryTake(TaskMailbox.MIN_PRIORITY)).isPresent()) {
            mail.get().run();
        }
    }
}

package io.veilflow.pipeline.party;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.job.ChainBinding;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.journal.JournalEntry;
import io.veilflow.pipeline.post.Chain;
import io.veilflow.pipeline.post.PostReceipt;
import io.veilflow.pipeline.post.PostTimer;
import io.veilflow.pipeline.post.Poster;
import io.veilflow.pipeline.post.PostingDuty;
import io.veilflow.pipeline.post.WindowPost;
import io.veilflow.pipeline.sign.Assurance;
import io.veilflow.pipeline.sign.ResultMessage;
import io.veilflow.pipeline.wire.Payload;
import io.veilflow.pipeline.wire.WindowPosted;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signed windows on their way to the chain. A window is open from its signatures until the chain holds it, whoever sent the
 * transaction; then this party journals and posts that on the board, and reports the window's figures. Thread-safe.
 */
final class Outbox implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

    private final JobTerms terms;
    private final JournalledLog own;
    private final EventLog events;
    private final PartyClock clock;
    private final ScheduledExecutorService thread;
    private final Poster poster;
    private final Map<Long, StageTimes.Open> open = new ConcurrentHashMap<>();

    Outbox(JobTerms terms, Chain chain, PostingDuty duty, JournalledLog own, EventLog events, PartyClock clock) {
        this.terms = terms;
        this.own = own;
        this.events = events;
        this.clock = clock;
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread poster = new Thread(task, "party-poster");
            poster.setDaemon(true);
            return poster;
        });
        this.poster = new Poster(chain, duty, PostTimer.on(thread), Clock.systemUTC());
    }

    /** The window is signed and belongs on the chain. */
    void add(StageTimes.Open window) {
        open.put(window.signed().window(), window);
    }

    /** Windows that are signed and not on the chain. */
    int openWindows() {
        return open.size();
    }

    /** Posts a window that was added; calling again changes nothing. */
    CompletableFuture<Void> post(long window) {
        StageTimes.Open waiting = open.get(window);
        return waiting == null
                ? CompletableFuture.completedFuture(null)
                : poster.submit(post(waiting.signed())).thenAccept(receipt -> settled(waiting, receipt));
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private WindowPost post(SignedWindow signed) {
        ChainBinding chain = terms.definition().chain();
        ByteString proof = signed.result().proof();
        ResultMessage message = new ResultMessage(
                chain.chainId(),
                chain.registry(),
                terms.jobId(),
                signed.window(),
                signed.rooted().root(),
                terms.ruleHash(),
                WindowPost.commitment(proof),
                signed.result().variableWords(),
                Assurance.PROVEN);
        return new WindowPost(message, proof, signed.signatures());
    }

    /** On the poster's thread, once for each window and call of {@link #post}. */
    private void settled(StageTimes.Open window, PostReceipt receipt) {
        long number = window.signed().window();
        if (!open.containsKey(number)) {
            return;
        }
        long now = clock.nanos();
        WindowPosted posted = WindowPosted.newBuilder()
                .setWindow(number)
                .setTransaction(receipt.transaction())
                .setGas(receipt.gas())
                .build();
        own.post(
                JournalEntry.Type.TRANSACTION,
                UnitId.window(number),
                0,
                receipt.transaction(),
                Payload.newBuilder().setWindowPosted(posted).build());
        events.window(report(window, receipt, now));
        open.remove(number);
        LOG.info("window {} is on the chain, {} gas", number, receipt.gas());
    }

    private WindowReport report(StageTimes.Open window, PostReceipt receipt, long now) {
        SignedWindow signed = window.signed();
        HexFormat hex = HexFormat.of();
        return new WindowReport(
                WindowReport.EVENT,
                terms.definition().name(),
                signed.window(),
                signed.result().results(terms.rule()).values(),
                Assurance.PROVEN.name().toLowerCase(Locale.ROOT),
                terms.definition().profile().name(),
                signed.rooted().manifest().getEntriesCount(),
                window.rejected(),
                "0x" + hex.formatHex(signed.rooted().root().toByteArray()),
                "0x" + hex.formatHex(receipt.transaction().toByteArray()),
                receipt.gas(),
                new WindowReport.Millis(
                        window.admitMillis(),
                        window.sealMillis(),
                        signed.result().evaluateMillis(),
                        signed.result().proveMillis(),
                        StageTimes.millis(window.readyNanos(), now),
                        StageTimes.millis(window.closedNanos(), now)));
    }
}

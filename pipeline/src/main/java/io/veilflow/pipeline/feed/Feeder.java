package io.veilflow.pipeline.feed;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.board.Board;
import io.veilflow.pipeline.board.BoardWriter;
import io.veilflow.pipeline.job.JobDefinition;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.wire.End;
import io.veilflow.pipeline.wire.Payload;
import io.veilflow.pipeline.wire.Tick;
import io.veilflow.zk.rule.PublicInput;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Posts a bounded feed: tick w stands at the start of window w and carries its values; so it also closes window w - 1. One
 * more tick with the last values closes the last window, then END. Event times come from the job's window arithmetic,
 * the moment of posting from the {@link Pace}. Begun again on its own log it goes on where the log ends.
 */
public final class Feeder {
    private static final long POLL_MILLIS = 20;

    private final JobDefinition job;
    private final List<PublicInput> inputs;
    private final Board board;
    private final BoardWriter log;
    private final Pace pace;
    private final FeedClock clock;
    private final DecisionLedger decisions;

    /** @param log the feeder's own log, which holds nothing but the first records of this feed */
    public Feeder(JobTerms terms, Board board, BoardWriter log, Pace pace, FeedClock clock) {
        this.job = terms.definition();
        this.inputs = terms.feedInputs();
        this.board = board;
        this.log = log;
        this.pace = pace;
        this.clock = clock;
        this.decisions = new DecisionLedger(job, board, pace.awaited());
    }

    /**
     * Posts what is missing of the feed.
     *
     * @param values for each window those of the rule's FEED inputs, as they enter a tick
     * @param posted told the index of each tick
     * @throws IllegalArgumentException for a value that no tick may have, or a wrong number of them
     */
    public void run(List<List<BigInteger>> values, LongConsumer posted) throws InterruptedException {
        List<Tick> ticks = ticks(values);
        for (int next = (int) Math.min(board.size(log.name()), ticks.size() + 1L); next <= ticks.size(); next++) {
            if (next == ticks.size()) {
                log.append(Payload.newBuilder().setEnd(End.getDefaultInstance()).build());
            } else {
                if (next > 0) {
                    await(next);
                }
                log.append(Payload.newBuilder().setTick(ticks.get(next)).build());
                posted.accept(next);
            }
        }
    }

    private List<Tick> ticks(List<List<BigInteger>> values) {
        List<Tick> ticks = new ArrayList<>();
        for (int i = 0; i <= values.size(); i++) {
            ticks.add(tick(i, values.get(Math.min(i, values.size() - 1))));
        }
        return ticks;
    }

    private Tick tick(int index, List<BigInteger> values) {
        if (values.size() != inputs.size()) {
            throw new IllegalArgumentException(values.size() + " values for " + inputs.size() + " FEED inputs");
        }
        Tick.Builder tick = Tick.newBuilder()
                .setTimeMillis(
                        job.windows().startMillis() + index * job.windows().windowMillis());
        for (int i = 0; i < values.size(); i++) {
            BigInteger value = values.get(i);
            if (value.signum() <= 0 || value.bitLength() > inputs.get(i).bits()) {
                throw new IllegalArgumentException(inputs.get(i).name() + " in window " + index + " is not from 1 to 2^"
                        + inputs.get(i).bits() + " - 1");
            }
            tick.addValues(unsigned(value));
        }
        return tick.build();
    }

    /** Big-endian without a leading zero byte. */
    private static ByteString unsigned(BigInteger value) {
        byte[] bytes = value.toByteArray();
        int sign = bytes[0] == 0 ? 1 : 0;
        return ByteString.copyFrom(bytes, sign, bytes.length - sign);
    }

    /** Counts from the start of the logs, so that a feeder that is started again waits for what it waited for before. */
    private void await(int ticksPosted) throws InterruptedException {
        long start = clock.millis();
        clock.pause(pace.intervalMillis());
        while (!allDecided(ticksPosted) && clock.millis() - start < pace.limitMillis()) {
            clock.pause(POLL_MILLIS);
        }
    }

    private boolean allDecided(int records) {
        if (pace.awaited().isEmpty()) {
            return true;
        }
        decisions.refresh();
        return pace.awaited().stream().allMatch(contributor -> decisions.decidedRecords(contributor) >= records);
    }
}

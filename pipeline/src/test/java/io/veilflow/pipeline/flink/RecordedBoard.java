package io.veilflow.pipeline.flink;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.board.FileBoard;
import io.veilflow.pipeline.contributor.BookEncoder;
import io.veilflow.pipeline.job.JobFile;
import io.veilflow.pipeline.party.WindowOutcome;
import io.veilflow.pipeline.submission.SampleMarket;
import io.veilflow.pipeline.wire.End;
import io.veilflow.pipeline.wire.Payload;
import io.veilflow.pipeline.wire.Submission;
import io.veilflow.pipeline.wire.Tick;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.IntStream;

/** A board with two ticks, a good book of each of two banks, a replay, and a record that is no submission. */
final class RecordedBoard {
    /** Before the end. */
    static final int RECORDS = 6;
    /** What {@link ScriptedIngress} makes of the ticks and the end. */
    static final List<WindowOutcome> OUTCOMES = List.of(WindowOutcome.proven(0), WindowOutcome.skipped(1, "scripted"));

    private final SampleMarket market = new SampleMarket();
    private final Path directory;
    private final Payload good = submission("bank-a", 1);

    RecordedBoard(Path directory) {
        this.directory = directory;
        try (FileBoard open = FileBoard.create(directory)) {
            market.publishKeys(open);
            market.append(open, "bank-a", good);
            market.append(open, "bank-a", good);
            market.append(open, "bank-a", tick(1));
            market.append(open, "bank-b", submission("bank-b", 1));
            market.append(open, "feeder", tick(500));
            market.append(open, "feeder", tick(1_500));
        }
    }

    /** The first book of bank-a once more, the next one of bank-b, and a tick. */
    void goOn(int round) {
        try (FileBoard open = FileBoard.open(directory)) {
            market.append(open, "bank-a", good);
            market.append(open, "bank-b", submission("bank-b", 1 + round));
            market.append(open, "feeder", tick(1_500 + 1_000L * round));
        }
    }

    void end() {
        try (FileBoard open = FileBoard.open(directory)) {
            market.append(
                    open,
                    "feeder",
                    Payload.newBuilder().setEnd(End.getDefaultInstance()).build());
        }
    }

    PartyFlinkJob job() {
        return job(2);
    }

    PartyFlinkJob job(int parallelism) {
        return new PartyFlinkJob(
                directory,
                JobFile.bytes(market.terms().definition()),
                market.commitments().basisBytes(),
                parallelism);
    }

    private Payload submission(String bank, long sequence) {
        Submission submission = new BookEncoder(market.terms(), market.commitments(), new SecureRandom())
                .encode(
                        market.contributor(bank),
                        sequence,
                        0,
                        market.numbers(bank, BigInteger.TEN),
                        SampleMarket.partyKeys());
        return Payload.newBuilder().setSubmission(submission).build();
    }

    private static Payload tick(long timeMillis) {
        Tick.Builder tick = Tick.newBuilder().setTimeMillis(timeMillis);
        IntStream.range(0, 2).forEach(asset -> tick.addValues(ByteString.copyFrom(new byte[] {1})));
        return Payload.newBuilder().setTick(tick).build();
    }
}

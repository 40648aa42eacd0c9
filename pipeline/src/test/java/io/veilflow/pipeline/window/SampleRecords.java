package io.veilflow.pipeline.window;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.admit.CheckOutcome;
import io.veilflow.pipeline.board.BoardEntry;
import io.veilflow.pipeline.encoding.Fields;
import io.veilflow.pipeline.encoding.Hashes;
import io.veilflow.pipeline.job.EnrolledContributor;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.wire.Cut;
import io.veilflow.pipeline.wire.Decision;
import io.veilflow.pipeline.wire.LogPosition;
import io.veilflow.pipeline.wire.Reason;
import io.veilflow.pipeline.wire.Submission;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Logs of tests in which only that matters which manifests look at: outcomes of checks, hashes, heads. */
final class SampleRecords implements CheckedRecords {
    private final JobTerms terms;
    private final Map<String, List<CheckOutcome>> logs = new HashMap<>();
    private long ticks;

    SampleRecords(JobTerms terms) {
        this.terms = terms;
        terms.logs().forEach(log -> logs.put(log, new ArrayList<>()));
    }

    @Override
    public CheckOutcome outcome(String contributor, long record) {
        return logs.get(contributor).get((int) record);
    }

    void submit(String contributor, long sequence) {
        EnrolledContributor enrolled = terms.contributor(contributor).orElseThrow();
        Submission.Builder submission = Submission.newBuilder()
                .setFirstSlot(enrolled.firstSlot())
                .setSlots(enrolled.slots())
                .setSequence(sequence);
        for (int component = 0; component < 3; component++) {
            submission.addCommitments(ByteString.copyFrom(
                    Hashes.sha256Fields("C", Fields.text(contributor), Fields.u64(sequence), Fields.u32(component))));
        }
        logs.get(contributor).add(new CheckOutcome.Submitted(entry(contributor, "s" + sequence), submission.build()));
    }

    void withdraw(String contributor, long sequence) {
        logs.get(contributor).add(new CheckOutcome.Withdrawn(entry(contributor, "w" + sequence), sequence));
    }

    void refuse(String contributor, Reason reason) {
        logs.get(contributor).add(new CheckOutcome.Refused(entry(contributor, "r"), 0, reason));
    }

    void tick() {
        ticks++;
    }

    /** Everything so far. */
    Cut cut() {
        return Cuts.of(terms, this::end);
    }

    /** The decisions of an honest party that opened everything, for records from one cut to another. */
    List<Decision> honest(Cut from, Cut to) {
        List<Decision> decisions = new ArrayList<>();
        for (EnrolledContributor contributor : terms.definition().contributors()) {
            String name = contributor.name();
            for (long index = Cuts.records(from, name); index < Cuts.records(to, name); index++) {
                decisions.add(outcome(name, index).decision());
            }
        }
        return decisions;
    }

    private LogPosition end(String log) {
        if (log.equals(terms.definition().feeder().name())) {
            return ticks == 0
                    ? Cuts.beforeFirst(log)
                    : Cuts.after(new BoardEntry(log, ticks - 1, ByteString.EMPTY, head(log, ticks)));
        }
        List<CheckOutcome> outcomes = logs.get(log);
        return outcomes.isEmpty()
                ? Cuts.beforeFirst(log)
                : Cuts.after(outcomes.get(outcomes.size() - 1).entry());
    }

    private BoardEntry entry(String contributor, String content) {
        int index = logs.get(contributor).size();
        return new BoardEntry(
                contributor,
                index,
                ByteString.copyFromUtf8(contributor + index + content),
                head(contributor, index + 1));
    }

    private static ByteString head(String log, long records) {
        return ByteString.copyFrom(Hashes.sha256Fields("head", Fields.text(log), Fields.u64(records)));
    }
}

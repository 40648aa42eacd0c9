package io.veilflow.pipeline.flink;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.admit.CheckOutcome;
import io.veilflow.pipeline.admit.ContributorHistory;
import io.veilflow.pipeline.admit.SubmissionCheck;
import io.veilflow.pipeline.board.BoardEntry;
import io.veilflow.pipeline.board.RecordOutcome;
import io.veilflow.pipeline.board.RecordVerifier;
import io.veilflow.pipeline.job.JobFile;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.party.CheckedEntry;
import io.veilflow.pipeline.submission.BasisCommitments;
import io.veilflow.pipeline.wire.Reason;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Checks every record as anyone can, keyed by the log that it stands in: signatures, schema, slots and points of different
 * contributors in parallel, the order within a log kept, because sequence and replay hang on it.
 *
 * <p>State, per log: the highest sequence and the record ids seen so far; public, kept for the life of the job. After a restore
 * the records behind the checkpoint are checked again with the same result.
 */
final class BookKeeper extends KeyedProcessFunction<String, BoardEntry, CheckedEntry> {
    private static final long serialVersionUID = 1L;

    private final byte[] jobFile;
    private final byte[] basis;

    private transient String feeder;
    private transient RecordVerifier verifier;
    private transient SubmissionCheck check;
    private transient ValueState<Long> lastSequence;
    private transient ListState<byte[]> recordIds;
    private transient Map<String, ContributorHistory> histories;

    /**
     * @param jobFile canonical bytes
     * @param basis the job's commitment basis; public
     */
    BookKeeper(byte[] jobFile, byte[] basis) {
        this.jobFile = jobFile.clone();
        this.basis = basis.clone();
    }

    @Override
    public void open(OpenContext context) {
        JobTerms terms = new JobTerms(JobFile.read("job", jobFile));
        feeder = terms.definition().feeder().name();
        verifier = RecordVerifier.of(terms.definition());
        check = new SubmissionCheck(terms, BasisCommitments.of(terms, basis, new SecureRandom()));
        lastSequence = getRuntimeContext().getState(new ValueStateDescriptor<>("last-sequence", Types.LONG));
        recordIds = getRuntimeContext()
                .getListState(
                        new ListStateDescriptor<>("record-ids", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
        histories = new HashMap<>();
    }

    @Override
    public void processElement(BoardEntry entry, Context context, Collector<CheckedEntry> out) throws Exception {
        if (entry.writer().equals(feeder)) {
            RecordOutcome outcome = verifier.verify(entry);
            Reason reason = outcome instanceof RecordOutcome.Refused refused ? refused.reason() : Reason.ACCEPTED;
            out.collect(new CheckedEntry(entry, 0, reason));
            return;
        }
        ContributorHistory history = history(entry.writer());
        CheckOutcome outcome = check.check(entry, history);
        out.collect(CheckedEntry.of(outcome));
        lastSequence.update(history.lastSequence());
        if (outcome instanceof CheckOutcome.Submitted submitted) {
            recordIds.add(submitted.submission().getRecordId().toByteArray());
        }
    }

    /** From state at the first record of a log after a start, kept in step with it afterwards. */
    private ContributorHistory history(String writer) throws Exception {
        ContributorHistory known = histories.get(writer);
        if (known == null) {
            Long last = lastSequence.value();
            Set<ByteString> ids = new HashSet<>();
            for (byte[] id : recordIds.get()) {
                ids.add(ByteString.copyFrom(id));
            }
            known = new ContributorHistory(last == null ? 0 : last, ids);
            histories.put(writer, known);
        }
        return known;
    }
}

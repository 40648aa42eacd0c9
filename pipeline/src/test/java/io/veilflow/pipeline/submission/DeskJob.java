package io.veilflow.pipeline.submission;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.board.SampleWriters;
import io.veilflow.pipeline.encoding.Hashes;
import io.veilflow.pipeline.job.EnrolledContributor;
import io.veilflow.pipeline.job.JobDefinition;
import io.veilflow.pipeline.job.JobProgram;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.job.SampleJob;
import io.veilflow.pipeline.job.kind.JobParameters;
import java.util.List;

/** A job of tests of the kind desk-results: a house with one slot, and two desks with two and three slots in a role of their own. */
public final class DeskJob {
    private static final PlainCommitments COMMITMENTS = new PlainCommitments(1 + 5 * 2);

    private DeskJob() {}

    public static JobTerms terms() {
        JobDefinition base = new SampleMarket().terms().definition();
        return new JobTerms(new JobDefinition(
                base.name(),
                base.profile(),
                base.environment(),
                new JobProgram("desk-results", JobParameters.none().with("handicap", 50)),
                List.of(contributor("house", 0, 0, 1), contributor("desk-a", 1, 0, 2), contributor("desk-b", 1, 2, 3)),
                base.parties(),
                base.group(),
                base.feeder(),
                SampleJob.definition().windows(),
                base.chain(),
                base.keyDigest(),
                ByteString.copyFrom(Hashes.sha256(COMMITMENTS.basisBytes()))));
    }

    public static PlainCommitments commitments() {
        return COMMITMENTS;
    }

    private static EnrolledContributor contributor(String name, int role, int firstSlot, int slots) {
        return new EnrolledContributor(name, SampleWriters.publicKey(name), role, firstSlot, slots);
    }
}

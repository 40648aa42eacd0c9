package io.veilflow.pipeline.service;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.key.KeyPurpose;
import io.veilflow.pipeline.service.OperatorLogs.Asked;
import io.veilflow.pipeline.sign.GroupStatement;
import io.veilflow.pipeline.sign.RotationMessage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * With which keys a statement on the board may be signed, for those who have the board and not the chain: the job's, and after it the keys
 * that rotations name which operators have approved of. Which of these the registry took, and when, the chain says.
 */
final class ResultKeyLine {
    private final JobTerms job;
    private final SigningTerms terms;

    ResultKeyLine(JobTerms job) {
        this.job = job;
        this.terms = new SigningTerms(job);
    }

    /** Of 33 bytes each, at least one. */
    List<ByteString> keysFor(GroupStatement statement, Collection<Asked> asked) {
        if (statement.key() == KeyPurpose.SIGN) {
            return List.of(job.definition().group().signKey().orElseThrow());
        }
        List<ByteString> keys = new ArrayList<>();
        keys.add(job.definition().group().resultKey());
        if (statement instanceof RotationMessage rotation) {
            terms.approvedRotations(asked).stream()
                    .filter(earlier -> earlier.fromWindow() < rotation.fromWindow())
                    .map(RotationMessage::newKey)
                    .forEach(keys::add);
        }
        return keys;
    }
}

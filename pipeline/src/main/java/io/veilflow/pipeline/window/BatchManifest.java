package io.veilflow.pipeline.window;

import io.veilflow.pipeline.wire.Decision;
import io.veilflow.pipeline.wire.Manifest;
import io.veilflow.pipeline.wire.ManifestEntry;
import io.veilflow.pipeline.wire.Reason;
import java.util.ArrayList;
import java.util.List;

/**
 * What follows from three accept lists of a batch: the manifest of the submissions that go to the range check, and what is
 * decided without it.
 *
 * @param rooted entries ascend by contributor and record; none means that no session is needed
 * @param decided withdrawals (ACCEPTED) and refused submissions with their reason, DISPUTED included, in order
 * @param disputes submissions that one party alone refused for a private reason, in order; they are among the decided
 */
public record BatchManifest(RootedManifest rooted, List<Decision> decided, List<Dispute> disputes) {
    public BatchManifest {
        decided = List.copyOf(decided);
        disputes = List.copyOf(disputes);
    }

    /**
     * All decisions of the batch, as its outcome lists them.
     *
     * @param inRange opened bit of the range check, of every entry of the manifest
     */
    public List<Decision> outcome(List<Boolean> inRange) {
        Manifest manifest = rooted.manifest();
        if (inRange.size() != manifest.getEntriesCount()) {
            throw new IllegalArgumentException(
                    inRange.size() + " bits for " + manifest.getEntriesCount() + " submissions");
        }
        List<Decision> decisions = new ArrayList<>(decided);
        for (int i = 0; i < inRange.size(); i++) {
            ManifestEntry entry = manifest.getEntries(i);
            decisions.add(Decision.newBuilder()
                    .setContributor(entry.getContributor())
                    .setRecord(entry.getRecord())
                    .setSequence(entry.getSequence())
                    .setSubmissionHash(entry.getSubmissionHash())
                    .setReason(inRange.get(i) ? Reason.ACCEPTED : Reason.VALUE_OUT_OF_RANGE)
                    .build());
        }
        decisions.sort(AcceptLists.ORDER);
        return decisions;
    }
}

package io.veilflow.pipeline.window;

import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.wire.Manifest;
import io.veilflow.pipeline.wire.ManifestEntry;
import io.veilflow.zk.rule.Role;
import io.veilflow.zk.rule.UsedSlots;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** The slots in use of a window: a pure function of its manifest, in which every counted submission says how many are. */
public final class SlotUse {
    private SlotUse() {}

    /** @param manifest of a window of this job; the same for everybody who computes, proves or audits it */
    public static UsedSlots of(JobTerms terms, Manifest manifest) {
        List<BitSet> used = new ArrayList<>();
        for (Role role : terms.rule().roles()) {
            used.add(new BitSet(role.slots()));
        }
        for (ManifestEntry entry : manifest.getEntriesList()) {
            int from = entry.getFirstSlot();
            used.get(entry.getRole()).set(from, from + entry.getUsedSlots());
        }
        return UsedSlots.of(terms.rule(), used);
    }
}

package io.veilflow.pipeline.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.submission.DeskJob;
import io.veilflow.pipeline.wire.Decision;
import io.veilflow.pipeline.wire.Manifest;
import io.veilflow.pipeline.wire.ManifestEntry;
import io.veilflow.pipeline.wire.Reason;
import io.veilflow.zk.rule.PublicPart;
import io.veilflow.zk.rule.RuleException;
import io.veilflow.zk.rule.UsedSlots;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SlotUseTest {
    private final JobTerms terms = DeskJob.terms();
    private final SampleRecords records = new SampleRecords(terms);
    private final Admissions admissions = new Admissions(terms, records);

    @Test
    void theFirstSlotsOfEveryEntryAreInUse() {
        UsedSlots used = SlotUse.of(
                terms,
                Manifest.newBuilder()
                        .addEntries(entry(0, 0, 1, 0))
                        .addEntries(entry(1, 0, 2, 1))
                        .addEntries(entry(1, 2, 3, 2))
                        .build());
        assertEquals(bits(1, 0, 1, 1, 0), used.bits(1));
        assertEquals(bits(1), used.bits(0), "the rule does not ask for this role");
    }

    @Test
    void slotsOfWhoIsNotInTheManifestAreNotInUse() {
        UsedSlots used = SlotUse.of(
                terms, Manifest.newBuilder().addEntries(entry(1, 2, 3, 3)).build());
        assertEquals(bits(0, 0, 1, 1, 1), used.bits(1));
    }

    @Test
    void anEntryOutsideTheRuleIsRefused() {
        Manifest manifest = Manifest.newBuilder().addEntries(entry(1, 4, 3, 3)).build();
        assertThrows(RuleException.class, () -> SlotUse.of(terms, manifest));
    }

    @Test
    @DisplayName("E21: public words hold the outputs, the fed values, used bits of the roles that the rule asks for,"
            + " parameters")
    void publicWordsAreTheDocumentedList() {
        List<PublicPart.Source> sources = terms.rule().publicWords().parts().stream()
                .map(PublicPart::source)
                .distinct()
                .toList();
        assertEquals(
                List.of(
                        PublicPart.Source.OUTPUT,
                        PublicPart.Source.FEED,
                        PublicPart.Source.USED,
                        PublicPart.Source.PARAMETER),
                sources);
        long used = terms.rule().publicWords().parts().stream()
                .filter(part -> part.source() == PublicPart.Source.USED)
                .count();
        assertEquals(5, used, "one bit for each slot of the role desk, none for the benchmark");
    }

    @Test
    @DisplayName("A book with values under a one-time mask counts in one window, the next one needs a new mask")
    void aMaskedBookCountsOnce() {
        for (String contributor : List.of("house", "desk-a", "desk-b")) {
            records.submit(contributor, 1);
        }
        admit("house", "desk-a", "desk-b");
        assertEquals(List.of("desk-a", "desk-b", "house"), inForce(4));
        admissions.windowSealed(4);
        assertEquals(List.of("desk-a", "desk-b", "house"), inForce(4), "another attempt at the same window");
        assertEquals(List.of("house"), inForce(5));
        records.submit("desk-b", 2);
        admit("desk-b");
        assertEquals(List.of("desk-b", "house"), inForce(5));
    }

    private void admit(String... contributors) {
        List<Decision> decisions = List.of(contributors).stream()
                .map(name -> records.outcome(name, Cuts.records(records.cut(), name) - 1)
                        .decision(Reason.ACCEPTED))
                .toList();
        admissions.apply(records.cut(), decisions);
    }

    private List<String> inForce(long window) {
        return admissions.inForce(window).stream().map(Decision::getContributor).toList();
    }

    private static ManifestEntry entry(int role, int firstSlot, int slots, int used) {
        return ManifestEntry.newBuilder()
                .setRole(role)
                .setFirstSlot(firstSlot)
                .setSlots(slots)
                .setUsedSlots(used)
                .build();
    }

    private static List<BigInteger> bits(int... bits) {
        return Arrays.stream(bits).mapToObj(BigInteger::valueOf).toList();
    }
}

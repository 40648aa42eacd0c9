package io.veilflow.pipeline.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.job.PostingPolicy;
import io.veilflow.pipeline.job.SampleJob;
import io.veilflow.pipeline.job.WindowPolicy;
import io.veilflow.pipeline.submission.SampleMarket;
import io.veilflow.pipeline.wire.AcceptList;
import io.veilflow.pipeline.wire.Cut;
import io.veilflow.pipeline.wire.Decision;
import io.veilflow.pipeline.wire.Manifest;
import io.veilflow.pipeline.wire.UnitKind;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class WindowManifestTest {
    private final JobTerms terms = new SampleMarket(SampleJob.with(
                    SampleJob.definition(),
                    new WindowPolicy(0, 1_000, 2, OptionalInt.of(1), 2, PostingPolicy.provenOnly())))
            .terms();
    private final SampleRecords records = new SampleRecords(terms);
    private final Manifests manifests = new Manifests(terms, records);
    private final Admissions admissions = new Admissions(terms, records);
    private long nextBatch;

    @Test
    void everyContributorsNewestAdmittedBookCountsOnceInSlotOrder() {
        records.submit("bank-c", 1);
        records.submit("bank-a", 1);
        records.submit("bank-a", 2);
        admitAll();
        Manifest manifest = window(0).manifest();
        assertEquals(List.of("bank-a 2", "bank-c 1"), entries(manifest));
        assertTrue(manifests.hasEnoughContributors(manifest));
    }

    @Test
    void theHeaderBindsTheWindowToItsJobRuleAndValues() {
        records.submit("bank-a", 1);
        admitAll();
        Manifest manifest = window(3).manifest();
        assertEquals(terms.jobId(), manifest.getHeader().getJobId());
        assertEquals(terms.ruleHash(), manifest.getHeader().getRuleHash());
        assertEquals(terms.configurationHash(), manifest.getHeader().getConfigurationHash());
        assertEquals(terms.definition().keyDigest(), manifest.getHeader().getKeyDigest());
        assertEquals(3, manifest.getHeader().getId());
        assertEquals(1, manifest.getHeader().getClosingTick());
        assertEquals(
                terms.publicInputs(closed(3).feedValues()),
                manifest.getHeader().getPublicValuesList().stream()
                        .map(value -> new BigInteger(1, value.toByteArray()))
                        .toList());
    }

    @Test
    void aWithdrawnBookCountsNoLongerUntilTheNextOne() {
        records.submit("bank-a", 1);
        records.submit("bank-b", 1);
        admitAll();
        records.withdraw("bank-a", 2);
        admitAll();
        Manifest manifest = window(0).manifest();
        assertEquals(List.of("bank-b 1"), entries(manifest));
        assertFalse(manifests.hasEnoughContributors(manifest), "two are asked for");
        records.submit("bank-a", 3);
        admitAll();
        assertEquals(List.of("bank-a 3", "bank-b 1"), entries(window(1).manifest()));
    }

    @Test
    void aBookGetsTooOld() {
        records.submit("bank-a", 1);
        admitAll();
        admissions.windowSealed(4);
        records.submit("bank-b", 1);
        admitAll();
        admissions.windowSealed(5);
        assertEquals(List.of("bank-a 1", "bank-b 1"), entries(window(5).manifest()));
        assertEquals(List.of("bank-b 1"), entries(window(6).manifest()));
        assertEquals(List.of(), entries(window(7).manifest()));
    }

    /** A7. */
    @Test
    void whatIsNotAdmittedYetCountsFromTheNextWindowOn() {
        records.submit("bank-a", 1);
        admitAll();
        RootedManifest before = window(0);
        Cut cut = before.manifest().getHeader().getCut();
        records.submit("bank-b", 1);
        AcceptList later = list(0, records.cut());
        AcceptList first = list(0, cut);
        assertEquals(before, manifests.window(closed(0), admissions.inForce(0), List.of(first, later, later)));
    }

    /** A20. */
    @Test
    void aListWithOtherBooksIsRefusedNamingTheParty() {
        records.submit("bank-a", 1);
        records.submit("bank-b", 1);
        admitAll();
        records.submit("bank-c", 1);
        ticks(2);
        List<Decision> inForce = admissions.inForce(0);
        List<Decision> notAdmitted = new ArrayList<>(inForce);
        notAdmitted.add(records.outcome("bank-c", 0).decision());
        for (List<Decision> decisions : List.of(inForce.subList(0, 1), notAdmitted)) {
            for (PartyId party : PartyId.values()) {
                List<AcceptList> lists = new ArrayList<>(lists(0));
                lists.set(party.index(), AcceptLists.of(UnitKind.WINDOW, 0, 0, records.cut(), decisions));
                SealingException refused =
                        assertThrows(SealingException.class, () -> manifests.window(closed(0), inForce, lists));
                assertEquals(SealingException.Reason.WRONG_LIST, refused.reason());
                assertEquals(party, refused.party().orElseThrow());
            }
        }
    }

    @Test
    void aListFromBeforeTheClosingTickIsRefused() {
        records.submit("bank-a", 1);
        admitAll();
        Cut early = records.cut();
        ticks(2);
        List<AcceptList> lists = List.of(list(0, records.cut()), list(0, records.cut()), list(0, early));
        SealingException refused =
                assertThrows(SealingException.class, () -> manifests.window(closed(0), admissions.inForce(0), lists));
        assertEquals(SealingException.Reason.WRONG_LIST, refused.reason());
        assertEquals(PartyId.P2, refused.party().orElseThrow());
    }

    @Test
    void anEmptyWindowHasAManifestThatIsNotComputed() {
        ticks(2);
        Manifest manifest = window(0).manifest();
        assertEquals(0, manifest.getEntriesCount());
        assertFalse(manifests.hasEnoughContributors(manifest));
    }

    private RootedManifest window(long window) {
        ticks(2);
        return manifests.window(closed(window), admissions.inForce(window), lists(window));
    }

    private void ticks(int count) {
        for (int i = 0; i < count; i++) {
            records.tick();
        }
    }

    private List<AcceptList> lists(long window) {
        AcceptList list = list(window, records.cut());
        return List.of(list, list, list);
    }

    private AcceptList list(long window, Cut cut) {
        return AcceptLists.of(UnitKind.WINDOW, window, 0, cut, admissions.inForce(window));
    }

    private void admitAll() {
        List<Decision> decisions = records.honest(admissions.decidedUpTo(), records.cut());
        AcceptList list = AcceptLists.of(UnitKind.BATCH, nextBatch++, 0, records.cut(), decisions);
        BatchManifest batch = manifests.batch(admissions.decidedUpTo(), List.of(list, list, list));
        int entries = batch.rooted().manifest().getEntriesCount();
        admissions.apply(
                batch.rooted().manifest().getHeader().getCut(), batch.outcome(Collections.nCopies(entries, true)));
    }

    private static ClosedWindow closed(long window) {
        return new ClosedWindow(window, 1, 0, List.of(BigInteger.valueOf(300), BigInteger.TEN));
    }

    private static List<String> entries(Manifest manifest) {
        return manifest.getEntriesList().stream()
                .map(entry -> entry.getContributor() + " " + entry.getSequence())
                .toList();
    }
}

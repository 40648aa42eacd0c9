package io.veilflow.pipeline.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.submission.SampleMarket;
import io.veilflow.pipeline.wire.AcceptList;
import io.veilflow.pipeline.wire.Cut;
import io.veilflow.pipeline.wire.Decision;
import io.veilflow.pipeline.wire.ManifestEntry;
import io.veilflow.pipeline.wire.Reason;
import io.veilflow.pipeline.wire.UnitKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchManifestTest {
    private final JobTerms terms = new SampleMarket().terms();
    private final SampleRecords records = new SampleRecords(terms);
    private final Manifests manifests = new Manifests(terms, records);
    private final Cut start = Cuts.empty(terms);

    @Test
    void whatAllThreeAcceptGoesToTheRangeCheckInTheOrderOfTheLogs() {
        records.submit("bank-c", 1);
        records.submit("bank-a", 1);
        records.submit("bank-a", 2);
        BatchManifest batch = manifests.batch(start, honestLists());
        assertEquals(
                List.of("bank-a 0", "bank-a 1", "bank-c 0"),
                batch.rooted().manifest().getEntriesList().stream()
                        .map(entry -> entry.getContributor() + " " + entry.getRecord())
                        .toList());
        assertEquals(List.of(), batch.decided());
        assertEquals(records.cut(), batch.rooted().manifest().getHeader().getCut());
    }

    @Test
    void theOutcomeListsEveryRecordOnceWithItsReason() {
        records.submit("bank-a", 1);
        records.refuse("bank-a", Reason.WRONG_SLOTS);
        records.submit("bank-b", 1);
        records.withdraw("bank-b", 2);
        BatchManifest batch = manifests.batch(start, honestLists());
        assertEquals(
                List.of(
                        "bank-a 0 ACCEPTED",
                        "bank-a 1 WRONG_SLOTS",
                        "bank-b 0 VALUE_OUT_OF_RANGE",
                        "bank-b 1 ACCEPTED"),
                describe(batch.outcome(List.of(true, false))));
        assertThrows(IllegalArgumentException.class, () -> batch.outcome(List.of(true)));
    }

    @Test
    void aPrivateReasonOfTwoPartiesNamesTheContributor() {
        records.submit("bank-a", 1);
        List<AcceptList> lists = lists(
                changed(0, Reason.ACCEPTED),
                changed(0, Reason.COMMITMENT_MISMATCH),
                changed(0, Reason.NOT_DECRYPTABLE));
        BatchManifest batch = manifests.batch(start, lists);
        assertEquals(List.of("bank-a 0 COMMITMENT_MISMATCH"), describe(batch.decided()));
        assertEquals(List.of(), batch.disputes());
        assertEquals(0, batch.rooted().manifest().getEntriesCount());
    }

    @Test
    void aPrivateReasonOfOnePartyLeavesTheRecordOutAndNamesNobody() {
        records.submit("bank-a", 1);
        records.submit("bank-b", 1);
        for (PartyId party : PartyId.values()) {
            List<AcceptList> lists = new ArrayList<>(honestLists());
            lists.set(party.index(), list(changed(0, Reason.NOT_DECRYPTABLE)));
            BatchManifest batch = manifests.batch(start, lists);
            assertEquals(List.of("bank-a 0 DISPUTED"), describe(batch.decided()));
            assertEquals(List.of(new Dispute(party, batch.decided().get(0))), batch.disputes());
            assertEquals(1, batch.rooted().manifest().getEntriesCount());
        }
    }

    @Test
    void theCutIsTheSmallestAndWhatComesAfterItWaits() {
        records.submit("bank-a", 1);
        Cut early = records.cut();
        records.submit("bank-a", 2);
        records.submit("bank-b", 1);
        AcceptList late = list(honest());
        AcceptList first = AcceptLists.of(UnitKind.BATCH, 0, 0, early, records.honest(start, early));
        BatchManifest batch = manifests.batch(start, List.of(late, first, late));
        assertEquals(1, batch.rooted().manifest().getEntriesCount());
        assertEquals(early, batch.rooted().manifest().getHeader().getCut());
        BatchManifest next = manifests.batch(
                early,
                threeTimes(AcceptLists.of(UnitKind.BATCH, 1, 0, records.cut(), records.honest(early, records.cut()))));
        assertEquals(2, next.rooted().manifest().getEntriesCount());
    }

    /** D5: a party that was held up may end its input before the others did. */
    @Test
    void aPartyJudgesAListThatGoesFurtherThanItHasRead() {
        records.submit("bank-a", 1);
        AcceptList early = list(honest());
        SampleRecords further = new SampleRecords(terms);
        further.submit("bank-a", 1);
        further.submit("bank-b", 1);
        AcceptList late = AcceptLists.of(UnitKind.BATCH, 0, 0, further.cut(), further.honest(start, further.cut()));
        List<AcceptList> lists = List.of(late, early, early);
        BatchManifest here = manifests.batch(start, lists);
        assertEquals(List.of("bank-a 0 ACCEPTED"), describe(here.outcome(List.of(true))));
        assertEquals(
                here.rooted().root(),
                new Manifests(terms, further).batch(start, lists).rooted().root());
        AcceptList silent = late.toBuilder().removeDecisions(1).build();
        for (SampleRecords reader : List.of(records, further)) {
            SealingException refused = assertThrows(SealingException.class, () -> new Manifests(terms, reader)
                    .batch(start, List.of(silent, early, early)));
            assertEquals(SealingException.Reason.WRONG_LIST, refused.reason());
            assertEquals(PartyId.P0, refused.party().orElseThrow());
        }
    }

    /** A20. */
    @Test
    void aListThatSaysOtherwiseThanAnyoneCanSeeIsRefusedNamingTheParty() {
        records.submit("bank-a", 1);
        records.refuse("bank-b", Reason.BAD_SIGNATURE);
        records.withdraw("bank-c", 1);
        assertRefused(without(0));
        assertRefused(without(1));
        assertRefused(without(2));
        assertRefused(changed(0, Reason.MALFORMED));
        assertRefused(changed(0, Reason.VALUE_OUT_OF_RANGE));
        assertRefused(changed(0, Reason.DISPUTED));
        assertRefused(changed(1, Reason.ACCEPTED));
        assertRefused(changed(1, Reason.NOT_DECRYPTABLE));
        assertRefused(changed(2, Reason.NOT_DECRYPTABLE));
        List<Decision> otherHash = honest();
        otherHash.set(
                0,
                otherHash.get(0).toBuilder()
                        .setSubmissionHash(ByteString.copyFrom(new byte[32]))
                        .build());
        assertRefused(otherHash);
    }

    /** A20. */
    @Test
    void aRecordThatWasDecidedIsNotListedAgain() {
        records.submit("bank-a", 1);
        Cut decided = records.cut();
        records.submit("bank-a", 2);
        SealingException refused = assertThrows(SealingException.class, () -> manifests.batch(decided, honestLists()));
        assertEquals(SealingException.Reason.WRONG_LIST, refused.reason());
    }

    @Test
    void aListOutOfFormIsRefusedNamingTheParty() {
        records.submit("bank-a", 1);
        records.submit("bank-b", 1);
        AcceptList good = list(honest());
        List<Decision> reversed = List.of(good.getDecisions(1), good.getDecisions(0));
        List<Decision> twice = List.of(good.getDecisions(0), good.getDecisions(0), good.getDecisions(1));
        Decision beyond = good.getDecisions(1).toBuilder().setRecord(1).build();
        for (AcceptList bad : List.of(
                good.toBuilder().clearDecisions().addAllDecisions(reversed).build(),
                good.toBuilder().clearDecisions().addAllDecisions(twice).build(),
                good.toBuilder().addDecisions(beyond).build(),
                good.toBuilder().clearCut().build(),
                good.toBuilder().clearKind().build())) {
            SealingException refused =
                    assertThrows(SealingException.class, () -> manifests.batch(start, List.of(good, bad, good)));
            assertEquals(SealingException.Reason.MALFORMED, refused.reason());
            assertEquals(PartyId.P1, refused.party().orElseThrow());
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> manifests.batch(
                        start, List.of(good, good.toBuilder().setId(1).build(), good)));
    }

    @Test
    void aBatchOfWithdrawalsNeedsNoSession() {
        records.withdraw("bank-a", 1);
        BatchManifest batch = manifests.batch(start, honestLists());
        assertEquals(0, batch.rooted().manifest().getEntriesCount());
        assertEquals(List.of("bank-a 0 ACCEPTED"), describe(batch.outcome(List.of())));
    }

    @Test
    void anEntryCarriesWhatTheProofIsHeldAgainst() {
        records.submit("bank-b", 7);
        ManifestEntry entry =
                manifests.batch(start, honestLists()).rooted().manifest().getEntries(0);
        assertEquals(2, entry.getFirstSlot());
        assertEquals(2, entry.getSlots());
        assertEquals(7, entry.getSequence());
        assertEquals(records.outcome("bank-b", 0).entry().recordHash(), entry.getSubmissionHash());
        assertEquals(3, entry.getCommitmentsCount());
    }

    private void assertRefused(List<Decision> decisions) {
        for (PartyId party : PartyId.values()) {
            List<AcceptList> lists = new ArrayList<>(honestLists());
            lists.set(party.index(), list(decisions));
            SealingException refused = assertThrows(SealingException.class, () -> manifests.batch(start, lists));
            assertEquals(SealingException.Reason.WRONG_LIST, refused.reason());
            assertEquals(party, refused.party().orElseThrow());
        }
    }

    private List<Decision> honest() {
        return new ArrayList<>(records.honest(start, records.cut()));
    }

    private List<Decision> without(int index) {
        List<Decision> decisions = honest();
        decisions.remove(index);
        return decisions;
    }

    private List<Decision> changed(int index, Reason reason) {
        List<Decision> decisions = honest();
        decisions.set(index, decisions.get(index).toBuilder().setReason(reason).build());
        return decisions;
    }

    private List<AcceptList> honestLists() {
        return threeTimes(list(honest()));
    }

    private List<AcceptList> lists(List<Decision> p0, List<Decision> p1, List<Decision> p2) {
        return List.of(list(p0), list(p1), list(p2));
    }

    private AcceptList list(List<Decision> decisions) {
        return AcceptLists.of(UnitKind.BATCH, 0, 0, records.cut(), decisions).toBuilder()
                .clearDecisions()
                .addAllDecisions(decisions)
                .build();
    }

    private static List<AcceptList> threeTimes(AcceptList list) {
        return List.of(list, list, list);
    }

    private static List<String> describe(List<Decision> decisions) {
        assertTrue(decisions.stream()
                .allMatch(decision -> decision.getSubmissionHash().size() == 32));
        return decisions.stream()
                .map(decision -> decision.getContributor() + " " + decision.getRecord() + " " + decision.getReason())
                .toList();
    }
}

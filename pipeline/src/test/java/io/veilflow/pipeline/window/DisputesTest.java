package io.veilflow.pipeline.window;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.submission.SampleMarket;
import io.veilflow.pipeline.wire.AcceptList;
import io.veilflow.pipeline.wire.Cut;
import io.veilflow.pipeline.wire.Decision;
import io.veilflow.pipeline.wire.Reason;
import io.veilflow.pipeline.wire.UnitKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Two records of bank-a and one of bank-b; P1 alone cannot open the first. */
class DisputesTest {
    private static final int REFUSED = 0;

    private final JobTerms terms = new SampleMarket().terms();
    private final SampleRecords records = new SampleRecords(terms);
    private final Manifests manifests = new Manifests(terms, records);
    private final Cut start = Cuts.empty(terms);
    private List<AcceptList> first;
    private List<Dispute> disputes;

    @BeforeEach
    void refuse() {
        records.submit("bank-a", 1);
        records.submit("bank-a", 2);
        records.submit("bank-b", 1);
        AcceptList good = AcceptLists.of(UnitKind.BATCH, 0, 0, records.cut(), records.honest(start, records.cut()));
        first = List.of(good, with(good, REFUSED, Reason.NOT_DECRYPTABLE), good);
        disputes = manifests.batch(start, first).disputes();
    }

    @Test
    void theDisputeNamesTheRefuserAndTheRecord() {
        assertEquals(1, disputes.size());
        assertEquals(PartyId.P1, disputes.get(0).refuser());
        assertEquals(Reason.DISPUTED, disputes.get(0).decision().getReason());
        assertEquals(0, disputes.get(0).decision().getRecord());
    }

    @Test
    void aSettledDisputeMakesAnOrdinarySubmissionInTheSecondRound() {
        List<AcceptList> second =
                again(Set.of(first.get(0).getDecisions(REFUSED).getSubmissionHash()));
        assertDoesNotThrow(() -> Disputes.requireContinues(first, second, disputes));
        BatchManifest batch = manifests.batch(start, second);
        assertEquals(List.of(), batch.disputes());
        assertEquals(3, batch.rooted().manifest().getEntriesCount());
        assertEquals(Disputes.ROUND, batch.rooted().manifest().getHeader().getRound());
    }

    @Test
    void anUnsettledOneIsLeftOutAndNamesNoContributor() {
        List<AcceptList> second = again(Set.of());
        assertDoesNotThrow(() -> Disputes.requireContinues(first, second, disputes));
        BatchManifest batch = manifests.batch(start, second);
        assertEquals(disputes, batch.disputes());
        assertEquals(2, batch.rooted().manifest().getEntriesCount());
    }

    @Test
    @DisplayName("A20: a second list that changes anything but its party's own disputes is refused, the party named")
    void nothingElseMayChange() {
        AcceptList honest = again(Set.of()).get(0);
        assertRefused(PartyId.P0, with(honest, REFUSED, Reason.NOT_DECRYPTABLE));
        assertRefused(PartyId.P0, with(honest, 2, Reason.COMMITMENT_MISMATCH));
        assertRefused(PartyId.P2, honest.toBuilder().removeDecisions(2).build());
        assertRefused(PartyId.P2, honest.toBuilder().setCut(Cuts.empty(terms)).build());
        AcceptList refuser = again(Set.of()).get(1);
        assertRefused(PartyId.P1, with(refuser, 1, Reason.NOT_DECRYPTABLE));
        assertRefused(PartyId.P1, with(refuser, REFUSED, Reason.COMMITMENT_MISMATCH));
    }

    @Test
    void theSessionIsBoundToAllThreeLists() {
        List<AcceptList> other = new ArrayList<>(first);
        other.set(2, with(first.get(2), 2, Reason.NOT_DECRYPTABLE));
        assertEquals(32, Disputes.root(first).size());
        assertNotEquals(Disputes.root(first), Disputes.root(other));
    }

    private List<AcceptList> again(Set<ByteString> settled) {
        return first.stream()
                .map(list -> Disputes.again(list, list == first.get(1) ? settled : Set.of()))
                .toList();
    }

    private void assertRefused(PartyId party, AcceptList list) {
        List<AcceptList> second = new ArrayList<>(again(Set.of()));
        second.set(party.index(), list);
        SealingException refused =
                assertThrows(SealingException.class, () -> Disputes.requireContinues(first, second, disputes));
        assertEquals(SealingException.Reason.WRONG_LIST, refused.reason());
        assertEquals(party, refused.party().orElseThrow());
    }

    private static AcceptList with(AcceptList list, int index, Reason reason) {
        Decision decision =
                list.getDecisions(index).toBuilder().setReason(reason).build();
        return list.toBuilder().setDecisions(index, decision).build();
    }
}

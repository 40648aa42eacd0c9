package io.veilflow.pipeline.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.submission.SampleMarket;
import io.veilflow.pipeline.wire.AcceptList;
import io.veilflow.pipeline.wire.ManifestSignature;
import io.veilflow.pipeline.wire.UnitKind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SealingTest {
    private final JobTerms terms = new SampleMarket().terms();
    private final SampleRecords records = new SampleRecords(terms);
    private final Sealing sealing = new Sealing(terms);

    @Test
    void threeListsComeTogetherInTheOrderOfTheParties() {
        AcceptList empty = list();
        records.submit("bank-a", 1);
        AcceptList longer = list();
        sealing.list(PartyId.P2, empty);
        sealing.list(PartyId.P0, longer);
        assertEquals(Optional.empty(), sealing.lists(UnitKind.BATCH, 0, 0));
        assertEquals(Optional.of(longer), sealing.list(PartyId.P0, UnitKind.BATCH, 0, 0));
        sealing.list(PartyId.P1, empty);
        assertEquals(Optional.of(List.of(longer, empty, empty)), sealing.lists(UnitKind.BATCH, 0, 0));
        assertEquals(Optional.empty(), sealing.lists(UnitKind.BATCH, 0, 1));
        assertEquals(Optional.empty(), sealing.lists(UnitKind.WINDOW, 0, 0));
    }

    @Test
    void aPartyHasOneListForAUnitAndRound() {
        AcceptList first = list();
        sealing.list(PartyId.P1, first);
        sealing.list(PartyId.P1, first);
        records.submit("bank-a", 1);
        AcceptList second = list();
        SealingException refused = assertThrows(SealingException.class, () -> sealing.list(PartyId.P1, second));
        assertEquals(SealingException.Reason.SECOND_LIST, refused.reason());
        assertEquals(PartyId.P1, refused.party().orElseThrow());
        assertEquals(Optional.of(first), sealing.list(PartyId.P1, UnitKind.BATCH, 0, 0));
        sealing.list(PartyId.P1, second.toBuilder().setRound(1).build());
    }

    @Test
    @DisplayName(
            "B7: lists of units that have ended are let go of, and a second one that differs is found out all the same")
    void anEndedUnitKeepsNoLists() {
        AcceptList first = list();
        for (PartyId party : PartyId.values()) {
            sealing.list(party, first);
        }
        sealing.unitEnded(UnitKind.BATCH, 0);
        assertEquals(Optional.empty(), sealing.lists(UnitKind.BATCH, 0, 0));
        assertTrue(sealing.hasListed(PartyId.P0, UnitKind.BATCH, 0, 0));
        sealing.list(PartyId.P1, first);
        assertEquals(Optional.empty(), sealing.list(PartyId.P1, UnitKind.BATCH, 0, 0));
        records.submit("bank-a", 1);
        AcceptList second = list();
        SealingException refused = assertThrows(SealingException.class, () -> sealing.list(PartyId.P1, second));
        assertEquals(SealingException.Reason.SECOND_LIST, refused.reason());
        AcceptList next = second.toBuilder().setId(1).build();
        sealing.list(PartyId.P1, next);
        assertEquals(Optional.of(next), sealing.list(PartyId.P1, UnitKind.BATCH, 1, 0));
    }

    @Test
    void aManifestIsSealedByThreeSignaturesUnderItsRoot() {
        RootedManifest manifest = manifest();
        for (PartyId party : PartyId.values()) {
            assertFalse(sealing.isSealed(manifest));
            sealing.signature(party, manifest.signature());
            sealing.signature(party, manifest.signature());
        }
        assertTrue(sealing.isSealed(manifest));
    }

    @Test
    void aSignatureUnderAnotherRootIsNamed() {
        RootedManifest manifest = manifest();
        ManifestSignature other = manifest.signature().toBuilder()
                .setRoot(ByteString.copyFrom(new byte[32]))
                .build();
        sealing.signature(PartyId.P0, manifest.signature());
        sealing.signature(PartyId.P2, other);
        SealingException otherRoot = assertThrows(SealingException.class, () -> sealing.isSealed(manifest));
        assertEquals(SealingException.Reason.OTHER_MANIFEST, otherRoot.reason());
        assertEquals(PartyId.P2, otherRoot.party().orElseThrow());
        SealingException second =
                assertThrows(SealingException.class, () -> sealing.signature(PartyId.P2, manifest.signature()));
        assertEquals(SealingException.Reason.SECOND_SIGNATURE, second.reason());
    }

    private AcceptList list() {
        return AcceptLists.of(UnitKind.BATCH, 0, 0, records.cut(), records.honest(Cuts.empty(terms), records.cut()));
    }

    private RootedManifest manifest() {
        AcceptList list = list();
        return new Manifests(terms, records)
                .batch(Cuts.empty(terms), List.of(list, list, list))
                .rooted();
    }
}

package io.veilflow.pipeline.party;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.audit.AuditReport;
import io.veilflow.pipeline.wire.Ciphertext;
import io.veilflow.pipeline.wire.Payload;
import io.veilflow.pipeline.wire.Reason;
import io.veilflow.pipeline.wire.Submission;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a submission that one party alone cannot open (PROTOCOLS 4.1), from the board to the audit. */
class DisputesITCase {
    private static final List<BigInteger> PRICES = List.of(BigInteger.valueOf(5), BigInteger.valueOf(5));
    private static final List<BigInteger> NUMBERS = Collections.nCopies(8, BigInteger.TWO);

    @TempDir
    private Path directory;

    @Test
    @DisplayName(
            "A2: a ciphertext that one party alone cannot open counts all the same, its components forwarded; nobody is blamed")
    void aPartyGetsItsComponentsFromTheOtherHolders() throws Exception {
        disputed(world -> {}, world -> {});
    }

    @Test
    @DisplayName(
            "D1: crash in a dispute: the components that were forwarded are in the journal, and the books count after the restart")
    void crashInADispute() throws Exception {
        String step = "journal FORWARDED BATCH 0";
        disputed(world -> world.crashAfter(PartyId.P1, step), world -> {
            world.awaitCrash(PartyId.P1);
            world.restart(PartyId.P1);
        });
    }

    private interface Interruption {
        void in(PartyWorld world) throws Exception;
    }

    private void disputed(Interruption before, Interruption meanwhile) throws Exception {
        try (PartyWorld world = new PartyWorld(directory, Path.of("target", "test-keys"))) {
            world.await(world::keysArePublished, "encryption keys");
            before.in(world);
            world.append("bank-a", garbledFor(PartyId.P1, world.encoded("bank-a", 1, NUMBERS)));
            world.append("bank-b", garbledFor(PartyId.P2, world.encoded("bank-b", 1, NUMBERS)));
            meanwhile.in(world);
            assertEquals(Reason.ACCEPTED, world.decision("bank-a", 0));
            assertEquals(Reason.ACCEPTED, world.decision("bank-b", 0));
            world.tick(500, PRICES);
            world.tick(1_500, PRICES);
            world.end();
            world.awaitEnd();
            for (PartyId party : PartyId.values()) {
                world.await(() -> world.report(party, 0).isPresent(), "report at " + party);
                assertTrue(world.report(party, 0).orElseThrow().contains("\"submissions\":2,\"rejected\":[]"));
            }
            AuditReport audited = world.audit();
            assertTrue(audited.passed(), () -> String.join("\n", audited.lines()));
            assertEquals(1, audited.windows());
        }
    }

    @Test
    @DisplayName("A2: a ciphertext that two parties cannot open names its contributor and harms nobody else")
    void twoRefusersNameTheContributor() throws Exception {
        try (PartyWorld world = new PartyWorld(directory, Path.of("target", "test-keys"))) {
            world.await(world::keysArePublished, "encryption keys");
            Submission once = world.encoded("bank-a", 1, NUMBERS);
            Payload twice = garbledFor(PartyId.P2, garbledFor(PartyId.P1, once).getSubmission());
            world.append("bank-a", twice);
            assertEquals(Reason.NOT_DECRYPTABLE, world.decision("bank-a", 0));
            world.end();
            world.awaitEnd();
        }
    }

    private static Payload garbledFor(PartyId party, Submission submission) {
        Ciphertext ciphertext = submission.getCiphertexts(party.index());
        byte[] bytes = ciphertext.getCiphertext().toByteArray();
        bytes[0] ^= 1;
        return Payload.newBuilder()
                .setSubmission(submission.toBuilder()
                        .setCiphertexts(
                                party.index(), ciphertext.toBuilder().setCiphertext(ByteString.copyFrom(bytes))))
                .build();
    }
}

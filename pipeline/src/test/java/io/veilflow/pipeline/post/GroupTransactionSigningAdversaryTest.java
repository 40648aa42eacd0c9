package io.veilflow.pipeline.post;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.Profile;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.session.ProtocolAbortException.Reason;
import io.veilflow.mpc.testing.Outcome;
import io.veilflow.mpc.testing.SharedAccount;
import io.veilflow.mpc.testing.ThreePartyWorld;
import io.veilflow.pipeline.post.GroupTransactionPolicy.Refusal;
import io.veilflow.pipeline.post.GroupTransactionSigning.Signed;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** One party would have the group's account sign something that the two others do not stand behind. */
class GroupTransactionSigningAdversaryTest {
    private static final long SEED = 72;
    private static final SharedAccount ACCOUNT = SharedAccount.seeded(SEED);
    private static final ByteString REGISTRY = ByteString.copyFromUtf8("a registry's address");

    private final ThreePartyWorld world = ThreePartyWorld.seeded(SEED).withProfile(Profile.M);

    private static GroupTransaction transaction(int nonce) {
        return new GroupTransaction(
                1337,
                BigInteger.valueOf(nonce),
                BigInteger.valueOf(300_000),
                REGISTRY,
                ByteString.copyFromUtf8("call"),
                BigInteger.ONE,
                BigInteger.TEN.pow(9));
    }

    private List<Outcome<Signed>> attempt(ThreePartyWorld where, PartyId proposer, GroupTransaction expected) {
        return where.attempt(session -> {
            GroupTransactionSigning signing =
                    new GroupTransactionSigning(session, "post", ACCOUNT.share(session.self()));
            return session.self() == proposer
                    ? signing.propose(transaction(3))
                    : signing.answer(
                            proposer,
                            proposed -> proposed.equals(expected) ? Optional.empty() : Optional.of(Refusal.CALL));
        });
    }

    @Test
    @DisplayName("whoever proposes what all agree with, all three have the same signed transaction")
    void agreed() {
        for (PartyId proposer : PartyId.values()) {
            List<Outcome<Signed>> outcomes = attempt(world, proposer, transaction(3));
            for (Outcome<Signed> outcome : outcomes) {
                Signed signed = outcome.result();
                assertEquals(outcomes.get(0).result(), signed);
                assertEquals(transaction(3), signed.transaction());
                assertFalse(signed.transaction()
                        .signed(ACCOUNT.key(), signed.signature())
                        .isEmpty());
            }
        }
    }

    @Test
    @DisplayName(
            "G5: what one other party refuses is not signed: no message of a presignature is sent, and nobody is accused")
    void refused() {
        List<Outcome<Signed>> outcomes = attempt(world, PartyId.P1, transaction(4));
        for (Outcome<Signed> outcome : outcomes) {
            assertEnds(outcome, Reason.CONFIGURATION, false);
        }
        assertNothingSigned(world);
    }

    @Test
    @DisplayName("G5: a proposer that shows the two others different transactions gets a signature of neither")
    void twoFaced() {
        PartyId proposer = PartyId.P2;
        ThreePartyWorld lied = world.withTamper(message -> message.from() == proposer
                        && message.to() == PartyId.P0
                        && message.label().equals("transaction")
                ? transaction(5).encoded().toByteArray()
                : message.payload());
        List<Outcome<Signed>> outcomes = lied.attempt(session -> {
            GroupTransactionSigning signing =
                    new GroupTransactionSigning(session, "post", ACCOUNT.share(session.self()));
            return session.self() == proposer
                    ? signing.propose(transaction(3))
                    : signing.answer(proposer, any -> Optional.empty());
        });
        for (Outcome<Signed> outcome : outcomes) {
            assertEnds(outcome, Reason.CONFIGURATION, false);
        }
        assertTrue(lied.messages().stream().noneMatch(message -> message.label().equals("s")));
    }

    @Test
    @DisplayName(
            "bytes that are no transaction are refused; a length out of bounds names the proposer before memory is taken")
    void malformed() {
        PartyId proposer = PartyId.P0;
        ThreePartyWorld lied = world.withTamper(message -> {
            byte[] payload = message.payload().clone();
            if (message.from() == proposer && message.label().equals("transaction")) {
                payload[0] ^= 1;
            }
            return payload;
        });
        attempt(lied, proposer, transaction(3)).forEach(outcome -> assertEnds(outcome, Reason.CONFIGURATION, false));
        assertNothingSigned(lied);
        for (byte first : new byte[] {(byte) 0xff, 0x7f}) {
            ThreePartyWorld boasting = world.withTamper(message -> {
                byte[] payload = message.payload().clone();
                if (message.from() == proposer && message.label().equals("length")) {
                    payload[0] = first;
                }
                return payload;
            });
            for (Outcome<Signed> outcome : attempt(boasting, proposer, transaction(3))) {
                if (outcome.party() != proposer) {
                    assertEnds(outcome, Reason.LENGTH, true);
                }
            }
        }
    }

    private static void assertEnds(Outcome<Signed> outcome, Reason reason, boolean accuses) {
        ProtocolAbortException abort = (ProtocolAbortException) outcome.failure();
        // who refuses leaves, so the others may notice that first
        boolean expected = abort.reason() == reason || abort.reason() == Reason.PEER_LOST;
        assertTrue(expected, abort.toString());
        assertEquals(accuses, abort.accused().isPresent(), abort.toString());
    }

    private static void assertNothingSigned(ThreePartyWorld world) {
        assertTrue(world.messages().stream().noneMatch(message -> message.path().startsWith("post/account")));
    }
}

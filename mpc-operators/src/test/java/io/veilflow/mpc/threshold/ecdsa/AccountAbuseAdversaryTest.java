package io.veilflow.mpc.threshold.ecdsa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.field.Zq;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.randomness.PrssContext;
import io.veilflow.mpc.replicated.ContextHash;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.session.Profile;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.session.ProtocolAbortException.Reason;
import io.veilflow.mpc.session.Session;
import io.veilflow.mpc.testing.Message;
import io.veilflow.mpc.testing.Outcome;
import io.veilflow.mpc.testing.SeededRandom;
import io.veilflow.mpc.testing.SharedAccount;
import io.veilflow.mpc.testing.ThreePartyWorld;
import io.veilflow.mpc.threshold.CurvePoint;
import io.veilflow.mpc.threshold.Scalar;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a cheating party or a careless caller could try with the account of the group. */
class AccountAbuseAdversaryTest {
    private static final long SEED = 34;
    private static final SharedAccount ACCOUNT = SharedAccount.seeded(SEED);

    private final ThreePartyWorld world = ThreePartyWorld.seeded(SEED).withProfile(Profile.M);

    private static byte[] hash(int number) {
        byte[] out = new byte[EcdsaSignature.HASH_BYTES];
        out[31] = (byte) number;
        return out;
    }

    private static EcdsaSignature signOne(Session session, AccountKeyShare share, byte[] hash) {
        try (AccountSigner signer = new AccountSigner(session, "account", share)) {
            signer.prepare(1);
            return signer.sign(hash);
        }
    }

    @Test
    @DisplayName("G13: a presignature serves once, and not at all when it is closed")
    void presignaturesServeOnce() {
        ElementShares one = ElementShares.ofPublic(PrimeField.ZQ, PartyId.P0, 1, Zq.one());
        Presignature presignature = new Presignature(CurvePoint.GENERATOR, one.slice(0, 1), one.slice(0, 1));
        assertEquals(1, presignature.spend(Zq.one(), Zq.one()).count());
        assertThrows(IllegalStateException.class, () -> presignature.spend(Zq.one(), Zq.one()));
        Presignature closed = new Presignature(CurvePoint.GENERATOR, one.slice(0, 1), one.slice(0, 1));
        closed.close();
        assertThrows(IllegalStateException.class, () -> closed.spend(Zq.one(), Zq.one()));
    }

    @Test
    @DisplayName(
            "G13: who wants to sign another hash stops the signature before anything of it is sent, and all presignatures are gone")
    void differentHashes() {
        for (PartyId other : PartyId.values()) {
            List<Outcome<String>> outcomes = world.attempt(session -> {
                AccountKeyShare share = ACCOUNT.share(session.self());
                AccountSigner signer = new AccountSigner(session, "account", share);
                signer.prepare(3);
                ProtocolAbortException abort = assertThrows(
                        ProtocolAbortException.class, () -> signer.sign(hash(session.self() == other ? 1 : 2)));
                assertEquals(0, signer.prepared());
                assertThrows(IllegalStateException.class, () -> signer.prepare(1));
                assertFalse(share.isSuspended());
                return abort.reason() + " " + abort.accused();
            });
            for (Outcome<String> outcome : outcomes) {
                assertEquals(Reason.CONFIGURATION + " " + Optional.empty(), outcome.result());
            }
            assertTrue(world.messages().stream()
                    .noneMatch(message -> message.label().equals("s")));
        }
    }

    @Test
    @DisplayName("G18: what was opened and is no signature is not given out, and ends the use of the share (G13)")
    void aWrongSignature() {
        // more than one party can do: P0 and P2 tell P1 the same wrong component
        byte[] wrong = PrimeField.ZQ.encode(Zq.one());
        ThreePartyWorld lied = world.withTamper(message -> {
            boolean toVictim = message.to() == PartyId.P1;
            if (toVictim && message.label().equals("s")) {
                return wrong;
            }
            return toVictim && message.label().equals("s/hash")
                    ? openingHash("account/sign/0", wrong)
                    : message.payload();
        });
        lied.attempt(session -> {
                    AccountKeyShare share = ACCOUNT.share(session.self());
                    boolean victim = session.self() == PartyId.P1;
                    if (!victim) {
                        return signOne(session, share, hash(1));
                    }
                    ProtocolAbortException abort =
                            assertThrows(ProtocolAbortException.class, () -> signOne(session, share, hash(1)));
                    assertEquals(Reason.CHECK_FAILED, abort.reason());
                    assertTrue(share.isSuspended());
                    assertThrows(IllegalArgumentException.class, () -> new AccountSigner(session, "account", share));
                    return null;
                })
                .forEach(outcome -> assertFalse(outcome.failed(), () -> outcome.party() + ": " + outcome.failure()));
    }

    private static byte[] openingHash(String path, byte[] component) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(PrssContext.encode(
                            PrssContext.text("veilflow/open"),
                            PrssContext.text(path),
                            PrssContext.text("s"),
                            component));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    @DisplayName(
            "a hash of zero, the order of the group and other lengths are refused; nothing is sent and nothing is spent")
    void hashesThatAreNotSigned() {
        byte[] order = HexFormat.of().parseHex("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141");
        world.run(session -> {
            try (AccountSigner signer = new AccountSigner(session, "account", ACCOUNT.share(session.self()))) {
                signer.prepare(1);
                for (byte[] bad : List.of(new byte[32], order, new byte[0], new byte[31], Arrays.copyOf(order, 33))) {
                    assertThrows(IllegalArgumentException.class, () -> signer.sign(bad));
                }
                assertEquals(1, signer.prepared());
                return signer.sign(hash(1));
            }
        });
    }

    @Test
    @DisplayName("nothing is signed with another party's share, or where products are not verified")
    void foreignSharesAndProfileS() {
        world.withProfile(Profile.S).run(session -> {
            AccountSigner signer = new AccountSigner(session, "account", ACCOUNT.share(session.self()));
            assertThrows(IllegalStateException.class, () -> signer.prepare(1));
            return assertThrows(
                    IllegalArgumentException.class,
                    () -> new AccountSigner(
                            session, "account", ACCOUNT.share(session.self().next())));
        });
    }

    @Test
    @DisplayName("G13: a presignature is bound to the message: with the same randomness another hash has another nonce")
    void boundToTheMessage() {
        byte[] first = world.run(session -> signOne(session, ACCOUNT.share(session.self()), hash(1)))
                .get(0)
                .r();
        byte[] second = world.run(session -> signOne(session, ACCOUNT.share(session.self()), hash(2)))
                .get(0)
                .r();
        assertFalse(Arrays.equals(first, second));
    }

    @Test
    @DisplayName("G9: a dealer whose scalars do not add up to zero in a refresh is named by both others")
    void aDealerThatWouldChangeTheKey() {
        for (PartyId cheater : PartyId.values()) {
            List<Outcome<Object>> outcomes = world.attempt(session -> {
                SeededRandom random = new SeededRandom(session.self().index());
                if (session.self() != cheater) {
                    return new AccountResharing(session.operation("refresh"))
                            .refresh(ACCOUNT.share(session.self()), random);
                }
                var operation = session.operation("refresh");
                byte[] subject = PrssContext.encode(
                        PrssContext.text("refresh"), ACCOUNT.key().encoded());
                new Broadcast(operation).agree("start", Reason.CONFIGURATION, subject);
                return new ComponentDealing(operation).deal(subject, ComponentDealing.Total.ANY, random);
            });
            assertNamed(outcomes, cheater, Reason.CONTRADICTION, 2);
        }
    }

    @Test
    @DisplayName(
            "G7: a dealer is named by whoever it gives a scalar that is not that of its point, or points other than it had hashed")
    void wrongScalarsAndPoints() {
        for (String label : List.of("share", "reveal", "commit")) {
            for (PartyId cheater : PartyId.values()) {
                ThreePartyWorld lied = world.withTamper(message -> changed(message, cheater, label));
                List<Outcome<AccountKeyShare>> outcomes = lied.attempt(session -> new AccountKeyGeneration(
                                session.operation("keygen"))
                        .generate("account", new SeededRandom(session.self().index())));
                assertNamed(outcomes, cheater, Reason.CONTRADICTION, label.equals("share") ? 1 : 2);
            }
        }
    }

    /** One bit of the last byte; commitments and points to both alike. */
    private static byte[] changed(Message message, PartyId cheater, String label) {
        byte[] out = message.payload().clone();
        boolean hit = message.from() == cheater
                && message.label().equals(label)
                && (!label.equals("share") || message.to() == cheater.next());
        if (hit) {
            out[out.length - 1] ^= 1;
        }
        return out;
    }

    @Test
    @DisplayName("G7: a dealer that tells the two others different points is found out, and nobody honest is named")
    void unequalBroadcast() {
        assertNamedBeforeShares(AccountAbuseAdversaryTest::twoFaced, Reason.HOLDERS_DISAGREE);
    }

    /** Deals points to each of the others that fit its own hashes, but not the same to both. */
    private static Object twoFaced(Operation operation) {
        PartyId self = operation.self();
        startKeyGeneration(operation);
        Map<PartyId, byte[]> reveals = Map.of(self.next(), points(2), self.previous(), points(3));
        reveals.forEach((peer, points) -> operation.send(
                peer,
                "commit",
                ContextHash.of(
                        operation,
                        "veilflow/account/commit/1",
                        operation.epoch(),
                        new byte[] {(byte) self.index()},
                        points)));
        reveals.forEach((peer, points) -> operation.send(peer, "reveal", points.clone()));
        return new Broadcast(operation).exchange("view", new byte[ContextHash.BYTES]);
    }

    @Test
    @DisplayName(
            "G8: a party that waits and says what another one said cannot fix the key: it is named before it has a scalar")
    void anEcho() {
        assertNamedBeforeShares(AccountAbuseAdversaryTest::echoing, Reason.CONTRADICTION);
    }

    private static Object echoing(Operation operation) {
        PartyId self = operation.self();
        startKeyGeneration(operation);
        for (String label : List.of("commit", "reveal")) {
            byte[] heard = operation.receive(self.next(), label, label.equals("commit") ? 32 : 131);
            operation.send(self.next(), label, heard.clone());
            operation.send(self.previous(), label, heard);
        }
        return null;
    }

    private static byte[] points(int factor) {
        byte[] point = CurvePoint.generatorTimes(Scalar.of(factor)).encoded();
        byte[] out = new byte[3 * point.length + 32];
        for (int k = 0; k < 3; k++) {
            System.arraycopy(point, 0, out, k * point.length, point.length);
        }
        return out;
    }

    @Test
    @DisplayName(
            "G9: whoever hands a replaced party a component that is not that of its point is named, and nobody has a new share")
    void wrongHandover() {
        PartyId replaced = PartyId.P1;
        for (PartyId cheater : List.of(PartyId.P0, PartyId.P2)) {
            ThreePartyWorld lied = world.withTamper(message -> changed(message, cheater, "handover"));
            List<Outcome<AccountKeyShare>> outcomes = lied.attempt(session -> new AccountResharing(
                            session.operation("replace"))
                    .replace(
                            session.self() == replaced ? Optional.empty() : Optional.of(ACCOUNT.share(session.self())),
                            ACCOUNT.key(),
                            replaced,
                            new SeededRandom(session.self().index())));
            assertNamed(outcomes, cheater, Reason.CONTRADICTION, 1);
            outcomes.forEach(outcome -> assertTrue(outcome.failed()));
        }
    }

    private static void startKeyGeneration(Operation operation) {
        new Broadcast(operation)
                .agree(
                        "start",
                        Reason.CONFIGURATION,
                        PrssContext.encode(PrssContext.text("generate"), PrssContext.text("account")));
    }

    /** Each party in turn takes part in a key generation like this; the other two end it before anybody sends a scalar. */
    private void assertNamedBeforeShares(Function<Operation, Object> cheating, Reason reason) {
        for (PartyId cheater : PartyId.values()) {
            List<Outcome<Object>> outcomes = world.attempt(session -> session.self() == cheater
                    ? cheating.apply(session.operation("keygen"))
                    : new AccountKeyGeneration(session.operation("keygen"))
                            .generate("account", new SeededRandom(session.self().index())));
            assertNamed(outcomes, cheater, reason, 2);
            assertTrue(world.messages().stream()
                    .noneMatch(message -> message.label().equals("share")));
        }
    }

    /** The honest two end without a share, so many of them for this reason, and name nobody but the cheater. */
    private static <T> void assertNamed(List<Outcome<T>> outcomes, PartyId cheater, Reason reason, int times) {
        int seen = 0;
        for (Outcome<T> outcome : outcomes) {
            if (outcome.party() == cheater) {
                continue;
            }
            ProtocolAbortException abort = (ProtocolAbortException) outcome.failure();
            assertTrue(abort != null, outcome.party() + " went on");
            assertTrue(abort.accused().filter(named -> named != cheater).isEmpty(), abort.toString());
            boolean accuses =
                    reason == Reason.HOLDERS_DISAGREE || abort.accused().isPresent();
            seen += abort.reason() == reason && accuses ? 1 : 0;
        }
        assertEquals(times, seen, outcomes.toString());
    }
}

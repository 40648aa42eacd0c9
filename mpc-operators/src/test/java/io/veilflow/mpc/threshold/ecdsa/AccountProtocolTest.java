package io.veilflow.mpc.threshold.ecdsa;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.Profile;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.session.ProtocolAbortException.Reason;
import io.veilflow.mpc.testing.Clear;
import io.veilflow.mpc.testing.Outcome;
import io.veilflow.mpc.testing.SeededRandom;
import io.veilflow.mpc.testing.SharedAccount;
import io.veilflow.mpc.testing.ThreePartyWorld;
import io.veilflow.mpc.threshold.CurvePoint;
import io.veilflow.mpc.threshold.Scalar;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The life of an account key that nobody has, with honest parties. */
class AccountProtocolTest {
    private static final long SEED = 33;

    private final ThreePartyWorld world = ThreePartyWorld.seeded(SEED).withProfile(Profile.M);

    private List<AccountKeyShare> generated(long seed) {
        return world.run(session -> new AccountKeyGeneration(session.operation("keygen"))
                .generate("account", new SeededRandom(seed + session.self().index())));
    }

    private List<AccountKeyShare> refreshed(List<AccountKeyShare> old) {
        return world.run(session -> new AccountResharing(session.operation("refresh"))
                .refresh(
                        old.get(session.self().index()),
                        new SeededRandom(7 + session.self().index())));
    }

    private List<EcdsaSignature> signed(List<AccountKeyShare> shares, byte[]... hashes) {
        List<List<EcdsaSignature>> all = world.run(session -> {
            List<EcdsaSignature> out = new ArrayList<>();
            try (AccountSigner signer = new AccountSigner(
                    session, "account", shares.get(session.self().index()))) {
                signer.prepare(hashes.length);
                for (byte[] hash : hashes) {
                    out.add(signer.sign(hash));
                }
                assertEquals(0, signer.prepared());
                assertThrows(IllegalStateException.class, () -> signer.sign(hashes[0]));
            }
            return out;
        });
        assertEquals(all.get(0), all.get(1));
        assertEquals(all.get(0), all.get(2));
        return all.get(0);
    }

    private static byte[] hash(int number) {
        byte[] out = new byte[EcdsaSignature.HASH_BYTES];
        Arrays.fill(out, (byte) number);
        return out;
    }

    /** The key itself, which the test may put together; fails if two holders of a component differ. */
    private static BigInteger key(List<AccountKeyShare> shares) {
        return Clear.open(shares.stream().map(AccountKeyShare::shares).toList()).get(0);
    }

    private static void assertOneKey(List<AccountKeyShare> shares, int generation) {
        AccountKey key = shares.get(0).key();
        for (AccountKeyShare share : shares) {
            assertEquals(key, share.key());
            assertEquals(generation, share.key().generation());
        }
        byte[] secret = PrimeField.ZQ.encode(Clear.elements(PrimeField.ZQ, List.of(key(shares))));
        assertEquals(
                key.publicPoint(),
                CurvePoint.generatorTimes(Scalar.decode(secret).orElseThrow()));
    }

    /** By another implementation. */
    private static boolean verifies(CurvePoint key, EcdsaSignature signature, byte[] hash) {
        var curve = CustomNamedCurves.getByName("secp256k1");
        ECDSASigner verifier = new ECDSASigner();
        verifier.init(
                false,
                new ECPublicKeyParameters(
                        curve.getCurve().decodePoint(key.encoded()),
                        new ECDomainParameters(curve.getCurve(), curve.getG(), curve.getN(), curve.getH())));
        return verifier.verifySignature(hash, new BigInteger(1, signature.r()), new BigInteger(1, signature.s()));
    }

    @Test
    @DisplayName(
            "three parties make one key that none of them has, and its signatures verify elsewhere and recover its address")
    void keyGenerationAndSignatures() {
        List<AccountKeyShare> shares = generated(1);
        assertOneKey(shares, 1);
        AccountKey key = shares.get(0).key();
        byte[][] hashes = {hash(1), hash(2), hash(0xff)};
        List<EcdsaSignature> signatures = signed(shares, hashes);
        Set<String> nonces = new HashSet<>();
        for (int k = 0; k < hashes.length; k++) {
            EcdsaSignature signature = signatures.get(k);
            assertTrue(verifies(key.publicPoint(), signature, hashes[k]));
            assertArrayEquals(
                    key.address(), signature.recover(hashes[k]).orElseThrow().address());
            assertFalse(signature.verifies(key.publicPoint(), hash(9)));
            assertTrue(new BigInteger(1, signature.s()).compareTo(Clear.Q.shiftRight(1)) <= 0);
            nonces.add(HexFormat.of().formatHex(signature.r()));
        }
        assertEquals(hashes.length, nonces.size());
        assertNotEquals(key, generated(100).get(0).key());
    }

    @Test
    @DisplayName("G9: a refresh keeps the key and its address, and changes every component")
    void refresh() {
        List<AccountKeyShare> old = generated(2);
        List<AccountKeyShare> fresh = refreshed(old);
        assertOneKey(fresh, 2);
        assertEquals(key(old), key(fresh));
        assertArrayEquals(old.get(0).key().address(), fresh.get(0).key().address());
        for (int component = 0; component < 3; component++) {
            assertNotEquals(
                    old.get(0).key().componentPoint(component),
                    fresh.get(0).key().componentPoint(component));
        }
        byte[] stale = old.get(0).exposeComponents();
        assertThrows(
                IllegalArgumentException.class,
                () -> AccountKeyShare.of(PartyId.P0, fresh.get(0).key(), stale));
        byte[] hash = hash(3);
        assertTrue(verifies(old.get(0).key().publicPoint(), signed(fresh, hash).get(0), hash));
    }

    @Test
    @DisplayName(
            "G9: a party with its share from before a refresh takes part in no signature, and learns nothing before that")
    void anOldShareIsUseless() {
        List<AccountKeyShare> old = generated(2);
        List<AccountKeyShare> fresh = refreshed(old);
        for (PartyId stale : PartyId.values()) {
            List<Outcome<EcdsaSignature>> outcomes = world.attempt(session -> {
                AccountKeyShare share = (session.self() == stale ? old : fresh)
                        .get(session.self().index());
                try (AccountSigner signer = new AccountSigner(session, "account", share)) {
                    signer.prepare(1);
                    return signer.sign(hash(4));
                }
            });
            assertAllAbort(outcomes, Set.of(Reason.HOLDERS_DISAGREE, Reason.PEER_LOST));
            assertTrue(world.messages().stream()
                    .noneMatch(message -> message.label().equals("mul")));
        }
    }

    @Test
    @DisplayName("G9: whichever party is replaced, the new one signs with the two others under the same key")
    void replacement() {
        List<AccountKeyShare> old = generated(3);
        AccountKey key = old.get(0).key();
        for (PartyId replaced : PartyId.values()) {
            List<AccountKeyShare> fresh = world.run(session -> {
                boolean isNew = session.self() == replaced;
                return new AccountResharing(session.operation("replace"))
                        .replace(
                                isNew
                                        ? Optional.empty()
                                        : Optional.of(old.get(session.self().index())),
                                key,
                                replaced,
                                new SeededRandom(11 + session.self().index()));
            });
            assertOneKey(fresh, 2);
            assertEquals(key(old), key(fresh));
            byte[] hash = hash(5);
            assertTrue(verifies(key.publicPoint(), signed(fresh, hash).get(0), hash));
        }
    }

    @Test
    @DisplayName("G9: parties that mean different keys, or replace different parties, deal nothing")
    void differentSubjects() {
        SharedAccount one = SharedAccount.seeded(1);
        SharedAccount other = SharedAccount.seeded(2);
        List<Outcome<AccountKeyShare>> outcomes = world.attempt(session -> new AccountResharing(session.operation("r"))
                .refresh(
                        (session.self() == PartyId.P1 ? other : one).share(session.self()),
                        new SeededRandom(session.self().index())));
        assertAllAbort(outcomes, Set.of(Reason.CONFIGURATION, Reason.PEER_LOST));
        assertTrue(
                world.messages().stream().noneMatch(message -> message.label().equals("share")));
        world.run(session ->
                assertThrows(IllegalArgumentException.class, () -> new AccountResharing(session.operation("r"))
                        .replace(Optional.empty(), one.key(), session.self().next(), new SeededRandom(1))));
    }

    private static <T> void assertAllAbort(List<Outcome<T>> outcomes, Set<Reason> reasons) {
        for (Outcome<T> outcome : outcomes) {
            ProtocolAbortException abort = (ProtocolAbortException) outcome.failure();
            assertTrue(reasons.contains(abort.reason()), abort.toString());
            assertTrue(abort.accused().isEmpty(), abort.toString());
        }
    }

    @Test
    @DisplayName("a stored share is taken back only by its holder, for its key, whole and canonical")
    void storedShares() {
        SharedAccount account = SharedAccount.seeded(4);
        byte[] bytes = account.share(PartyId.P2).exposeComponents();
        assertEquals(
                account.key(),
                AccountKeyShare.of(PartyId.P2, account.key(), bytes).key());
        byte[] changed = bytes.clone();
        changed[63] ^= 1;
        byte[] large = bytes.clone();
        Arrays.fill(large, 0, 32, (byte) 0xff);
        for (byte[] bad : List.of(changed, large, Arrays.copyOf(bytes, 63), new byte[64])) {
            assertThrows(IllegalArgumentException.class, () -> AccountKeyShare.of(PartyId.P2, account.key(), bad));
        }
        assertThrows(IllegalArgumentException.class, () -> AccountKeyShare.of(PartyId.P1, account.key(), bytes));
        assertThrows(
                IllegalArgumentException.class,
                () -> AccountKeyShare.of(PartyId.P2, SharedAccount.seeded(5).key(), bytes));
        AccountKeyShare share = account.share(PartyId.P0);
        String shown = share.toString();
        assertFalse(shown.contains(HexFormat.of().formatHex(share.exposeComponents(), 0, 4)));
        share.close();
        assertThrows(IllegalStateException.class, share::exposeComponents);
    }
}

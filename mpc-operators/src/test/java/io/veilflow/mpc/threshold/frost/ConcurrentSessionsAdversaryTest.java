package io.veilflow.mpc.threshold.frost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.threshold.Ciphersuite;
import io.veilflow.mpc.threshold.CurvePoint;
import io.veilflow.mpc.threshold.GroupKey;
import io.veilflow.mpc.threshold.GroupSignature;
import io.veilflow.mpc.threshold.KeyShare;
import io.veilflow.mpc.threshold.Scalar;
import io.veilflow.mpc.threshold.TestKeys;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * P1 opens 256 sessions with P0 at once, waits for all of P0's commitments, and chooses its own last: the polynomial attack on
 * the ROS problem (Benhamouda, Lepoint, Loss, Orru, Raykova, 2020/945), which forges one more signature than was signed
 * wherever nonces are not bound to the session. It does so from a variant of the signer that lives here only.
 */
class ConcurrentSessionsAdversaryTest {
    private static final int SESSIONS = 256;
    private static final byte[] NEVER_SIGNED =
            ByteBuffer.allocate(32).putInt(-1).array();

    private final SecureRandom random = TestKeys.seeded(111);
    private final List<KeyShare> shares = TestKeys.shares(111);
    private final GroupKey group = shares.get(0).group();
    private final CurvePoint key = group.publicPoint();
    private final Scalar weightOfP0 = Scalar.of(2);
    private final Scalar weightOfP1 = Scalar.of(1).negated();

    /** One session of P0, which has committed and answers once. */
    private interface Session {
        /** P0's part of R if P1 commits so. */
        CurvePoint honestNonce(NonceCommitment chosen);

        Scalar challenge(NonceCommitment chosen);

        Scalar answer(NonceCommitment chosen);
    }

    private static byte[] message(int session) {
        return ByteBuffer.allocate(32).putInt(session).array();
    }

    /** Our signer. */
    private final class Bound implements Session {
        private final SigningNonces nonces = SigningNonces.draw(Ciphersuite.EVM, shares.get(0), random);
        private final byte[] message;

        Bound(int session) {
            this.message = message(session);
        }

        private SigningPackage agreed(NonceCommitment chosen) {
            return new SigningPackage(
                    Ciphersuite.EVM, group, message, new CommitmentList(List.of(nonces.commitment(), chosen)));
        }

        @Override
        public CurvePoint honestNonce(NonceCommitment chosen) {
            Scalar factor = agreed(chosen).bindingFactor(PartyId.P0);
            return nonces.commitment()
                    .hiding()
                    .plus(nonces.commitment().binding().times(factor));
        }

        @Override
        public Scalar challenge(NonceCommitment chosen) {
            return agreed(chosen).challenge();
        }

        @Override
        public Scalar answer(NonceCommitment chosen) {
            return Scalar.decode(nonces.sign(agreed(chosen))).orElseThrow();
        }
    }

    /** A signer whose nonce does not depend on what the other commits to: R = D_0 + D_1. */
    private final class Unbound implements Session {
        private final Scalar nonce = Scalar.random(random);
        private final byte[] message;

        Unbound(int session) {
            this.message = message(session);
        }

        @Override
        public CurvePoint honestNonce(NonceCommitment chosen) {
            return CurvePoint.generatorTimes(nonce);
        }

        @Override
        public Scalar challenge(NonceCommitment chosen) {
            return Ciphersuite.EVM.challenge(honestNonce(chosen).plus(chosen.hiding()), key, message);
        }

        @Override
        public Scalar answer(NonceCommitment chosen) {
            Scalar secret = shares.get(0).exposeSecret();
            return nonce.plus(weightOfP0.times(challenge(chosen)).times(secret));
        }
    }

    private NonceCommitment chosen() {
        return new NonceCommitment(
                PartyId.P1,
                CurvePoint.generatorTimes(Scalar.random(random)),
                CurvePoint.generatorTimes(Scalar.random(random)));
    }

    /**
     * Two choices for every session give two challenges; coefficients 2^i/(c1 - c0) make the sum of the chosen ones any number that
     * has 256 bits, so also the challenge of a message that nobody signs.
     */
    private GroupSignature forge(IntFunction<Session> opened) {
        List<Session> sessions = new ArrayList<>();
        List<NonceCommitment[]> choices = new ArrayList<>();
        List<Scalar> coefficients = new ArrayList<>();
        CurvePoint sum = CurvePoint.INFINITY;
        Scalar offset = Scalar.of(0);
        Scalar power = Scalar.of(1);
        for (int k = 0; k < SESSIONS; k++) {
            Session session = opened.apply(k);
            NonceCommitment[] two = {chosen(), chosen()};
            Scalar zero = session.challenge(two[0]);
            Scalar coefficient =
                    power.times(session.challenge(two[1]).minus(zero).inverse());
            sum = sum.plus(session.honestNonce(two[0]).times(coefficient));
            offset = offset.plus(coefficient.times(zero));
            sessions.add(session);
            choices.add(two);
            coefficients.add(coefficient);
            power = power.plus(power);
        }
        Scalar own = Scalar.random(random);
        CurvePoint nonce = sum.plus(CurvePoint.generatorTimes(own));
        Scalar challenge = Ciphersuite.EVM.challenge(nonce, key, NEVER_SIGNED);
        BigInteger bits = new BigInteger(1, challenge.minus(offset).encoded());
        Scalar response =
                own.plus(weightOfP1.times(challenge).times(shares.get(1).exposeSecret()));
        for (int k = 0; k < SESSIONS; k++) {
            Scalar answer = sessions.get(k).answer(choices.get(k)[bits.testBit(k) ? 1 : 0]);
            response = response.plus(coefficients.get(k).times(answer));
        }
        return new GroupSignature(response.encoded(), nonce.address());
    }

    @Test
    @DisplayName(
            "G11: 256 concurrent sessions with a party that chooses last give it a forgery where nonces are not bound, and none here")
    void noForgery() {
        assertTrue(forge(Unbound::new).verifies(group.point(), NEVER_SIGNED), "the attack works where it can");
        assertFalse(forge(Bound::new).verifies(group.point(), NEVER_SIGNED));
    }

    @Test
    @DisplayName(
            "G11: 200 concurrent sessions share no nonce, no binding factor and no challenge, and an answer fits its own session only")
    void nothingIsShared() {
        Set<CurvePoint> points = new HashSet<>();
        Set<String> numbers = new HashSet<>();
        List<SigningNonces> mine = new ArrayList<>();
        for (int k = 0; k < 200; k++) {
            mine.add(SigningNonces.draw(Ciphersuite.EVM, shares.get(0), random));
        }
        NonceCommitment sameForAll = chosen();
        SigningPackage before = null;
        for (int k = 0; k < mine.size(); k++) {
            NonceCommitment commitment = mine.get(k).commitment();
            points.add(commitment.hiding());
            points.add(commitment.binding());
            SigningPackage agreed = new SigningPackage(
                    Ciphersuite.EVM, group, message(k), new CommitmentList(List.of(commitment, sameForAll)));
            points.add(agreed.nonce());
            numbers.add(new BigInteger(1, agreed.bindingFactor(PartyId.P0).encoded()).toString());
            numbers.add(new BigInteger(1, agreed.bindingFactor(PartyId.P1).encoded()).toString());
            numbers.add(new BigInteger(1, agreed.challenge().encoded()).toString());
            Scalar answer = Scalar.decode(mine.get(k).sign(agreed)).orElseThrow();
            assertTrue(agreed.accepts(PartyId.P0, answer));
            assertFalse(before != null && before.accepts(PartyId.P0, answer));
            before = agreed;
        }
        assertEquals(3 * mine.size(), points.size());
        assertEquals(3 * mine.size(), numbers.size());
    }
}

package io.veilflow.mpc.threshold.ecdsa;

import io.veilflow.mpc.field.NotCanonicalException;
import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.field.Zq;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.randomness.PrssContext;
import io.veilflow.mpc.replicated.ContextHash;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.session.ProtocolAbortException.Reason;
import io.veilflow.mpc.threshold.CurvePoint;
import io.veilflow.mpc.threshold.Scalar;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Every party deals one random scalar for each of the three components, publicly as a point and privately to the two holders
 * of the component; afterwards both holders of component j have the sum of what was dealt for it, and all three have its point.
 *
 * <p>Rounds: (1) hash of the own points and a nonce, (2) points and nonce, which must be those of the hash, (3) hash of all that was said, which
 * must be the same at all three, (4) the scalars, which must be those of the points. Points are chosen before any other's are seen, so that nobody can choose the sum.
 *
 * <p>Security: one of three, malicious, with abort. No proof of possession is needed: every component has an honest holder,
 * who gets the dealer's scalar itself. A party can still stop a dealing whose sum it dislikes, in sight of all.
 */
final class ComponentDealing {
    /** What the three scalars of one dealer add up to. */
    enum Total {
        /** Anything: a new key. */
        ANY,
        /** Zero: new components of a key that stays. */
        ZERO
    }

    /**
     * What a party has afterwards. Holds secrets.
     *
     * @param own sum of what was dealt for component i, one element
     * @param next the same for component i+1
     * @param points sums by component
     * @param transcript hash of all that was said in public
     */
    record Dealt(long[] own, long[] next, List<CurvePoint> points, byte[] transcript) {
        void wipe() {
            Arrays.fill(own, 0);
            Arrays.fill(next, 0);
        }

        @Override
        public String toString() {
            return "Dealt";
        }
    }

    private static final int PARTIES = PartyId.values().length;
    private static final int NONCE_BYTES = 32;
    private static final int POINTS_BYTES = PARTIES * CurvePoint.BYTES;

    /** More than 32, so that the remainder is as good as uniform. */
    private static final int DRAWN_BYTES = 48;

    private final Operation operation;
    private final Broadcast broadcast;

    ComponentDealing(Operation operation) {
        this.operation = operation;
        this.broadcast = new Broadcast(operation);
    }

    /**
     * @param subject what is dealt for, the same at all three
     * @throws ProtocolAbortException HOLDERS_DISAGREE if the three were told different things; NOT_CANONICAL and CONTRADICTION, naming the
     *     dealer; nobody has anything then
     */
    Dealt deal(byte[] subject, Total total, SecureRandom random) {
        long[] scalars = drawn(total, random);
        try {
            return deal(subject, total, scalars, random);
        } finally {
            Arrays.fill(scalars, 0);
        }
    }

    private Dealt deal(byte[] subject, Total total, long[] scalars, SecureRandom random) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] mine = revealed(scalars, nonce);
        byte[][] commitments = broadcast.exchange("commit", commitment(operation.self(), mine));
        byte[][] reveals = broadcast.exchange("reveal", mine);
        List<List<CurvePoint>> points = new ArrayList<>();
        for (PartyId dealer : PartyId.values()) {
            requireFrom(
                    dealer,
                    MessageDigest.isEqual(commitment(dealer, reveals[dealer.index()]), commitments[dealer.index()]),
                    "reveal");
            points.add(decoded(dealer, total, reveals[dealer.index()]));
        }
        broadcast.agree("view", Reason.HOLDERS_DISAGREE, said(subject, commitments, reveals));
        byte[][] shares = exchangeShares(scalars);
        byte[] transcript = ContextHash.of(
                operation, "veilflow/account/transcript/1", operation.epoch(), said(subject, commitments, reveals));
        return summed(points, shares, transcript);
    }

    /** Three elements, none of them zero. */
    private static long[] drawn(Total total, SecureRandom random) {
        while (true) {
            long[] out = new long[PARTIES * Zq.WORDS];
            byte[] bytes = new byte[DRAWN_BYTES];
            for (int component = 0; component < PARTIES; component++) {
                random.nextBytes(bytes);
                System.arraycopy(Zq.reduceBigEndian(bytes), 0, out, component * Zq.WORDS, Zq.WORDS);
            }
            Arrays.fill(bytes, (byte) 0);
            int last = (PARTIES - 1) * Zq.WORDS;
            if (total == Total.ZERO) {
                Zq.add(out, 0, out, Zq.WORDS, out, last);
                Zq.negate(out, last, out, last);
            }
            if (!Zq.isZero(out, 0) && !Zq.isZero(out, Zq.WORDS) && !Zq.isZero(out, last)) {
                return out;
            }
        }
    }

    private static byte[] revealed(long[] scalars, byte[] nonce) {
        byte[] out = new byte[POINTS_BYTES + NONCE_BYTES];
        for (int component = 0; component < PARTIES; component++) {
            byte[] scalar = component(scalars, component);
            System.arraycopy(multiple(scalar).encoded(), 0, out, component * CurvePoint.BYTES, CurvePoint.BYTES);
            Arrays.fill(scalar, (byte) 0);
        }
        System.arraycopy(nonce, 0, out, POINTS_BYTES, NONCE_BYTES);
        return out;
    }

    private static byte[] component(long[] scalars, int component) {
        return PrimeField.ZQ.encode(Arrays.copyOfRange(scalars, component * Zq.WORDS, (component + 1) * Zq.WORDS));
    }

    static CurvePoint multiple(byte[] secret) {
        try (Scalar scalar = Scalar.decode(secret).orElseThrow()) {
            return CurvePoint.generatorTimesSecret(scalar);
        }
    }

    private byte[] commitment(PartyId dealer, byte[] revealed) {
        return ContextHash.of(
                operation,
                "veilflow/account/commit/1",
                operation.epoch(),
                new byte[] {(byte) dealer.index()},
                revealed);
    }

    private static byte[] said(byte[] subject, byte[][] commitments, byte[][] reveals) {
        return PrssContext.encode(
                subject, commitments[0], commitments[1], commitments[2], reveals[0], reveals[1], reveals[2]);
    }

    private List<CurvePoint> decoded(PartyId dealer, Total total, byte[] revealed) {
        List<CurvePoint> out = new ArrayList<>();
        CurvePoint sum = CurvePoint.INFINITY;
        for (int at = 0; at < POINTS_BYTES; at += CurvePoint.BYTES) {
            CurvePoint point = CurvePoint.decode(Arrays.copyOfRange(revealed, at, at + CurvePoint.BYTES))
                    .orElseThrow(() ->
                            new ProtocolAbortException(Reason.NOT_CANONICAL, dealer, operation.path() + "/reveal"));
            out.add(point);
            sum = sum.plus(point);
        }
        requireFrom(dealer, total == Total.ANY || sum.isInfinity(), "reveal");
        return out;
    }

    private void requireFrom(PartyId dealer, boolean holds, String label) {
        if (!holds) {
            throw new ProtocolAbortException(Reason.CONTRADICTION, dealer, operation.path() + "/" + label);
        }
    }

    /** Each peer gets its own component and its next; by dealer, the components of this party. */
    private byte[][] exchangeShares(long[] scalars) {
        PartyId self = operation.self();
        byte[][] out = new byte[PARTIES][];
        for (PartyId peer : new PartyId[] {self.next(), self.previous()}) {
            operation.send(peer, "share", sharesOf(peer, scalars));
        }
        out[self.index()] = sharesOf(self, scalars);
        for (PartyId peer : new PartyId[] {self.next(), self.previous()}) {
            out[peer.index()] = operation.receive(peer, "share", AccountKeyShare.BYTES);
        }
        return out;
    }

    private static byte[] sharesOf(PartyId holder, long[] scalars) {
        byte[] own = component(scalars, holder.index());
        byte[] next = component(scalars, holder.next().index());
        byte[] out = Arrays.copyOf(own, AccountKeyShare.BYTES);
        System.arraycopy(next, 0, out, own.length, next.length);
        Arrays.fill(own, (byte) 0);
        Arrays.fill(next, (byte) 0);
        return out;
    }

    private Dealt summed(List<List<CurvePoint>> points, byte[][] shares, byte[] transcript) {
        long[] own = new long[Zq.WORDS];
        long[] next = new long[Zq.WORDS];
        PartyId self = operation.self();
        for (PartyId dealer : PartyId.values()) {
            long[] both = read(dealer, shares[dealer.index()]);
            Arrays.fill(shares[dealer.index()], (byte) 0);
            for (int k = 0; k < 2; k++) {
                byte[] scalar = component(both, k);
                int component = (self.index() + k) % PARTIES;
                CurvePoint expected = points.get(dealer.index()).get(component);
                requireFrom(dealer, multiple(scalar).equals(expected), "share");
                Arrays.fill(scalar, (byte) 0);
            }
            Zq.add(own, 0, both, 0, own, 0);
            Zq.add(next, 0, both, Zq.WORDS, next, 0);
            Arrays.fill(both, 0);
        }
        List<CurvePoint> sums = new ArrayList<>();
        for (int component = 0; component < PARTIES; component++) {
            CurvePoint sum = CurvePoint.INFINITY;
            for (List<CurvePoint> dealt : points) {
                sum = sum.plus(dealt.get(component));
            }
            sums.add(sum);
        }
        return new Dealt(own, next, List.copyOf(sums), transcript);
    }

    private long[] read(PartyId dealer, byte[] share) {
        try {
            return PrimeField.ZQ.decode(share);
        } catch (NotCanonicalException e) {
            throw new ProtocolAbortException(Reason.NOT_CANONICAL, dealer, operation.path() + "/share");
        }
    }
}

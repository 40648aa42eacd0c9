package io.veilflow.mpc.threshold.keygen;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.randomness.PrssContext;
import io.veilflow.mpc.replicated.ContextHash;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.session.ProtocolAbortException.Reason;
import io.veilflow.mpc.threshold.CurvePoint;
import io.veilflow.mpc.threshold.Scalar;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Some of the three deal one polynomial each, and every party ends with the sum of its parts (Feldman with proofs of possession,
 * PROTOCOLS 9).
 *
 * <pre>
 * 1  hash       dealers to all   hash of A_0, A_1, R
 * 2  echo       all to all       hash of all hashes: everybody has read the same
 * 3  announce   dealers to all   A_0, A_1, R, mu; checked against the hash, the proof and what the dealer has to deal
 * 4  part       dealers to each  f(index + 1); checked against A_0 and A_1
 * 5  verdict    all to all       whom I complain about, and the hash of everything public
 * </pre>
 *
 * <p><b>Security.</b> One corrupted party of any behaviour, which speaks last in every round. What it deals is fixed by its hash before it
 * sees what the others deal, so it cannot steer the sum (Gennaro, Jarecki, Krawczyk, Rabin on Feldman's bias); it can only stop the protocol. The proofs
 * keep it from dealing what it does not know, such as the negative of another's constant. Nobody ends before all three have said
 * that they hold a part that fits.
 *
 * <p><b>Deviation.</b> PROTOCOLS announces at once and exchanges hashes of what was received afterwards. Here the hashes go first and
 * they are what is echoed: an announcement that fits an agreed hash is the same for all, for R and A_0 leave one mu.
 *
 * <p><b>Cost.</b> 5 rounds; a dealer sends 520 bytes, in 2 messages a round at most. <b>Failure.</b> {@link ProtocolAbortException}, which
 * accuses a party with NOT_CANONICAL or CONTRADICTION where its own words refute it; CHECK_FAILED if the three did not read the same, or
 * one complains about another. The parts are wiped.
 */
final class Dealing {
    private static final int HASH_BYTES = ContextHash.BYTES;
    private static final int SATISFIED = 0;

    private final Operation operation;
    private final String attempt;
    private final byte[] statement;
    private final Map<PartyId, Optional<CurvePoint>> dealers;
    private final PartyId self;
    private final Map<PartyId, byte[]> hashes = new EnumMap<>(PartyId.class);
    private final Map<PartyId, Announcement> announcements = new EnumMap<>(PartyId.class);

    /**
     * @param attempt of this operation, from 1
     * @param statement what this is about, the same at all three
     * @param dealers and what the constant of each must be, where that is known
     */
    Dealing(Operation operation, int attempt, byte[] statement, Map<PartyId, Optional<CurvePoint>> dealers) {
        this.operation = operation;
        this.attempt = attempt + "/";
        this.statement = statement;
        this.dealers = new EnumMap<>(dealers);
        this.self = operation.self();
    }

    /** At a dealer. */
    Dealt deal(Polynomial mine, SecureRandom random) {
        try (Scalar proofSecret = Scalar.random(random)) {
            PolynomialCommitment commitment = mine.commitment();
            CurvePoint proofNonce = CurvePoint.generatorTimesSecret(proofSecret);
            hashes.put(self, hash(self, Announcement.points(commitment, proofNonce)));
            sendToBoth("hash", hashes.get(self));
            byte[] context = agreeOnHashes();
            ProofOfPossession proof = ProofOfPossession.of(
                    self, mine.constant(), commitment.constant(), proofSecret, proofNonce, context);
            announcements.put(self, new Announcement(commitment, proof));
            sendToBoth("announce", announcements.get(self).encoded());
            readAnnouncements(context);
        }
        for (PartyId peer : peers()) {
            try (Scalar part = mine.valueAt(peer)) {
                operation.send(peer, attempt + "part", part.encoded());
            }
        }
        return collect(mine.valueAt(self));
    }

    /** At a party that is dealt to only. */
    Dealt receive() {
        readAnnouncements(agreeOnHashes());
        return collect(Scalar.of(0));
    }

    /** Rounds 1 and 2. */
    private byte[] agreeOnHashes() {
        for (PartyId dealer : otherDealers()) {
            hashes.put(dealer, receive(dealer, "hash", HASH_BYTES));
        }
        byte[] context = ContextHash.of(
                operation,
                "veilflow/dealing-echo/1",
                statement,
                PrssContext.encode(hashes.values().toArray(byte[][]::new)));
        sendToBoth("echo", context);
        for (PartyId peer : peers()) {
            require(same(receive(peer, "echo", HASH_BYTES), context), Reason.CHECK_FAILED, peer, "echo");
        }
        return context;
    }

    /** Round 3, at the reader. */
    private void readAnnouncements(byte[] context) {
        for (PartyId dealer : otherDealers()) {
            byte[] bytes = receive(dealer, "announce", Announcement.BYTES);
            Announcement read =
                    Announcement.decode(bytes).orElseThrow(() -> abort(Reason.NOT_CANONICAL, dealer, "announce"));
            CurvePoint constant = read.commitment().constant();
            boolean agrees = same(hash(dealer, read.points()), hashes.get(dealer))
                    && dealers.get(dealer).map(constant::equals).orElse(true)
                    && read.proof().shows(dealer, constant, context);
            require(agrees, Reason.CONTRADICTION, dealer, "announce");
            announcements.put(dealer, read);
        }
    }

    /** Round 4, at the receiver, and round 5. Whatever was dealt wrong, the others hear of it before this party ends. */
    private Dealt collect(Scalar own) {
        byte[] transcript = ContextHash.of(
                operation,
                "veilflow/dealing/1",
                statement,
                PrssContext.encode(announcements.values().stream()
                        .map(Announcement::encoded)
                        .toArray(byte[][]::new)));
        Scalar sum = own;
        boolean ended = false;
        try {
            for (PartyId dealer : otherDealers()) {
                sum = added(sum, part(dealer, transcript));
            }
            sendToBoth("verdict", verdict(SATISFIED, transcript));
            peers().forEach(peer -> readVerdict(peer, transcript));
            ended = true;
            return new Dealt(self, sum, sumOfCommitments(), transcript);
        } finally {
            if (!ended) {
                sum.close();
            }
        }
    }

    private Scalar part(PartyId dealer, byte[] transcript) {
        byte[] bytes = receive(dealer, "part", Scalar.BYTES);
        Optional<Scalar> part = Scalar.decode(bytes);
        Arrays.fill(bytes, (byte) 0);
        return part.filter(one -> fits(dealer, one)).orElseThrow(() -> {
            part.ifPresent(Scalar::close);
            sendToBoth("verdict", verdict(dealer.index() + 1, transcript));
            return abort(part.isEmpty() ? Reason.NOT_CANONICAL : Reason.CONTRADICTION, dealer, "part");
        });
    }

    private boolean fits(PartyId dealer, Scalar part) {
        return CurvePoint.generatorTimesSecret(part)
                .equals(announcements.get(dealer).commitment().valueAt(self));
    }

    private static Scalar added(Scalar sum, Scalar part) {
        try (sum;
                part) {
            return sum.plus(part);
        }
    }

    private PolynomialCommitment sumOfCommitments() {
        return announcements.values().stream()
                .map(Announcement::commitment)
                .reduce(PolynomialCommitment.ZERO, PolynomialCommitment::plus);
    }

    private static byte[] verdict(int complaint, byte[] transcript) {
        return ByteBuffer.allocate(1 + HASH_BYTES)
                .put((byte) complaint)
                .put(transcript)
                .array();
    }

    /** Who complains about this party lies, for what it dealt was right; of the two others either may. */
    private void readVerdict(PartyId peer, byte[] transcript) {
        byte[] verdict = receive(peer, "verdict", 1 + HASH_BYTES);
        int complaint = verdict[0];
        require(complaint != self.index() + 1, Reason.CONTRADICTION, peer, "complaint about " + self);
        require(complaint == SATISFIED, Reason.CHECK_FAILED, peer, "complaint");
        require(same(Arrays.copyOfRange(verdict, 1, verdict.length), transcript), Reason.CHECK_FAILED, peer, "verdict");
    }

    private byte[] hash(PartyId dealer, byte[] points) {
        return ContextHash.of(
                operation,
                "veilflow/dealing-hash/1",
                operation.epoch(),
                statement,
                new byte[] {(byte) dealer.index()},
                points);
    }

    private List<PartyId> peers() {
        return List.of(self.next(), self.previous());
    }

    private List<PartyId> otherDealers() {
        return dealers.keySet().stream().filter(dealer -> dealer != self).toList();
    }

    private void sendToBoth(String label, byte[] payload) {
        peers().forEach(peer -> operation.send(peer, attempt + label, payload.clone()));
    }

    private byte[] receive(PartyId from, String label, int length) {
        return operation.receive(from, attempt + label, length);
    }

    private static boolean same(byte[] one, byte[] other) {
        return MessageDigest.isEqual(one, other);
    }

    private void require(boolean holds, Reason reason, PartyId peer, String what) {
        if (!holds) {
            throw abort(reason, peer, what);
        }
    }

    private ProtocolAbortException abort(Reason reason, PartyId peer, String what) {
        return new ProtocolAbortException(reason, peer, operation.path() + "/" + attempt + what);
    }
}

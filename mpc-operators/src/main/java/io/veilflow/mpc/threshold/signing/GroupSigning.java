package io.veilflow.mpc.threshold.signing;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.threshold.Ciphersuite;
import io.veilflow.mpc.threshold.GroupSignature;
import io.veilflow.mpc.threshold.KeyShare;
import io.veilflow.mpc.threshold.frost.SigningNonces;
import io.veilflow.mpc.threshold.frost.SigningPackage;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One party's part in signing one message, which its own engine has verified: posts, reads, signs with either peer, combines the
 * shares of any pair, its own or not. One object for each message; a restarted party makes a new one. Thread-safe.
 *
 * <p><b>Protocol.</b> FROST (Komlo, Goldberg, 2020/852; RFC 9591) with the EVM suite, between each two of the three at the same time, so
 * that a silent or cheating party stops its own two pairs only (in place of ROAST's retries, 2022/550). A pair goes by attempts 1 to
 * {@value #ATTEMPTS}:
 *
 * <pre>
 * commit  D, E for an attempt: the first, a higher one that the peer has posted, or the next if this party's nonces are gone
 * sign    once both have committed to the attempt and neither to a later one: z
 * combine whoever has both z checks each, adds them, verifies
 * </pre>
 *
 * <p><b>Security.</b> One corrupted party, static; what it posts is known to be its own. Nonces are in memory only, drawn for this
 * message, key generation, pair and attempt, and serve once. A share is given only if the first commitments on the board for the
 * attempt are those whose nonces are in memory, and no share of this party stands there yet: so neither a restart nor a second process
 * with a copy of the key file answers twice. Not covered: a copy of a running party's memory that is resumed twice.
 *
 * <p><b>Cost.</b> Two postings of commitments and shares in an honest run; no waiting for a third. <b>Failure.</b> None by exception, save
 * what the bulletin throws: without a willing peer there is no signature. A share that its own commitments refute names its
 * poster, and with it this party signs no more.
 */
public final class GroupSigning implements AutoCloseable {
    /** Of one pair at one message: each restart of either costs one. */
    public static final int ATTEMPTS = 16;

    /** Nonces that were posted. */
    private record Committed(int attempt, SigningNonces nonces) {}

    private final KeyShare share;
    private final PartyId self;
    private final byte[] message;
    private final SigningBulletin bulletin;
    private final SecureRandom random;
    private final SigningReading reading;
    private final Map<PartyId, Committed> committed = new EnumMap<>(PartyId.class);
    private boolean closed;

    /**
     * @param share not closed by this
     * @param message 32 bytes
     * @param bulletin of this message
     */
    public GroupSigning(KeyShare share, byte[] message, SigningBulletin bulletin, SecureRandom random) {
        if (message.length != GroupSignature.MESSAGE_BYTES) {
            throw new IllegalArgumentException("a message to be signed has 32 bytes, not " + message.length);
        }
        this.share = share;
        this.self = share.holder();
        this.message = message.clone();
        this.bulletin = bulletin;
        this.random = random;
        this.reading = new SigningReading(share.group(), message);
    }

    /**
     * Reads what is new and posts what is due. Never waits; to be called until there is a signature or nobody wants one any more.
     *
     * @return the signature, verified, as soon as the shares of a pair are there; the same from then on
     */
    public synchronized Optional<GroupSignature> step() {
        if (closed) {
            throw new IllegalStateException("this signing has ended");
        }
        read();
        if (reading.signature().isEmpty()) {
            commit();
            read();
            give();
            read();
        }
        if (reading.signature().isPresent()) {
            wipe();
        }
        return reading.signature();
    }

    /** Who has posted a share that its own commitments refute. */
    public synchronized Set<PartyId> culprits() {
        return reading.culprits();
    }

    private void read() {
        for (PartyId party : PartyId.values()) {
            reading.read(bulletin, party);
        }
    }

    /** Fresh nonces for every pair that needs some, in one posting. They count only once they are posted. */
    private void commit() {
        Map<PartyId, Committed> fresh = new EnumMap<>(PartyId.class);
        List<NonceCommitments.Pair> pairs = new ArrayList<>();
        for (PartyId peer : new PartyId[] {self.next(), self.previous()}) {
            int attempt = dueAttempt(peer);
            if (attempt > 0) {
                SigningNonces nonces = SigningNonces.draw(Ciphersuite.EVM, share, random);
                fresh.put(peer, new Committed(attempt, nonces));
                pairs.add(new NonceCommitments.Pair(
                        peer,
                        attempt,
                        nonces.commitment().hiding().encoded(),
                        nonces.commitment().binding().encoded()));
            }
        }
        if (pairs.isEmpty()) {
            return;
        }
        boolean posted = false;
        try {
            bulletin.post(new NonceCommitments(message.clone(), share.group().generation(), pairs));
            posted = true;
        } finally {
            fresh.forEach(posted ? this::replace : (peer, unposted) -> unposted.nonces.close());
        }
    }

    private void replace(PartyId peer, Committed fresh) {
        Committed before = committed.put(peer, fresh);
        if (before != null) {
            before.nonces.close();
        }
    }

    /** The attempt that this party has to commit to, 0 for none. */
    private int dueAttempt(PartyId peer) {
        int read = reading.latestAttempt(self, peer);
        Committed held = committed.get(peer);
        // a long log is read in pieces: what was posted just now may stand behind what is read so far
        boolean unread = held != null && held.attempt > read && held.nonces.areFresh();
        int mine = unread ? held.attempt : read;
        int theirs = reading.latestAttempt(peer, self);
        boolean stands = unread || mine > 0 && (isReady(peer, mine) || reading.hasShare(self, peer, mine));
        int due = theirs > mine ? theirs : stands ? 0 : mine + 1;
        return due > ATTEMPTS || reading.culprits().contains(peer) ? 0 : due;
    }

    /** Whether the nonces of what stands on the board are in memory and fresh. */
    private boolean isReady(PartyId peer, int attempt) {
        Committed mine = committed.get(peer);
        return mine != null
                && mine.attempt == attempt
                && mine.nonces.areFresh()
                && reading.commitment(self, peer, attempt)
                        .filter(mine.nonces.commitment()::equals)
                        .isPresent();
    }

    private void give() {
        for (PartyId peer : new PartyId[] {self.next(), self.previous()}) {
            int attempt = reading.latestAttempt(self, peer);
            if (attempt == reading.latestAttempt(peer, self)
                    && isReady(peer, attempt)
                    && !reading.hasShare(self, peer, attempt)
                    && !reading.culprits().contains(peer)) {
                reading.agreed(self, peer, attempt).ifPresent(agreed -> give(peer, attempt, agreed));
            }
        }
    }

    private void give(PartyId peer, int attempt, SigningPackage agreed) {
        byte[] z = committed.get(peer).nonces.sign(agreed);
        bulletin.post(new SignatureShare(
                message.clone(), share.group().generation(), peer, attempt, agreed.commitmentsHash(), z));
    }

    private void wipe() {
        committed.values().forEach(one -> one.nonces.close());
        committed.clear();
    }

    /** Wipes the nonces. */
    @Override
    public synchronized void close() {
        closed = true;
        wipe();
    }

    @Override
    public String toString() {
        return "GroupSigning[" + share + "]";
    }
}

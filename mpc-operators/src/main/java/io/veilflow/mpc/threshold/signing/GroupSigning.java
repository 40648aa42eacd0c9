package io.veilflow.mpc.threshold.signing;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.threshold.GroupSignature;
import io.veilflow.mpc.threshold.KeyShare;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;

/**
 * One party's part in signing one message, which its own engine has verified: posts, reads, signs with either peer, combines the
 * shares of any pair, its own or not. One object for each message; a restarted party makes a new one. Not thread-safe.
 */
public final class GroupSigning implements AutoCloseable {
    /** Of one pair at one message. */
    public static final int ATTEMPTS = 16;

    private final KeyShare share;

    /**
     * @param share not closed by this
     * @param message 32 bytes
     * @param bulletin of this message
     */
    public GroupSigning(KeyShare share, byte[] message, SigningBulletin bulletin, SecureRandom random) {
        this.share = share;
    }

    /**
     * Reads what is new and posts what is due. Never waits; to be called until there is a signature or nobody wants one any more.
     *
     * @return the signature, verified, as soon as the shares of a pair are there; the same from then on
     */
    public Optional<GroupSignature> step() {
        throw new UnsupportedOperationException(share.toString());
    }

    /** Who has posted a share that does not match its own commitments. */
    public Set<PartyId> culprits() {
        throw new UnsupportedOperationException(share.toString());
    }

    /** Wipes the nonces. */
    @Override
    public void close() {
        throw new UnsupportedOperationException(share.toString());
    }
}

package io.veilflow.pipeline.sign;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.threshold.GroupSignature;
import io.veilflow.mpc.threshold.KeyShare;
import io.veilflow.pipeline.board.BoardWriter;
import io.veilflow.pipeline.key.KeyPurpose;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * This party's share of one group key, with which it takes part in signatures over the board. It signs statements of its key's purpose
 * and nothing else (THREATS G6); that a statement is right is for whoever begins: the party's engine, or its operators. Thread-safe.
 */
public final class GroupSigner {
    private final KeyPurpose purpose;
    private final KeyShare share;
    private final SigningBoard board;
    private final BoardWriter own;
    private final BiConsumer<PartyId, GroupStatement> wrongShare;
    private final SecureRandom random;

    /**
     * @param share stays the caller's
     * @param own this party's log
     * @param wrongShare is told who has posted a share of a signature that does not match its own commitments: each party and
     *     statement once, as soon as that is seen
     */
    public GroupSigner(
            KeyPurpose purpose,
            KeyShare share,
            SigningBoard board,
            BoardWriter own,
            BiConsumer<PartyId, GroupStatement> wrongShare,
            SecureRandom random) {
        this.purpose = purpose;
        this.share = share;
        this.board = board;
        this.own = own;
        this.wrongShare = wrongShare;
        this.random = random;
    }

    /** The key, 33 bytes, compressed. */
    public byte[] groupPoint() {
        return share.group().point();
    }

    /** The group's signature under a statement, if it stands on the board already. */
    public Optional<GroupSignature> signature(GroupStatement statement) {
        return board.signature(groupPoint(), ByteString.copyFrom(statement.digest()));
    }

    /**
     * Begins to sign.
     *
     * @throws IllegalArgumentException if the statement is another key's
     */
    public SigningRun begin(GroupStatement statement) {
        if (statement.key() != purpose) {
            throw new IllegalArgumentException("the " + purpose + " key signs no " + statement.title()
                    + ": that is the " + statement.key() + " key's");
        }
        return new SigningRun(statement, share, board, own, wrongShare, random);
    }

    @Override
    public String toString() {
        return "GroupSigner[" + purpose + ", " + share.group() + "]";
    }
}

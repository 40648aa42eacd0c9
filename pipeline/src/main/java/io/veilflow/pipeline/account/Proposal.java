package io.veilflow.pipeline.account;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.board.BoardEntry;
import io.veilflow.pipeline.post.PostEvidence;
import io.veilflow.pipeline.wire.AccountProposal;

/**
 * A transaction that a party would have the three sign, as it stands in that party's log.
 *
 * @param index of the record: it is there once, and a log loses nothing, so proposer and index name a session that no other has ever been
 * @param hash of the record, 32 bytes: parties to whom a board shows different records come to no common session
 */
record Proposal(PartyId proposer, long index, ByteString hash, AccountProposal content) {
    /** More than any post. */
    static final int TRANSACTION_BYTES_MAX = 1 << 16;

    static Proposal of(PartyId proposer, BoardEntry entry, AccountProposal content) {
        return new Proposal(proposer, entry.index(), entry.recordHash(), content);
    }

    ByteString statement() {
        return content.getStatement();
    }

    PostEvidence evidence() {
        return new PostEvidence(content.getSignature(), content.getProof());
    }

    long sessionId() {
        return PartyId.values().length * index + proposer.index();
    }

    @Override
    public String toString() {
        return "proposal " + index + " of " + proposer;
    }
}

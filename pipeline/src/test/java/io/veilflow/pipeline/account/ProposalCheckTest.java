package io.veilflow.pipeline.account;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.post.GroupTransaction;
import io.veilflow.pipeline.post.GroupTransactionPolicy.Refusal;
import io.veilflow.pipeline.post.SamplePosts;
import io.veilflow.pipeline.sign.SampleGroup;
import io.veilflow.pipeline.wire.AccountProposal;
import java.math.BigInteger;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a party agrees to have the group's account pay for. */
class ProposalCheckTest {
    private static final AccountProposal GOOD = SampleProposals.proposal(4);
    private static final GroupTransaction RIGHT =
            SamplePosts.transaction(SampleProposals.signed(4), SampleProposals.NONCE, SampleProposals.GAS);

    private final StandingPosts posts = new StandingPosts();

    @BeforeEach
    void standsBehindTwoWindows() {
        posts.add(SampleProposals.own(4), proof -> false);
        posts.add(SampleProposals.own(5), proof -> false);
    }

    @Test
    @DisplayName(
            "a post of the own statement, under another pair's signature of the group, is agreed to until it is on the chain")
    void theOwnStatement() {
        assertRefused(Optional.empty(), GOOD);
        posts.remove(SampleProposals.own(4));
        assertRefused(Optional.of(Refusal.STATEMENT), GOOD);
    }

    @Test
    @DisplayName("G5: every lie is refused by its name")
    void everyLieIsRefusedByName() {
        GroupTransaction other =
                SamplePosts.transaction(SampleProposals.signed(5), SampleProposals.NONCE, SampleProposals.GAS);
        assertRefused(Refusal.STATEMENT, SampleProposals.proposal(6));
        assertRefused(
                Refusal.SIGNATURE,
                GOOD.toBuilder()
                        .setSignature(
                                SampleGroup.signature(SampleProposals.own(5).message()))
                        .build());
        assertRefused(
                Refusal.SIGNATURE,
                GOOD.toBuilder().setSignature(ByteString.copyFrom(new byte[51])).build());
        assertRefused(
                Refusal.PROOF,
                GOOD.toBuilder().setProof(ByteString.copyFrom(new byte[384])).build());
        assertRefused(
                Refusal.MALFORMED,
                GOOD.toBuilder()
                        .setTransaction(ByteString.copyFromUtf8("no transaction"))
                        .build());
        assertRefused(
                Refusal.MALFORMED,
                GOOD.toBuilder()
                        .setTransaction(ByteString.copyFrom(new byte[Proposal.TRANSACTION_BYTES_MAX + 1]))
                        .build());
        assertRefused(Refusal.CALL, SampleProposals.proposal(4, other));
        assertRefused(
                Refusal.CALL,
                SampleProposals.proposal(
                        4,
                        SamplePosts.transaction(SampleProposals.own(4), SampleProposals.NONCE, SampleProposals.GAS)));
        assertRefused(Refusal.CHAIN, SampleProposals.proposal(4, changed(1, RIGHT.to())));
        assertRefused(
                Refusal.CONTRACT,
                SampleProposals.proposal(
                        4, changed(SampleProposals.CHAIN, ByteString.copyFromUtf8("another 20 bytes ok!"))));
        assertRefused(Refusal.NONCE, SampleProposals.proposal(4, priced(SampleProposals.NONCE + 1, 0, 1)));
        assertRefused(Refusal.GAS, SampleProposals.proposal(4, priced(SampleProposals.NONCE, -1, 1)));
        assertRefused(
                Refusal.GAS, SampleProposals.proposal(4, priced(SampleProposals.NONCE, SampleProposals.GAS + 1, 1)));
        assertRefused(Refusal.FEE, SampleProposals.proposal(4, priced(SampleProposals.NONCE, 0, 11)));
    }

    private static GroupTransaction changed(long chain, ByteString to) {
        return new GroupTransaction(
                chain, RIGHT.nonce(), RIGHT.gasLimit(), to, RIGHT.call(), BigInteger.ONE, BigInteger.ONE);
    }

    private static GroupTransaction priced(long nonce, long moreGas, long most) {
        return SamplePosts.transaction(SampleProposals.signed(4), nonce, SampleProposals.GAS + moreGas, most);
    }

    private void assertRefused(Refusal expected, AccountProposal proposal) {
        assertRefused(Optional.of(expected), proposal);
    }

    private void assertRefused(Optional<Refusal> expected, AccountProposal proposal) {
        Proposal posted = new Proposal(PartyId.P0, 0, ByteString.EMPTY, proposal);
        assertEquals(expected, SampleProposals.check(posts).refusal(posted));
    }
}

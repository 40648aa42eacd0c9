package io.veilflow.pipeline.post;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.session.Profile;
import io.veilflow.mpc.testing.SharedAccount;
import io.veilflow.mpc.testing.ThreePartyWorld;
import io.veilflow.mpc.threshold.ecdsa.AccountSigner;
import io.veilflow.mpc.threshold.ecdsa.EcdsaSignature;
import io.veilflow.pipeline.post.SettlementException.Reason;
import java.math.BigInteger;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.methods.response.Transaction;

/** The group's account on a real node: it pays for a post that all three stand behind, and for nothing else. */
class GroupAccountITCase {
    private static final long SEED = 73;
    private static final BigInteger ETHER = BigInteger.TEN.pow(18);
    private static final ByteString RECOVER = Hex.bytes("0x0000000000000000000000000000000000000001");

    private final SharedAccount account = SharedAccount.seeded(SEED);
    private final ThreePartyWorld world = ThreePartyWorld.seeded(SEED).withProfile(Profile.M);
    private final List<Signed> signed = new ArrayList<>();

    private record Signed(GroupTransaction transaction, EcdsaSignature signature) {}

    /** The three in one process; the others hold the proposal against their own post. */
    private EcdsaSignature sign(GroupTransaction proposed, Post own, EthereumChain chain) {
        ByteString address = ByteString.copyFrom(account.key().address());
        if (chain.groupPolicy()
                .refusal(proposed, own, () -> chain.next(address, own))
                .isPresent()) {
            throw new SettlementException(Reason.NOT_SIGNED, "the group does not sign");
        }
        EcdsaSignature made = world.run(session -> {
                    try (AccountSigner signer = new AccountSigner(session, "account", account.share(session.self()))) {
                        signer.prepare(1);
                        return signer.sign(proposed.signingHash());
                    }
                })
                .get(0);
        signed.add(new Signed(proposed, made));
        return made;
    }

    @Test
    @DisplayName(
            "F13: without ether on the group's account the party's own pays; with it the group's post is recorded, and chain and precompile"
                    + " recover the account from the signature")
    void thePostOfTheGroup() {
        try (PostFixture fixture = new PostFixture();
                EthereumNode node = EthereumNode.connect(fixture.url())) {
            PosterOptions options = PosterOptions.of(0, PostFixture.DEADLINE);
            WindowPost early = fixture.post(0, 1);
            WindowPost agreed = fixture.post(1, 1);
            try (EthereumChain other = fixture.chain(1, options, List.of(fixture.url()))) {
                GroupSender poor = new GroupSender(account.key(), proposed -> sign(proposed, early, other));
                SettlementException empty = assertThrows(
                        SettlementException.class, () -> other.paidBy(poor).post(early));
                assertEquals(Reason.INSUFFICIENT_FUNDS, empty.reason());
                assertTrue(empty.getMessage().contains(Hex.text(poor.address())), empty.getMessage());
                new GroupPaidChain(other, poor, () -> true, PostFixture.DEADLINE, Clock.systemUTC()).post(early);
                PostReceipt paid = other.status(early).receipt().orElseThrow();
                assertEquals(PostFixture.account(1).address(), senderOf(node, paid));
                signed.clear();
                fund(node);
                GroupSender sender = new GroupSender(account.key(), proposed -> sign(proposed, agreed, other));
                EthereumChain chain = other.paidBy(sender);
                PostReceipt receipt = PostFixture.settle(chain, agreed);
                assertEquals(sender.address(), senderOf(node, receipt));
                assertEquals(1, signed.size());
                Signed one = signed.get(0);
                assertEquals(sender.address(), recovered(node, one));
                SettlementException refused =
                        assertThrows(SettlementException.class, () -> chain.post(fixture.post(2, 2)));
                assertEquals(Reason.NOT_SIGNED, refused.reason());
                assertEquals(1, signed.size());
                assertEquals(BigInteger.ONE, node.nonce(Hex.text(sender.address())));
            }
        }
    }

    private void fund(EthereumNode node) {
        AccountSender funded = AccountSender.through(node, PostFixture.account(3), PostFixture.DEADLINE);
        ByteString address = ByteString.copyFrom(account.key().address());
        assertTrue(funded.send(new TransactionCall(Optional.of(address), ETHER, "0x"))
                .isStatusOK());
    }

    private static ByteString senderOf(EthereumNode node, PostReceipt receipt) {
        Transaction transaction = node.ask(
                node.web3().ethGetTransactionByHash(Hex.text(receipt.transaction())),
                answer -> answer.getTransaction().orElseThrow());
        return Hex.bytes(transaction.getFrom());
    }

    /** By the chain's precompile, as contracts call it. */
    private static ByteString recovered(EthereumNode node, Signed signed) {
        EcdsaSignature signature = signed.signature();
        ByteString question = ByteString.copyFrom(signed.transaction().signingHash())
                .concat(Hex.number(BigInteger.valueOf(signature.v()), 32))
                .concat(ByteString.copyFrom(signature.r()))
                .concat(ByteString.copyFrom(signature.s()));
        String answer = node.call(null, RECOVER, Hex.text(question), DefaultBlockParameterName.LATEST);
        return Hex.bytes(answer).substring(12);
    }
}

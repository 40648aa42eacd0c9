package io.veilflow.pipeline.party;

import com.google.protobuf.ByteString;
import io.veilflow.contracts.testing.TestChain;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.PartyNetwork;
import io.veilflow.mpc.testing.SharedAccount;
import io.veilflow.pipeline.board.BoardEntry;
import io.veilflow.pipeline.board.BoardWriter;
import io.veilflow.pipeline.job.GroupKeys;
import io.veilflow.pipeline.job.PostingPolicy;
import io.veilflow.pipeline.post.EthereumChain;
import io.veilflow.pipeline.post.GroupTransactionPolicy.Refusal;
import io.veilflow.pipeline.sign.SampleGroup;
import io.veilflow.pipeline.wire.Payload;
import java.io.IOException;
import java.math.BigInteger;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The group's account in a {@link PartyWorld}, with a P2 that can be told how to treat it. */
final class PayingGroup {
    static final PostingPolicy POSTING = new PostingPolicy(0, 86_400, List.of(), PostingPolicy.Payer.GROUP);
    private static final BigInteger ETHER = BigInteger.TEN.pow(18);
    private static final int RICH = 4;

    /** What P2 does about the group's account. */
    enum Conduct {
        HONEST,
        /** Says no to every proposal. */
        REFUSES,
        /** Says nothing to any. */
        SILENT,
        /** Sends a message of its session that is too short. */
        CHEATS
    }

    private final SharedAccount account = SharedAccount.seeded(91);
    private final Set<PartyId> suspended = EnumSet.noneOf(PartyId.class);
    private volatile Conduct conduct = Conduct.HONEST;
    private TestChain chain;

    void fund(TestChain funded) {
        chain = funded;
        funded.send(RICH, address(), "0x", ETHER);
    }

    void conduct(Conduct next) {
        conduct = next;
    }

    String address() {
        return "0x" + HexFormat.of().formatHex(account.key().address());
    }

    GroupKeys keys() {
        GroupKeys sample = SampleGroup.keys();
        return new GroupKeys(
                sample.resultKey(),
                Optional.of(ByteString.copyFrom(account.key().point())),
                sample.signKey(),
                sample.signPurposes());
    }

    GroupAccount account(PartyId self, EthereumChain own) {
        return new GroupAccount(account.share(self), own, () -> {
            synchronized (suspended) {
                suspended.add(self);
            }
        });
    }

    /** Parties that have kept that a signature failed. */
    Set<PartyId> suspended() {
        synchronized (suspended) {
            return EnumSet.copyOf(suspended);
        }
    }

    /** Who paid for a transaction, as the chain shows it. */
    String senderOf(ByteString transaction) {
        String hash = "0x" + HexFormat.of().formatHex(transaction.toByteArray());
        try {
            return chain.web3()
                    .ethGetTransactionByHash(hash)
                    .send()
                    .getTransaction()
                    .orElseThrow()
                    .getFrom();
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    PartyNetwork network(PartyNetwork inner) {
        return inner.self() == PartyId.P2 ? new ShortNetwork(inner, () -> conduct == Conduct.CHEATS) : inner;
    }

    BoardWriter log(PartyId self, BoardWriter inner) {
        return self == PartyId.P2 ? new ConductedLog(inner) : inner;
    }

    private final class ConductedLog implements BoardWriter {
        private final BoardWriter inner;
        private BoardEntry last;

        private ConductedLog(BoardWriter inner) {
            this.inner = inner;
        }

        @Override
        public String name() {
            return inner.name();
        }

        /** The entry of the last record that really was appended: nobody looks at that of an answer. */
        @Override
        public synchronized BoardEntry append(Payload payload) {
            Payload said = payload;
            if (payload.hasAccountAnswer() && conduct == Conduct.SILENT) {
                return last;
            }
            if (payload.hasAccountAnswer() && conduct == Conduct.REFUSES) {
                Payload.Builder refusing = payload.toBuilder();
                refusing.getAccountAnswerBuilder().setRefusal(Refusal.FEE.code());
                said = refusing.build();
            }
            last = inner.append(said);
            return last;
        }

        @Override
        public void close() {
            inner.close();
        }
    }
}

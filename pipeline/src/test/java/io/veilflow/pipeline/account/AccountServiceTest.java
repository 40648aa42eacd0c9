package io.veilflow.pipeline.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.SessionContext;
import io.veilflow.mpc.testing.SharedAccount;
import io.veilflow.mpc.threshold.ecdsa.AccountKeyShare;
import io.veilflow.pipeline.board.BoardWriter;
import io.veilflow.pipeline.board.FileBoard;
import io.veilflow.pipeline.board.RecordSigner;
import io.veilflow.pipeline.board.RecordVerifier;
import io.veilflow.pipeline.board.SampleWriters;
import io.veilflow.pipeline.job.EnrolledParty;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.job.SampleJob;
import io.veilflow.pipeline.journal.FileJournal;
import io.veilflow.pipeline.journal.JournalKey;
import io.veilflow.pipeline.post.GroupTransaction;
import io.veilflow.pipeline.post.GroupTransactionPolicy.Refusal;
import io.veilflow.pipeline.post.SamplePosts;
import io.veilflow.pipeline.post.SettlementException;
import io.veilflow.pipeline.wire.AccountAnswer;
import io.veilflow.pipeline.wire.AccountProposal;
import io.veilflow.pipeline.wire.BoardRecord;
import io.veilflow.pipeline.wire.Payload;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** P1 among two others whose records a test writes; its sessions lose their links at once. */
class AccountServiceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final ByteString CONFIGURATION = ByteString.copyFrom(new byte[32]);

    @TempDir
    private Path folder;

    private final StandingPosts posts = new StandingPosts();
    private final Map<PartyId, BoardWriter> writers = new EnumMap<>(PartyId.class);
    private final LostNetwork network = new LostNetwork(PartyId.P1);
    private final AccountKeyShare share = SharedAccount.seeded(3).share(PartyId.P1);
    private FileBoard board;
    private FileJournal journal;
    private AccountService service;
    private volatile long nanos;

    @BeforeEach
    void start() {
        Map<String, ByteString> keys = new HashMap<>();
        board = FileBoard.create(folder.resolve("board"));
        for (PartyId party : PartyId.values()) {
            String name = EnrolledParty.writer(party);
            keys.put(name, SampleWriters.publicKey(name));
            writers.put(party, board.writer(new RecordSigner(CONFIGURATION, name, SampleWriters.key(name))));
        }
        journal = new FileJournal(
                folder.resolve("journal"), new byte[] {1}, new JournalKey(new byte[32], new SecureRandom()));
        posts.add(SampleProposals.own(4), proof -> false);
        service = new AccountService(
                PartyId.P1,
                new ProposalLogs(new RecordVerifier(CONFIGURATION, keys), board),
                posts,
                SampleProposals.check(posts),
                new AccountSession(
                        network, journal, new JobTerms(SampleJob.definition()), share, (session, abort, transcript) -> {
                            throw new AssertionError(abort);
                        }),
                writers.get(PartyId.P1),
                () -> nanos,
                PATIENCE);
    }

    @AfterEach
    void stop() {
        share.close();
        journal.close();
        board.close();
    }

    @Test
    @DisplayName("a party is bound to one proposal at a time, until its proposer has another or time is up")
    void oneAtATime() {
        propose(PartyId.P0, SampleProposals.proposal(4));
        service.step();
        propose(PartyId.P2, SampleProposals.proposal(4));
        service.step();
        propose(PartyId.P0, SampleProposals.proposal(4));
        service.step();
        nanos += PATIENCE.toNanos();
        service.step();
        propose(PartyId.P2, SampleProposals.proposal(4));
        service.step();
        assertEquals(List.of(0, Refusal.BUSY.code(), 0, 0), answers());
    }

    @Test
    @DisplayName(
            "a party that is slower than the proposer answers when its own engine has come so far, and refuses if it never does")
    void slowerThanTheProposer() {
        propose(PartyId.P0, SampleProposals.proposal(5));
        service.step();
        assertEquals(List.of(), answers());
        posts.add(SampleProposals.own(5), proof -> false);
        nanos += PATIENCE.toNanos() / 4;
        service.step();
        assertEquals(List.of(0), answers());
        propose(PartyId.P0, SampleProposals.proposal(6));
        service.step();
        nanos += PATIENCE.toNanos() / 2;
        service.step();
        assertEquals(List.of(0, Refusal.STATEMENT.code()), answers());
    }

    @Test
    @DisplayName("G5: for one post a proposer gets so many answers and no more")
    void notTooOften() {
        for (int k = 0; k < AskedTimes.MOST + 3; k++) {
            propose(PartyId.P0, SampleProposals.proposal(4));
            service.step();
        }
        assertEquals(AskedTimes.MOST, answers().size());
    }

    @Test
    @DisplayName("C8, D5: a session is journalled before it begins, once for a proposal; a lost link suspends nothing")
    void aLostLinkSuspendsNothing() {
        propose(PartyId.P0, SampleProposals.proposal(4));
        service.step();
        assertEquals(0, network.opened().size());
        answer(PartyId.P2, PartyId.P0, 0, 0);
        service.step();
        service.step();
        assertEquals(1, network.opened().size());
        SessionContext context = network.opened().get(0);
        assertEquals(SessionContext.Kind.ACCOUNT, context.kind());
        assertEquals(0, context.id());
        assertTrue(!share.isSuspended());
        propose(PartyId.P0, SampleProposals.proposal(4));
        service.step();
        assertEquals(List.of(0, 0), answers());
    }

    @Test
    @DisplayName("A20: records that differ in anything are proposals of sessions that differ")
    void differentRecords() {
        GroupTransaction dearer =
                SamplePosts.transaction(SampleProposals.signed(4), SampleProposals.NONCE, SampleProposals.GAS, 2);
        List<AccountProposal> both = List.of(SampleProposals.proposal(4), SampleProposals.proposal(4, dearer));
        for (int k = 0; k < both.size(); k++) {
            propose(PartyId.P0, both.get(k));
            service.step();
            answer(PartyId.P2, PartyId.P0, k, 0);
            service.step();
        }
        assertEquals(2, network.opened().size());
        assertNotEquals(
                ByteString.copyFrom(network.opened().get(0).manifestRoot()),
                ByteString.copyFrom(network.opened().get(1).manifestRoot()));
    }

    @Test
    @DisplayName(
            "who proposes hears at once that somebody refuses, or after its patience that somebody is silent; and leaves a session"
                    + " that begins too late")
    void refusedAndSilent() {
        CompletableFuture<Void> refused = sign();
        answer(PartyId.P0, PartyId.P1, 0, Refusal.FEE.code());
        assertTrue(stepUntil(refused).contains("is refused by P0"));
        CompletableFuture<Void> silent = sign();
        answer(PartyId.P0, PartyId.P1, 1, 0);
        assertTrue(stepUntil(silent).contains("not all have answered"));
        assertEquals(List.of(), network.opened());
        answer(PartyId.P2, PartyId.P1, 1, 0);
        service.step();
        assertEquals(1, network.opened().size());
        share.suspend();
        SettlementException suspended = assertThrows(
                SettlementException.class,
                () -> service.sign(
                        SamplePosts.transaction(SampleProposals.own(4), SampleProposals.NONCE, SampleProposals.GAS)));
        assertEquals(SettlementException.Reason.NOT_SIGNED, suspended.reason());
    }

    /** Returns when the proposal is on the board. */
    private CompletableFuture<Void> sign() {
        long before = board.size("party-1");
        CompletableFuture<Void> signing = CompletableFuture.runAsync(() -> service.sign(
                SamplePosts.transaction(SampleProposals.own(4), SampleProposals.NONCE, SampleProposals.GAS)));
        while (board.size("party-1") == before) {
            Thread.onSpinWait();
        }
        return signing;
    }

    /** Why it was not signed. */
    private String stepUntil(CompletableFuture<Void> signing) {
        while (!signing.isDone()) {
            service.step();
            Thread.onSpinWait();
        }
        return assertThrows(CompletionException.class, signing::join).getCause().getMessage();
    }

    private void propose(PartyId proposer, AccountProposal proposal) {
        writers.get(proposer)
                .append(Payload.newBuilder().setAccountProposal(proposal).build());
    }

    private void answer(PartyId by, PartyId proposer, long record, int refusal) {
        AccountAnswer answer = AccountAnswer.newBuilder()
                .setProposer(proposer.index())
                .setRecord(record)
                .setRefusal(refusal)
                .build();
        writers.get(by).append(Payload.newBuilder().setAccountAnswer(answer).build());
    }

    /** Of P1, in their order. */
    private List<Integer> answers() {
        List<Integer> found = new ArrayList<>();
        for (long index = 0; index < board.size("party-1"); index++) {
            try {
                ByteString record = board.read("party-1", index).orElseThrow().record();
                found.add(Payload.parseFrom(BoardRecord.parseFrom(record).getPayload())
                        .getAccountAnswer()
                        .getRefusal());
            } catch (InvalidProtocolBufferException malformed) {
                throw new AssertionError(malformed);
            }
        }
        return found;
    }
}

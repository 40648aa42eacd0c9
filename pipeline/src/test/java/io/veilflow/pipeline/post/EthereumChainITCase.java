package io.veilflow.pipeline.post;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.veilflow.contracts.testing.WholeGroupKey;
import io.veilflow.pipeline.post.SettlementException.Reason;
import io.veilflow.pipeline.sign.Assurance;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.Request;
import org.web3j.protocol.core.Response;
import org.web3j.protocol.http.HttpService;

/** Posting to a real registry on a local node (THREATS F3, F4, F7, F13, F14, F18). */
class EthereumChainITCase {
    private static final long GAS_MAX = 350_000;

    private static PostFixture fixture;

    private EthereumChain chain;

    @BeforeAll
    static void start() {
        fixture = new PostFixture();
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @BeforeEach
    void connect() {
        chain = fixture.chain(1);
    }

    @AfterEach
    void disconnect() {
        chain.close();
    }

    @Test
    void theRegistryHoldsTheJobThatTheJobFileDescribes() {
        RegisteredTerms expected = RegisteredTerms.of(fixture.terms(), fixture.verifier());
        assertEquals(expected, chain.termsOf(fixture.jobId(), 0));
        assertEquals(List.of(), expected.differencesTo(chain.termsOf(fixture.jobId(), 0)));
        assertEquals(new OutputShape(1, 2), expected.outputs());
        assertEquals(List.of(2 + 2 * 64), expected.wordBits());
        assertEquals(1, expected.parameterWords().size());
    }

    @Test
    void anotherJobIsUnknown() {
        assertReason(Reason.JOB_UNKNOWN, () -> chain.termsOf(ByteString.copyFrom(new byte[32]), 0));
    }

    @Test
    @DisplayName("F18: a registry with other code than ours is refused, whatever it answers")
    void anotherRegistrysCodeIsRefused() {
        String before = fixture.node().otherCodeAt(Hex.text(fixture.registry()));
        try {
            SettlementException refused =
                    assertThrows(SettlementException.class, () -> chain.termsOf(fixture.jobId(), 0));
            assertTrue(refused.getMessage().contains("is not the registry"), refused.getMessage());
        } finally {
            fixture.node().putCode(Hex.text(fixture.registry()), before);
        }
    }

    @Test
    void aPostIsRecordedWithItsStatementAndReceipt() {
        WindowPost post = fixture.post(next(), 3);
        PostReceipt receipt = PostFixture.settle(chain, post);
        assertEquals(post.window(), receipt.window());
        assertEquals(post.message().manifestRoot(), receipt.manifestRoot());
        assertEquals(ByteString.copyFrom(post.message().digest()), receipt.statement());
        assertTrue(receipt.gas() <= GAS_MAX, () -> receipt.gas() + " gas");
        RecordedWindow recorded = chain.window(fixture.jobId(), post.window()).orElseThrow();
        assertTrue(recorded.records(post.message()));
        assertEquals(List.of(BigInteger.valueOf(3)), recorded.outputs());
        assertEquals(Assurance.PROVEN, recorded.assurance());
        assertEquals(post.window() + 1, chain.nextWindow(fixture.jobId()));
        assertEquals(receipt, chain.receipt(fixture.jobId(), post.window()).orElseThrow());
    }

    @Test
    void aWindowThatNobodyPostedIsEmpty() {
        assertTrue(chain.window(fixture.jobId(), 1_000_000).isEmpty());
        assertTrue(chain.receipt(fixture.jobId(), 1_000_000).isEmpty());
    }

    @Test
    void postingAgainSendsNothingAndReturnsTheFirstReceipt() throws IOException {
        WindowPost post = fixture.post(next(), 1);
        PostReceipt first = PostFixture.settle(chain, post);
        BigInteger sent = transactions(1);
        assertEquals(first, PostFixture.settle(chain, post));
        try (EthereumChain other = fixture.chain(2)) {
            BigInteger sentByOther = transactions(2);
            assertEquals(first, PostFixture.settle(other, post));
            assertEquals(sentByOther, transactions(2));
        }
        assertEquals(sent, transactions(1));
    }

    @Test
    void twoPostersAtOnceRecordOneResult() {
        WindowPost post = fixture.post(next(), 1);
        try (EthereumChain other = fixture.chain(2)) {
            CompletableFuture<PostReceipt> theirs =
                    CompletableFuture.supplyAsync(() -> PostFixture.settle(other, post));
            assertEquals(PostFixture.settle(chain, post), theirs.join());
        }
    }

    @Test
    void anotherStatementForARecordedWindowIsAConflict() throws IOException {
        BigInteger before = transactions(1);
        long window = next();
        chain.post(fixture.post(window, 1));
        assertEquals(
                PostStatus.State.DISPLACED,
                chain.status(fixture.post(window, 2)).state());
        chain.post(fixture.post(window, 2));
        assertEquals(before.add(BigInteger.ONE), transactions(1), "there is nothing to send");
    }

    @Test
    void aRefusalNamesTheContractsErrorAndSendsNothing() throws IOException {
        BigInteger sent = transactions(1);
        WindowPost post = fixture.post(next(), 1);
        byte[] signature = WholeGroupKey.of(4_711).sign(post.message().digest());
        WindowPost foreign = new WindowPost(post.message(), post.proof(), ByteString.copyFrom(signature));
        SettlementException error = assertReason(Reason.REFUSED, () -> chain.post(foreign));
        assertTrue(error.getMessage().contains("GroupSignatureInvalid("), error.getMessage());
        assertEquals(sent, transactions(1));
    }

    @Test
    void aPostThatNoBlockTakesIsReportedInTimeAndCountsOnceWhenItIsSentAgain() throws IOException {
        WindowPost post = fixture.post(next(), 2);
        BigInteger sent = transactions(3);
        rpc("evm_setAutomine", false);
        try (EthereumChain impatient = fixture.chain(3, Duration.ofMillis(200))) {
            assertReason(Reason.NOT_INCLUDED, () -> impatient.post(post));
            assertReason(Reason.NOT_INCLUDED, () -> impatient.post(post));
            rpc("evm_mine");
            assertEquals(post.window(), PostFixture.settle(impatient, post).window());
        } finally {
            rpc("evm_setAutomine", true);
        }
        assertEquals(sent.add(BigInteger.ONE), transactions(3));
    }

    @Test
    void aNodeOfAnotherChainIsRefused() {
        assertReason(Reason.WRONG_CHAIN, () -> EthereumView.connect(fixture.url(), 1, fixture.registry()));
    }

    @Test
    void anAddressWithoutContractIsRefused() {
        ByteString nobody = ByteString.copyFrom(new byte[20]);
        assertReason(Reason.JOB_UNKNOWN, () -> EthereumView.connect(fixture.url(), fixture.chainId(), nobody));
    }

    @Test
    void aSilentNodeIsUnreachable() {
        URI nobody = URI.create("http://127.0.0.1:1");
        SettlementException error =
                assertReason(Reason.UNREACHABLE, () -> EthereumView.connect(nobody, 1, fixture.registry()));
        assertTrue(error.reason().retryable());
    }

    private long next() {
        return chain.nextWindow(fixture.jobId());
    }

    private static BigInteger transactions(int account) throws IOException {
        return fixture.node()
                .web3()
                .ethGetTransactionCount(fixture.node().account(account).getAddress(), DefaultBlockParameterName.LATEST)
                .send()
                .getTransactionCount();
    }

    private static void rpc(String method, Object... parameters) throws IOException {
        HttpService service = new HttpService(fixture.node().url());
        assertTrue(
                !new Request<>(method, List.of(parameters), service, Answer.class)
                        .send()
                        .hasError(),
                method);
    }

    private static SettlementException assertReason(Reason reason, Runnable call) {
        SettlementException error = assertThrows(SettlementException.class, call::run);
        assertEquals(reason, error.reason(), error.getMessage());
        return error;
    }

    /** An answer whose content does not matter. */
    static final class Answer extends Response<Object> {}
}

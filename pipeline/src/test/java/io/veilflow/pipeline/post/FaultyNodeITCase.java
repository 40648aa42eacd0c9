package io.veilflow.pipeline.post;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.veilflow.pipeline.post.PostStatus.State;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.web3j.protocol.core.methods.response.Transaction;

/** A poster behind a node that fails or lies: each window is posted by one transaction, and is final only when it is true. */
class FaultyNodeITCase {
    private static final int ACCOUNT = 1;
    /** More in a row than a question is repeated. */
    private static final int TOO_OFTEN = 4;

    private static final Duration A_WHILE = Duration.ofMillis(700);
    private static final PosterOptions OPTIONS =
            new PosterOptions(0, Duration.ofSeconds(2), FeePolicy.ofGwei(1_000), Duration.ofMillis(700));
    private static final String SEND = "eth_sendRawTransaction";
    private static final String NONCE = "eth_getTransactionCount";
    private static final String RECEIPT = "eth_getTransactionReceipt";

    private static PostFixture fixture;
    private static NodeControl control;

    private FaultyNode proxy;
    private RunningPoster poster;
    private long sentBefore;

    @BeforeAll
    static void start() {
        fixture = new PostFixture();
        control = new NodeControl(fixture.url());
    }

    @AfterAll
    static void stop() {
        control.close();
        fixture.close();
    }

    @BeforeEach
    void connect() {
        proxy = new FaultyNode(fixture.url());
        poster = new RunningPoster(fixture.chain(ACCOUNT, OPTIONS, List.of(proxy.url())));
        sentBefore = sent();
    }

    @AfterEach
    void disconnect() {
        poster.close();
        proxy.close();
        control.dropAll();
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                        Map.entry("no answer", Fault.NOTHING),
                        Map.entry("done, the answer lost", Fault.ANSWER_LOST),
                        Map.entry("half an answer", Fault.HALF),
                        Map.entry("JSON cut off", Fault.CUT),
                        Map.entry("no JSON", Fault.GARBAGE),
                        Map.entry("an empty object", Fault.EMPTY),
                        Map.entry("a result of no type", Fault.NONSENSE),
                        Map.entry("429", Fault.TOO_MANY_REQUESTS),
                        Map.entry("503", Fault.UNAVAILABLE),
                        Map.entry("an internal error", Fault.TROUBLE))
                .map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
    }

    @ParameterizedTest(name = "F14: every request fails once: {0}")
    @MethodSource("failures")
    void everyRequestFailsOnce(String name, Fault fault) {
        for (String method : methods()) {
            proxy.next(method, fault);
        }
        assertPostedOnce(poster.settle(post()));
    }

    @Test
    @DisplayName("F14: every request fails more often than it is repeated: done, and the answer lost")
    void everyRequestFailsTooOften() {
        everyRequestFailsTooOften("done, the answer lost", Fault.ANSWER_LOST);
    }

    @Tag("exhaustive")
    @ParameterizedTest(name = "F14: every request fails more often than it is repeated: {0}")
    @MethodSource("failures")
    void everyRequestFailsTooOften(String name, Fault fault) {
        for (String method : methods()) {
            proxy.next(method, Collections.nCopies(TOO_OFTEN, fault).toArray(Fault[]::new));
        }
        assertPostedOnce(poster.settle(post()));
    }

    static Stream<Arguments> hangs() {
        return Stream.of(
                Arguments.of("never answers", Fault.HANGING),
                Arguments.of("does what it is asked, answers half and stops", Fault.STOPPED));
    }

    @ParameterizedTest(
            name = "F14: a node that takes the connection and {0} is left waiting; the window is posted once")
    @MethodSource("hangs")
    void aNodeThatHangs(String name, Fault fault) {
        for (String method : List.of(SEND, RECEIPT, "eth_getLogs")) {
            proxy.next(method, fault);
        }
        assertPostedOnce(poster.settle(post()));
    }

    @Tag("exhaustive")
    @ParameterizedTest(name = "F14: the node at every request takes the connection and {0}")
    @MethodSource("hangs")
    void aNodeThatHangsAtEveryRequest(String name, Fault fault) {
        everyRequestFailsOnce(name, fault);
    }

    static Stream<Arguments> lies() {
        return Stream.of(
                lie("the pool has the transaction", SEND, Fault.claim("0x" + "55".repeat(32))),
                lie("a nonce that is used", NONCE, Fault.claim("0x0")),
                lie("a nonce far ahead", NONCE, Fault.claim("0x7777")),
                lie("the transaction has no receipt", RECEIPT, Fault.NULL),
                lie("a receipt without the event", RECEIPT, result(receipt -> receipt.putArray("logs"))),
                lie("a receipt of failure", RECEIPT, result(receipt -> receipt.put("status", "0x0"))),
                lie(
                        "a receipt of another transaction",
                        RECEIPT,
                        result(receipt -> receipt.put("transactionHash", "0x" + "11".repeat(32)))),
                lie(
                        "a receipt in another block",
                        RECEIPT,
                        result(receipt -> receipt.put("blockHash", "0x" + "22".repeat(32)))),
                lie(
                        "a block that has gone",
                        "eth_getBlockByNumber",
                        result(block -> block.put("hash", "0x" + "33".repeat(32)))),
                lie("another chain", "eth_chainId", Fault.claim("0x1")),
                lie("an old head", "eth_blockNumber", Fault.claim("0x1")),
                lie("no events", "eth_getLogs", Fault.edit(answer -> {
                    answer.putArray("result");
                    return answer;
                })));
    }

    @ParameterizedTest(name = "F12, F13, F14: not final while the node says: {0}")
    @MethodSource("lies")
    void aLieIsNotFinal(String name, String method, Fault lie) {
        WindowPost post = post();
        proxy.always(method, lie);
        CompletableFuture<PostReceipt> outcome = poster.submit(post);
        RunningPoster.assertOpenFor(A_WHILE, outcome);
        proxy.heal();
        assertPostedOnce(RunningPoster.settled(outcome));
    }

    @Test
    @DisplayName("F13: a post that got stuck is replaced at a higher price and counts once")
    void aStuckPostIsReplaced() {
        PosterOptions hasty = PosterOptions.of(0, Duration.ofMillis(300));
        control.automine(false);
        try (RunningPoster party = new RunningPoster(fixture.chain(ACCOUNT, hasty, List.of(proxy.url())))) {
            CompletableFuture<PostReceipt> outcome = party.submit(post());
            Transaction first = control.awaitPending(any -> true);
            Transaction second = control.awaitPending(later -> !later.getHash().equals(first.getHash()));
            assertEquals(first.getNonce(), second.getNonce());
            assertEquals(first.getInput(), second.getInput());
            assertTrue(second.getMaxFeePerGas().compareTo(first.getMaxFeePerGas()) > 0);
            control.mine(1);
            assertPostedOnce(RunningPoster.settled(outcome));
        } finally {
            control.automine(true);
        }
    }

    @Test
    @DisplayName("F14: a node that shows a record which is not there does not keep the post from being sent later")
    void aRecordThatIsNotThere() {
        WindowPost recorded = post();
        poster.settle(recorded);
        WindowPost post = post();
        // The record of the window before, with the tag of this one.
        String tag = Hex.text(post.message().tag()).substring(2);
        proxy.always("eth_call", Fault.claim("0x" + word("00") + word("01") + word("02") + word(tag)));
        CompletableFuture<PostReceipt> outcome = poster.submit(post);
        RunningPoster.assertOpenFor(A_WHILE, outcome);
        assertEquals(sentBefore + 1, sent());
        proxy.heal();
        RunningPoster.settled(outcome);
        assertEquals(sentBefore + 2, sent());
    }

    @Test
    @DisplayName("F14: two refusals are not final, nor is another statement that two looks see")
    void twoRefusalsAreNotFinal() {
        Fault refusal = Fault.edit(answer -> {
            answer.remove("result");
            answer.putObject("error").put("code", 3).put("message", "execution reverted");
            return answer;
        });
        proxy.next("eth_estimateGas", refusal, refusal);
        assertPostedOnce(poster.settle(post()));
        WindowPost next = post();
        Fault other = Fault.claim("0x" + word("00") + word("01") + word("02") + word("abcd"));
        proxy.next("eth_call", other, other);
        sentBefore = sent();
        assertPostedOnce(poster.settle(next));
    }

    @Test
    @DisplayName("F15: a log that comes twice, or of a block that was removed, is one event; two pollers see the same")
    void aLogTwice() {
        proxy.always("eth_getLogs", Fault.edit(answer -> {
            ArrayNode logs = (ArrayNode) answer.path("result");
            ArrayNode twice = logs.deepCopy().addAll(logs);
            logs.forEach(log -> twice.add(((ObjectNode) log.deepCopy())
                    .put("removed", true)
                    .put("blockNumber", "0xffffff")
                    .put("transactionHash", "0x" + "44".repeat(32))));
            answer.set("result", twice);
            return answer;
        }));
        WindowPost post = post();
        try (RunningPoster other = new RunningPoster(fixture.chain(ACCOUNT + 1))) {
            CompletableFuture<PostReceipt> theirs = other.submit(post);
            PostReceipt receipt = poster.settle(post);
            assertEquals(receipt, RunningPoster.settled(theirs));
        }
    }

    @Test
    @DisplayName("F14: one node of two that has all of it, the other nothing: not final, and the other gets it")
    void twoNodesThatDiffer() {
        try (PostFixture here = new PostFixture();
                PostFixture there = new PostFixture();
                NodeControl thereControl = new NodeControl(there.url());
                EthereumChain alone = there.chain(ACCOUNT);
                EthereumChain both = here.chain(ACCOUNT, OPTIONS, List.of(there.url(), here.url()));
                EthereumChain honest = here.chain(ACCOUNT)) {
            WindowPost post = here.post(0, 1);
            alone.post(post);
            assertEquals(State.SETTLED, alone.status(post).state());
            assertEquals(State.OPEN, both.status(post).state());
            both.post(post);
            assertEquals(1, thereControl.transactions(account()), "sent where it was missing only");
            assertEquals(State.SETTLED, honest.status(post).state());
            assertTrue(both.status(post).state().isRecorded());
        }
    }

    static Stream<Arguments> deaths() {
        return Stream.of(Arguments.of("is dead", Fault.UNAVAILABLE), Arguments.of("hangs", Fault.HANGING));
    }

    @ParameterizedTest(
            name =
                    "F14: one node of two {0}: the other posts; nothing is final until most nodes say so, two of three suffice")
    @MethodSource("deaths")
    void aDeadNode(String name, Fault fault) {
        FaultyNode dead = new FaultyNode(fixture.url());
        try (RunningPoster party =
                        new RunningPoster(fixture.chain(ACCOUNT, OPTIONS, List.of(dead.url(), fixture.url())));
                EthereumChain three =
                        fixture.chain(ACCOUNT, OPTIONS, List.of(dead.url(), fixture.url(), proxy.url()))) {
            dead.follow((number, method) -> fault);
            WindowPost post = post();
            CompletableFuture<PostReceipt> outcome = party.submit(post);
            long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (sent() == sentBefore) {
                assertTrue(System.nanoTime() - end < 0, "the living node gets no transaction");
                Retries.pause(10);
            }
            RunningPoster.assertOpenFor(A_WHILE, outcome);
            assertEquals(State.SETTLED, three.status(post).state());
            dead.heal();
            assertPostedOnce(RunningPoster.settled(outcome));
        } finally {
            dead.close();
        }
    }

    /** All that a post of this poster asks, in the order in which it first does. */
    private Set<String> methods() {
        poster.settle(post());
        Set<String> methods = new LinkedHashSet<>(proxy.methods());
        assertTrue(methods.contains("eth_sendRawTransaction") && methods.contains("eth_getLogs"), methods::toString);
        sentBefore = sent();
        return methods;
    }

    private void assertPostedOnce(PostReceipt receipt) {
        assertEquals(sentBefore + 1, sent());
        try (EthereumChain honest = fixture.chain(ACCOUNT)) {
            assertEquals(
                    receipt, honest.receipt(fixture.jobId(), receipt.window()).orElseThrow());
        }
    }

    private static WindowPost post() {
        return fixture.post(next(), 1);
    }

    private static long next() {
        try (EthereumChain honest = fixture.chain(ACCOUNT)) {
            return honest.nextWindow(fixture.jobId());
        }
    }

    private static String account() {
        return Hex.text(PostFixture.account(ACCOUNT).address());
    }

    private static long sent() {
        return control.transactions(account());
    }

    private static String word(String hex) {
        return "0".repeat(64 - hex.length()) + hex;
    }

    private static Arguments lie(String name, String method, Fault lie) {
        return Arguments.of(name, method, lie);
    }

    /** Changes the object that the node answers with, if it is one. */
    private static Fault result(Consumer<ObjectNode> change) {
        return Fault.edit(answer -> {
            if (answer.path("result") instanceof ObjectNode object) {
                change.accept(object);
            }
            return answer;
        });
    }
}

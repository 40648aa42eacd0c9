package io.veilflow.contracts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.veilflow.contracts.testing.ScriptedChain;
import io.veilflow.contracts.testing.TestChain;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.Bool;
import org.web3j.abi.datatypes.Utf8String;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint64;
import org.web3j.abi.datatypes.generated.Uint8;
import org.web3j.tuples.generated.Tuple5;

/** RiskFeed over results that the test writes: proven windows are rounds, nothing else is. */
class RiskFeedITCase {
    private static final long MAX_AGE_SECONDS = 3_600;
    /** The output takes bits 10 to 49 of the second word. */
    private static final int OFFSET = 10;

    @RegisterExtension
    static final ScriptedChain scripted = new ScriptedChain();

    private RiskFeed feed;

    @BeforeEach
    void deploy() {
        feed = deploy(1, OFFSET, 40, false);
    }

    @Test
    void thereIsNoAnswerBeforeTheFirstResult() {
        assertStale();
        assertNoRound(0);
        assertNoRound(1);
    }

    @Test
    void theNewestProvenWindowIsTheLatestRound() {
        put(6, 1_111);
        put(7, 987_654_321_000L);
        var latest = done();
        assertEquals(BigInteger.valueOf(8), latest.component1());
        assertEquals(BigInteger.valueOf(987_654_321_000L), latest.component2());
        assertEquals(latest.component3(), latest.component4());
        assertEquals(latest.component1(), latest.component5());
        assertEquals(latest, TestChain.done(feed.getRoundData(BigInteger.valueOf(8))));
        assertEquals(
                BigInteger.valueOf(1_111),
                TestChain.done(feed.getRoundData(BigInteger.valueOf(7))).component2());
    }

    @Test
    @DisplayName("C20: attested and missing windows have no round and hide nothing")
    void attestedAndMissingWindowsHaveNoRoundAndHideNothing() {
        put(3, 30);
        scripted.attested(4, BigInteger.ZERO, word(40));
        assertNoRound(5);
        scripted.assertOutcome("RoundWithoutAnswer(uint80)", feed, feed.assuranceOf(BigInteger.valueOf(5)));
        assertEquals(BigInteger.valueOf(4), done().component1());
        put(9, 90);
        assertNoRound(7);
        assertEquals(BigInteger.valueOf(10), done().component1());
    }

    @Test
    @DisplayName("C20: a feed that was told to take attested results says so, of itself and of every round")
    void aFeedThatTakesAttestedResultsSaysSo() {
        feed = deploy(1, OFFSET, 40, true);
        put(3, 30);
        scripted.attested(4, BigInteger.ZERO, word(40));
        assertEquals(BigInteger.valueOf(40), done().component2());
        assertEquals(BigInteger.TWO, TestChain.done(feed.assuranceOf(BigInteger.valueOf(4))));
        assertEquals(BigInteger.ONE, TestChain.done(feed.assuranceOf(BigInteger.valueOf(5))));
        assertEquals("average exposure (also attested, without proof)", TestChain.done(feed.description()));
        scripted.skip(5, 6);
        assertNoRound(6);
        assertEquals(BigInteger.valueOf(5), done().component1());
    }

    @Test
    void afterSixteenWindowsWithoutAProofTheFeedIsSilent() {
        put(0, 30);
        scripted.attested(15, BigInteger.ZERO, word(40));
        assertEquals(BigInteger.valueOf(1), done().component1());
        scripted.attested(16, BigInteger.ZERO, word(40));
        assertStale();
    }

    @Test
    void anOldAnswerIsNoLatestOne() {
        put(0, 5);
        scripted.chain().pass(MAX_AGE_SECONDS + 60);
        assertStale();
        assertEquals(
                BigInteger.valueOf(5),
                TestChain.done(feed.getRoundData(BigInteger.ONE)).component2());
        put(1, 6);
        assertEquals(BigInteger.valueOf(6), done().component2());
    }

    @Test
    void theWidestOutputIsAnInteger() {
        feed = deploy(0, 0, 253, false);
        BigInteger widest = BigInteger.ONE.shiftLeft(253).subtract(BigInteger.ONE);
        scripted.proven(0, widest);
        assertEquals(widest, done().component2());
    }

    @Test
    void whatTheFeedSaysOfItself() {
        assertEquals(BigInteger.TWO, TestChain.done(feed.decimals()));
        assertEquals("average exposure", TestChain.done(feed.description()));
        assertEquals(BigInteger.ONE, TestChain.done(feed.version()));
    }

    @Test
    void whatAReadCosts() {
        put(1, 7);
        scripted.send(0, feed, feed.latestRoundData(), "RiskFeed: latestRoundData in a transaction of its own");
    }

    @ParameterizedTest
    @CsvSource({
        "8, 0, 40, 60, 'OutputPlaceInvalid(uint256,uint256,uint256)'",
        "0, 214, 40, 60, 'OutputPlaceInvalid(uint256,uint256,uint256)'",
        "0, 0, 0, 60, 'OutputPlaceInvalid(uint256,uint256,uint256)'",
        "0, 0, 254, 60, 'OutputPlaceInvalid(uint256,uint256,uint256)'",
        "0, 0, 40, 0, SettingInvalid()"
    })
    void settingsThatCannotWorkAreRefused(int word, int offset, int bits, long maxAge, String error) {
        scripted.assertDeploymentRefused(error, creation(scripted.results(), word, offset, bits, maxAge));
    }

    @Test
    void aRegistryWithoutCodeIsRefused() {
        String nobody = scripted.chain().account(3).getAddress();
        scripted.assertDeploymentRefused("RegistryWithoutCode(address)", creation(nobody, 0, 0, 40, 60));
    }

    private static String creation(String registry, int word, int offset, int bits, long maxAge) {
        return RiskFeed.BINARY
                + FunctionEncoder.encodeConstructor(List.of(
                        new Address(registry),
                        new Bytes32(ScriptedChain.JOB),
                        place(word, offset, bits),
                        new Uint8(2),
                        new Utf8String("average exposure"),
                        new Uint64(maxAge),
                        new Bool(false)));
    }

    private RiskFeed deploy(int word, int offset, int bits, boolean acceptAttested) {
        TestChain chain = scripted.chain();
        return TestChain.done(RiskFeed.deploy(
                chain.web3(),
                chain.sender(0),
                chain.gas(),
                scripted.results(),
                ScriptedChain.JOB,
                place(word, offset, bits),
                BigInteger.TWO,
                "average exposure",
                BigInteger.valueOf(MAX_AGE_SECONDS),
                acceptAttested));
    }

    private static RiskFeed.OutputPlace place(int word, int offset, int bits) {
        return new RiskFeed.OutputPlace(BigInteger.valueOf(word), BigInteger.valueOf(offset), BigInteger.valueOf(bits));
    }

    /** A word with the value at its place and other outputs around it. */
    private static BigInteger word(long value) {
        BigInteger above = BigInteger.ONE.shiftLeft(60);
        return BigInteger.valueOf(value)
                .shiftLeft(OFFSET)
                .add(BigInteger.valueOf(513))
                .add(above);
    }

    private static void put(long window, long value) {
        scripted.proven(window, BigInteger.valueOf(12), word(value));
    }

    private Tuple5<BigInteger, BigInteger, BigInteger, BigInteger, BigInteger> done() {
        return TestChain.done(feed.latestRoundData());
    }

    private void assertStale() {
        scripted.assertOutcome("ResultStale(uint256,uint256)", feed, feed.latestRoundData());
    }

    private void assertNoRound(long round) {
        scripted.assertOutcome("RoundWithoutAnswer(uint80)", feed, feed.getRoundData(BigInteger.valueOf(round)));
    }
}

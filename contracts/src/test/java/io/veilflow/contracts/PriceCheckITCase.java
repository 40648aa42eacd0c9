package io.veilflow.contracts;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.contracts.WindowRegistry.PriceCheck;
import io.veilflow.contracts.testing.RegistryChain;
import io.veilflow.contracts.testing.TestChain;
import io.veilflow.contracts.testing.TestJob;
import io.veilflow.contracts.testing.TestJob.Post;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A job's prices held against a feed on the chain: a result on prices too far from it, or that cannot be checked, is refused. */
class PriceCheckITCase {
    /** The price stands behind the outputs, in 32 bits, with two decimals. */
    private static final int OFFSET = TestJob.OUTPUT_BITS;

    private static final int BITS = 32;
    private static final int DECIMALS = 2;
    private static final int BASIS_POINTS = 100;
    private static final long AGE_SECONDS = 600;
    private static final String UNUSABLE = "PriceFeedUnusable(uint256,int256,uint256)";
    private static final String DEVIATES = "PriceDeviates(uint256,uint256,uint256)";
    private static final String INVALID = "PriceCheckInvalid(uint256)";

    @RegisterExtension
    static final RegistryChain chain = new RegistryChain();

    private ScriptedFeed feed;
    private TestJob job;

    @BeforeEach
    void register() {
        feed = TestChain.done(ScriptedFeed.deploy(
                chain.chain().web3(), chain.chain().sender(0), chain.chain().gas()));
        put(8, "200000000000");
        job = chain.newJob();
        job.register(chain.terms()
                .proofDeadline(1)
                .priceChecks(check(0, OFFSET, BITS))
                .build());
    }

    @ParameterizedTest(name = "{0} against a feed of 2000: {1}")
    @CsvSource({
        "200000, ''",
        "202000, ''",
        "198000, ''",
        "202001, PriceDeviates",
        "197999, PriceDeviates",
        "0, PriceDeviates",
        "4294967295, PriceDeviates"
    })
    void aPriceMayDeviateByOnePercent(long price, String error) {
        assertOutcome(error.isEmpty() ? "" : DEVIATES, price);
    }

    @ParameterizedTest(name = "feed with {0} decimals: {1}")
    @CsvSource({"0, 2000", "2, 200000", "18, 2000000000000000000000", "36, 2000000000000000000000000000000000000000"})
    void decimalsAreBroughtTogether(int decimals, String answer) {
        if (new BigInteger(answer).bitLength() > 96) {
            put(decimals, answer);
            assertOutcome(UNUSABLE, 200_000);
        } else {
            put(decimals, answer);
            assertOutcome("", 200_000);
            assertOutcome(DEVIATES, 202_001);
        }
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "-200000000000", "79228162514264337593543950336"})
    @DisplayName("A14: no result is taken against a feed that answers zero, less, or more than a price can be")
    void anAnswerThatIsNoPriceIsRefused(String answer) {
        put(8, answer);
        assertOutcome(UNUSABLE, 200_000);
    }

    @Test
    @DisplayName("A14: no result is taken against a price that is too old or of the future")
    void anOldOrFutureAnswerIsRefused() {
        chain.chain().pass(AGE_SECONDS - 60);
        assertOutcome("", 200_000);
        chain.chain().pass(120);
        assertOutcome(UNUSABLE, 200_000);
        BigInteger later = BigInteger.valueOf(chain.chain().time() + 10_000);
        TestChain.done(feed.put(BigInteger.valueOf(8), new BigInteger("200000000000"), later));
        assertOutcome(UNUSABLE, 200_000);
    }

    @Test
    void aFeedThatFailsRefusesTheResult() {
        TestChain.done(feed.silence(true));
        assertOutcome("Silent()", 200_000);
        TestChain.done(feed.silence(false));
        assertOutcome("", 200_000);
    }

    @Test
    void anAttestedResultIsHeldAgainstTheFeedAndItsLateProofIsNotAgain() {
        Post post = post(200_000);
        chain.assertRefused(DEVIATES, job.attested(post(300_000)));
        chain.send(job.attested(post));
        put(8, "900000000000");
        chain.send(post);
    }

    @Test
    void everyCheckOfAJobCounts() {
        ScriptedFeed second = feed;
        put(8, "200000000000");
        feed = TestChain.done(ScriptedFeed.deploy(
                chain.chain().web3(), chain.chain().sender(0), chain.chain().gas()));
        put(0, "7");
        job = chain.newJob();
        PriceCheck first = new PriceCheck(
                second.getContractAddress(),
                number(0),
                number(OFFSET),
                number(BITS),
                number(DECIMALS),
                number(100),
                number(600));
        job.register(
                chain.terms().priceChecks(first, check(0, OFFSET + BITS, 10)).build());
        assertRefusedOrTaken("", job.post(0, TestJob.hash("root"), word(200_000, 700)));
        assertRefusedOrTaken(DEVIATES, job.post(0, TestJob.hash("root"), word(200_000, 708)));
        assertRefusedOrTaken(DEVIATES, job.post(0, TestJob.hash("root"), word(100_000, 700)));
    }

    @Test
    void checksThatCannotWorkAreRefusedAtRegistration() {
        String address = feed.getContractAddress();
        String nobody = chain.chain().account(3).getAddress();
        for (PriceCheck bad : List.of(
                check(1, 0, BITS),
                check(0, TestJob.WORD_BITS - BITS + 1, BITS),
                check(0, 0, 0),
                check(0, 0, 97),
                new PriceCheck(nobody, number(0), number(0), number(8), number(0), number(1), number(1)),
                new PriceCheck(address, number(0), number(0), number(8), number(37), number(1), number(1)),
                new PriceCheck(address, number(0), number(0), number(8), number(0), number(10_000), number(1)),
                new PriceCheck(address, number(0), number(0), number(8), number(0), number(1), number(0)))) {
            assertRegistration(INVALID, bad);
        }
        put(37, "1");
        assertRegistration(INVALID, check(0, OFFSET, BITS));
    }

    @Test
    void whatACheckCosts() {
        chain.send(post(200_000));
        put(8, "200000000000");
        long checked =
                chain.gas(job.post(1, TestJob.hash("root"), word(200_000, 0)).call(chain.registry()));
        chain.send(chain.job().post(0, 1));
        long plain = chain.gas(
                chain.job().post(1, TestJob.hash("root"), word(200_000, 0)).call(chain.registry()));
        System.out.printf("postWindow with a price check: %d gas, %d more than without%n", checked, checked - plain);
        assertTrue(checked - plain < 25_000, () -> checked + " and " + plain + " gas");
    }

    private static void assertRegistration(String error, PriceCheck check) {
        chain.assertRefused(
                error,
                chain.registry()
                        .registerJob(
                                TestJob.hash("fresh"),
                                chain.job().groupKey(),
                                chain.terms().priceChecks(check).build())
                        .encodeFunctionCall());
    }

    private void put(int decimals, String answer) {
        BigInteger now = BigInteger.valueOf(chain.chain().time());
        TestChain.done(feed.put(BigInteger.valueOf(decimals), new BigInteger(answer), now));
    }

    private void assertOutcome(String error, long price) {
        assertRefusedOrTaken(error, post(price));
    }

    private static void assertRefusedOrTaken(String error, Post post) {
        String call = post.call(chain.registry());
        if (error.isEmpty()) {
            chain.assertTaken(call);
        } else {
            chain.assertRefused(error, call);
        }
    }

    private Post post(long price) {
        return job.post(0, TestJob.hash("root"), word(price, 0));
    }

    /** An output, the price, and a second price above it. */
    private static BigInteger word(long price, long second) {
        return BigInteger.ONE
                .or(BigInteger.valueOf(price).shiftLeft(OFFSET))
                .or(BigInteger.valueOf(second).shiftLeft(OFFSET + BITS));
    }

    private PriceCheck check(int word, int offset, int bits) {
        return new PriceCheck(
                feed.getContractAddress(),
                number(word),
                number(offset),
                number(bits),
                number(DECIMALS),
                number(BASIS_POINTS),
                number(AGE_SECONDS));
    }

    private static BigInteger number(long value) {
        return BigInteger.valueOf(value);
    }
}

package io.veilflow.pipeline.post;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.veilflow.contracts.testing.TrapdoorKey;
import io.veilflow.pipeline.encoding.Hashes;
import io.veilflow.pipeline.sign.Assurance;
import io.veilflow.pipeline.sign.ResultMessage;
import io.veilflow.pipeline.sign.SampleGroup;
import io.veilflow.zk.rule.PublicPart;
import io.veilflow.zk.rule.PublicWords;
import io.veilflow.zk.rule.Rule;
import io.veilflow.zk.rule.job.EligibilityRule;
import io.veilflow.zk.rule.job.ExposureStatisticsRule;
import io.veilflow.zk.rule.job.MarketHealthRule;
import io.veilflow.zk.rule.job.MedianAndTopRule;
import io.veilflow.zk.rule.job.SettlementRule;
import io.veilflow.zk.rule.job.VoteRule;
import io.veilflow.zk.statement.ContextHash;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What one window of each job that ships costs on the chain, measured with the public words of its rule all ones (proofs by trapdoor: the
 * price does not depend on the prover).
 */
class JobGasITCase {
    private static final long ONE_COMMITMENT_MAX = 350_000;
    private static final long TWO_COMMITMENTS_MAX = 400_000;
    /** Bits of outputs, in one word, that stand in the slot of the result. */
    private static final int SLOT_BITS = 128;

    private static PostFixture fixture;

    private record Job(String name, Rule rule) {
        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    static void start() {
        fixture = new PostFixture();
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    static Stream<Job> jobs() {
        return Stream.of(
                new Job(
                        "market-health, 1 asset, 64 positions",
                        MarketHealthRule.of(1, 64).rule()),
                new Job(
                        "market-health, 1 asset, 64 positions, 8 shocks",
                        MarketHealthRule.of(1, 64, 8).rule()),
                new Job(
                        "market-health, 3 assets, 64 positions, 8 shocks",
                        MarketHealthRule.of(3, 64, 8).rule()),
                new Job(
                        "exposure-statistics, 8 banks, 64 exposures",
                        ExposureStatisticsRule.of(Collections.nCopies(8, 8), 32).rule()),
                new Job(
                        "median-and-top, 64 numbers, 2 quantiles",
                        MedianAndTopRule.of(64, 24, 2).rule()),
                new Job("vote, 64 voters", VoteRule.of(64).rule()),
                new Job("settlement, 16 legs", SettlementRule.of(16).rule()),
                new Job("eligibility, 64 applicants", EligibilityRule.of(64).rule()),
                new Job("eligibility, 256 applicants", EligibilityRule.of(256).rule()));
    }

    @ParameterizedTest(name = "F11: {0}")
    @MethodSource("jobs")
    @DisplayName("F11: a window of each job")
    void aWindowCosts(Job job) {
        PublicWords words = job.rule.publicWords();
        int commitments = job.rule.limbBits() > 0 ? 2 : 1;
        TrapdoorKey key = new TrapdoorKey(9, 1 + words.count(), commitments);
        ByteString jobId = ByteString.copyFrom(Hashes.sha256(job.name.getBytes()));
        register(job, jobId, key);
        try (EthereumChain chain = fixture.chain(1)) {
            chain.post(post(job, jobId, 0, key));
            long gas = PostFixture.settle(chain, post(job, jobId, 1, key)).gas();
            OutputShape outputs = OutputShape.of(words);
            System.out.printf(
                    "| %s | %d | %d | %d | %d | %,d |%n",
                    job, commitments, outputs.words(), words.variableWords(), words.parameterWords(), gas);
            assertEquals(2, chain.nextWindow(jobId));
            boolean narrow = outputs.words() == 1 && outputs.bits() <= SLOT_BITS;
            long slots = narrow ? 0 : outputs.words();
            long target = commitments == 1 ? ONE_COMMITMENT_MAX : TWO_COMMITMENTS_MAX;
            long most = target + 8_000L * (words.variableWords() - 1) + 23_000L * slots;
            assertTrue(gas <= most, () -> gas + " gas, more than " + most);
        }
    }

    private static void register(Job job, ByteString jobId, TrapdoorKey key) {
        PublicWords words = job.rule.publicWords();
        List<ByteString> parameters = IntStream.range(0, words.parameterWords())
                .mapToObj(k -> Hex.number(full(words, words.variableWords() + k), 32))
                .toList();
        try (Deployment deployment = fixture.deployment()) {
            ByteString verifier = deployment.deployVerifier(ByteString.copyFrom(key.verifyingKey()), parameters);
            deployment.registerJob(
                    fixture.registry(),
                    jobId,
                    new RegisteredTerms(
                            verifier,
                            ByteString.copyFrom(Hashes.keccak256(key.verifyingKey())),
                            ByteString.copyFrom(job.rule.hash()),
                            ByteString.copyFrom(new byte[32]),
                            SampleGroup.keys().resultKey(),
                            OutputShape.of(words),
                            IntStream.range(0, words.variableWords())
                                    .mapToObj(word -> full(words, word).bitLength())
                                    .toList(),
                            parameters,
                            new RegisteredPolicy(0, 60_000, 0, 0, List.of())));
        }
    }

    private static WindowPost post(Job job, ByteString jobId, long window, TrapdoorKey key) {
        PublicWords words = job.rule.publicWords();
        ByteString root = ByteString.copyFrom(Hashes.sha256(new byte[] {(byte) window}));
        List<BigInteger> inputs = new ArrayList<>();
        inputs.add(ContextHash.of(
                        fixture.chainId(),
                        fixture.registry().toByteArray(),
                        jobId.toByteArray(),
                        window,
                        root.toByteArray())
                .value());
        IntStream.range(0, words.count()).forEach(word -> inputs.add(full(words, word)));
        List<ByteString> variable = inputs.subList(1, 1 + words.variableWords()).stream()
                .map(word -> Hex.number(word, 32))
                .toList();
        ByteString proof = ByteString.copyFrom(key.prove(inputs));
        ResultMessage message = new ResultMessage(
                fixture.chainId(),
                fixture.registry(),
                jobId,
                window,
                root,
                ByteString.copyFrom(job.rule.hash()),
                WindowPost.commitment(proof),
                variable,
                Assurance.PROVEN);
        return new WindowPost(message, proof, SampleGroup.signature(message));
    }

    /** A word with all bits set that its parts take. */
    private static BigInteger full(PublicWords words, int word) {
        return words.parts().stream()
                .filter(part -> part.word() == word)
                .map(JobGasITCase::mask)
                .reduce(BigInteger.ZERO, BigInteger::or);
    }

    private static BigInteger mask(PublicPart part) {
        return BigInteger.ONE.shiftLeft(part.width()).subtract(BigInteger.ONE).shiftLeft(part.offset());
    }
}

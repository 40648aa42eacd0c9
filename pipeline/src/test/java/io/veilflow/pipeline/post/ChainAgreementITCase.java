package io.veilflow.pipeline.post;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.ByteString;
import io.veilflow.contracts.WindowRegistry;
import io.veilflow.contracts.testing.Groth16Vectors;
import io.veilflow.contracts.testing.TestChain;
import io.veilflow.contracts.testing.WholeGroupKey;
import io.veilflow.nativelib.NativeProver;
import io.veilflow.pipeline.sign.Assurance;
import io.veilflow.pipeline.sign.ResultMessage;
import io.veilflow.pipeline.sign.RotationMessage;
import io.veilflow.pipeline.sign.SkipMessage;
import io.veilflow.pipeline.sign.SkipReason;
import io.veilflow.zk.key.VerifyingKey;
import io.veilflow.zk.statement.ContextHash;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.web3j.utils.Numeric;

/** What parties compute in Java and Go, and what the contracts compute, are the same. */
class ChainAgreementITCase {
    private static final long SEED = 20261123;
    private static final BigInteger R =
            new BigInteger("21888242871839275222246405745257275088548364400416034343698204186575808495617");

    private static PostFixture fixture;
    private static WindowRegistry registry;

    @BeforeAll
    static void start() {
        fixture = new PostFixture();
        registry = fixture.contract(4);
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @ParameterizedTest(name = "E13: {0}")
    @EnumSource(Groth16Vectors.class)
    void everyProofGetsGnarksAnswerInJava(Groth16Vectors vectors) {
        assertArrayEquals(
                vectors.keyDigest(), VerifyingKey.of(vectors.verifyingKey()).digest());
        for (Groth16Vectors.Case given : vectors.cases()) {
            ByteArrayOutputStream inputs = new ByteArrayOutputStream();
            given.publicInputs().forEach(input -> inputs.writeBytes(Numeric.toBytesPadded(input, 32)));
            assertEquals(
                    given.accepted(),
                    NativeProver.verify(vectors.verifyingKey(), given.proof(), inputs.toByteArray()),
                    given.name());
        }
    }

    @Test
    @DisplayName("E14: contexts and signed messages, for 0, 1 and many words and words near the order")
    void contextsAndMessagesAgree() {
        Random random = new Random(SEED);
        BigInteger nearOrder = R.subtract(BigInteger.ONE);
        List<List<BigInteger>> lists = List.of(
                List.of(),
                List.of(BigInteger.ZERO),
                List.of(nearOrder),
                List.of(BigInteger.ONE, nearOrder),
                Collections.nCopies(9, nearOrder));
        for (long window : new long[] {0, 1, 7, Long.MAX_VALUE}) {
            byte[] root = bytes(random, 32);
            byte[] commitment = bytes(random, 64);
            BigInteger context = ContextHash.of(
                            fixture.chainId(),
                            fixture.registry().toByteArray(),
                            fixture.jobId().toByteArray(),
                            window,
                            root)
                    .value();
            assertEquals(
                    context,
                    TestChain.done(
                            registry.contextOf(fixture.jobId().toByteArray(), BigInteger.valueOf(window), root)));
            for (List<BigInteger> words : lists) {
                for (Assurance assurance : Assurance.values()) {
                    ResultMessage message = new ResultMessage(
                            fixture.chainId(),
                            fixture.registry(),
                            fixture.jobId(),
                            window,
                            ByteString.copyFrom(root),
                            fixture.terms().ruleHash(),
                            ByteString.copyFrom(commitment),
                            words.stream().map(word -> Hex.number(word, 32)).toList(),
                            assurance);
                    assertArrayEquals(
                            message.digest(),
                            TestChain.done(registry.messageOf(
                                    fixture.jobId().toByteArray(),
                                    BigInteger.valueOf(window),
                                    root,
                                    new BigInteger(1, Arrays.copyOf(commitment, 32)),
                                    new BigInteger(1, Arrays.copyOfRange(commitment, 32, 64)),
                                    words,
                                    BigInteger.valueOf(assurance.code()))));
                }
            }
        }
    }

    @Test
    @DisplayName("E14, G6: skips and rotations")
    void skipsAndRotationsAgree() {
        byte[] job = fixture.jobId().toByteArray();
        for (SkipReason reason : SkipReason.values()) {
            SkipMessage skip =
                    new SkipMessage(fixture.chainId(), fixture.registry(), fixture.jobId(), 3, 1L << 40, reason);
            assertArrayEquals(
                    skip.digest(),
                    TestChain.done(registry.skipMessageOf(
                            job,
                            BigInteger.valueOf(3),
                            BigInteger.ONE.shiftLeft(40),
                            BigInteger.valueOf(reason.code()))));
        }
        for (int secret = 5; secret < 9; secret++) {
            ByteString key = ByteString.copyFrom(WholeGroupKey.of(secret).compressed());
            RotationMessage rotation =
                    new RotationMessage(fixture.chainId(), fixture.registry(), fixture.jobId(), 77, key);
            assertArrayEquals(
                    rotation.digest(),
                    TestChain.done(registry.rotationMessageOf(
                            job,
                            BigInteger.valueOf(77),
                            WholeGroupKey.of(secret).x(),
                            BigInteger.valueOf(WholeGroupKey.of(secret).parity()))));
        }
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}

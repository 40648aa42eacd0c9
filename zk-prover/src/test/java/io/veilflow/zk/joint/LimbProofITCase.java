package io.veilflow.zk.joint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.veilflow.nativelib.ProvingKeyHandle;
import io.veilflow.zk.key.JobKeys;
import io.veilflow.zk.key.KeyCache;
import io.veilflow.zk.rule.ClearInputs;
import io.veilflow.zk.rule.ClearReading;
import io.veilflow.zk.rule.Expression;
import io.veilflow.zk.rule.RoleBuilder;
import io.veilflow.zk.rule.Rule;
import io.veilflow.zk.rule.RuleBuilder;
import io.veilflow.zk.statement.ContextHash;
import io.veilflow.zk.verify.Proof;
import io.veilflow.zk.verify.ProofVerifier;
import io.veilflow.zk.verify.VerificationResult;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A window with ranges by limbs, so with a second commitment and a round zero: what verifies, and what ends before round one. */
class LimbProofITCase {
    private static final TestPost.Tamper HONEST = (from, to, label, message) -> message;
    private static final Rule RULE = rule();
    private static final ContextHash CONTEXT = ContextHash.of(31337, new byte[20], new byte[32], 4, new byte[32]);
    private static final int D2_AT = 320;
    private static final int POINT = 64;

    @TempDir
    private static Path directory;

    private static JobKeys keys;
    private static ProvingKeyHandle provingKey;
    private static ClearReading reading;

    /** How many amounts of 10 bits lie below a limit, and how many equal it. */
    private static Rule rule() {
        RuleBuilder rule = RuleBuilder.named("limbs");
        RoleBuilder holder = rule.role("holder", 2);
        Expression amount = holder.secret("amount", 10);
        Expression limit = rule.feed("limit", 10);
        rule.output("below", amount.lessThan(limit).sumOverSlots());
        rule.output("equal", amount.equalTo(limit).sumOverSlots());
        return rule.rangesByLimbs(4).build();
    }

    @BeforeAll
    static void makeKeys() {
        keys = new KeyCache(directory).keysOf(RULE);
        provingKey = keys.loadProvingKey();
        List<BigInteger> book = List.of(BigInteger.valueOf(500), BigInteger.valueOf(777));
        reading = RULE.evaluate(ClearInputs.allUsed(RULE, book, List.of(BigInteger.valueOf(777))));
    }

    @AfterAll
    static void close() {
        provingKey.close();
    }

    private static SharedWindow window(long seed) {
        return new SharedWindow(keys, CONTEXT, reading, seed);
    }

    private static List<ThreeProvers.Ending> prove(TestPost post, SharedWindow shared) {
        return new ThreeProvers(RULE, provingKey)
                .run(post, shared::witnessOf, shared.statement().wordBytes());
    }

    private static Proof proven(String run, SharedWindow shared) {
        List<ThreeProvers.Ending> endings = prove(new TestPost(run, HONEST), shared);
        for (ThreeProvers.Ending ending : endings) {
            assertNotNull(ending.proof(), () -> "party failed: " + ending.failure());
            assertEquals(endings.get(0).proof(), ending.proof());
        }
        return endings.get(0).proof();
    }

    private static void assertEnded(List<ThreeProvers.Ending> endings, JointProofException.Reason reason) {
        for (ThreeProvers.Ending ending : endings) {
            assertNull(ending.proof());
            JointProofException failure = assertInstanceOf(JointProofException.class, ending.failure());
            assertEquals(reason, failure.reason());
        }
    }

    @Test
    @DisplayName("E7, E15: proofs with two commitments verify, each with a D2 of its own, which confirms no guess")
    void twoProofs() {
        SharedWindow first = window(1);
        SharedWindow second = window(2);
        Proof made = proven("first", first);
        Proof again = proven("second", second);
        ProofVerifier verifier = new ProofVerifier(keys.verifyingKey());
        assertInstanceOf(VerificationResult.Accepted.class, verifier.verify(first.statement(), made, first.expected()));
        assertInstanceOf(
                VerificationResult.Accepted.class, verifier.verify(second.statement(), again, second.expected()));
        assertEquals(2, made.commitments());
        assertFalse(Arrays.equals(made.bytes(), D2_AT, D2_AT + POINT, again.bytes(), D2_AT, D2_AT + POINT));
    }

    @ParameterizedTest
    @CsvSource({"LIMBS, 0, 3", "LIMBS, 3, 16", "COUNTS, 5, 1000", "COUNTS, 0, -1", "ADVICE, 0, 5", "BOOK, 1, 9"})
    @DisplayName(
            "E2: a wrong limb, one outside the table, a wrong count: the row check fails and round one never begins")
    void aWrongWireEndsBeforeRoundOne(SharedWindow.Group group, int index, long value) {
        TestPost post = new TestPost("wrong", HONEST);
        SharedWindow wrong = window(3).withWrongValue(group, index, BigInteger.valueOf(value));
        assertEnded(prove(post, wrong), JointProofException.Reason.ROW_CHECK);
        assertFalse(post.sent("round-one"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    @DisplayName("C21: a wrong share of D2, by any party, ends the proof before its challenge is used")
    void aWrongShareOfD2(int liar) {
        byte[] foreign = keys.basis().slotPoint(0).bytes();
        TestPost post = new TestPost(
                "lie", (from, to, label, message) -> from == liar && label.equals("round-zero") ? foreign : message);
        List<ThreeProvers.Ending> endings = prove(post, window(4));
        for (int party = 0; party < 3; party++) {
            if (party != liar) {
                JointProofException failure = assertInstanceOf(
                        JointProofException.class, endings.get(party).failure());
                assertEquals(JointProofException.Reason.NOT_COLLINEAR, failure.reason());
            }
        }
        assertFalse(post.sent("round-one"));
    }
}

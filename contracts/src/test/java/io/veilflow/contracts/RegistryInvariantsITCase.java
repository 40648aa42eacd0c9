package io.veilflow.contracts;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.contracts.testing.RegistryChain;
import io.veilflow.contracts.testing.TestJob;
import io.veilflow.contracts.testing.TestJob.Post;
import io.veilflow.contracts.testing.WholeGroupKey;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.web3j.protocol.core.methods.response.TransactionReceipt;
import org.web3j.utils.Numeric;

/**
 * Random walks over the registry's calls, right ones and wrong ones, held against a model after every step: windows only go up, what
 * is recorded stays, but for one proof of an attested result, and no ether is taken.
 */
class RegistryInvariantsITCase {
    private static final int STEPS = 120;
    private static final int LOOKS = 4;

    @RegisterExtension
    static final RegistryChain chain = new RegistryChain(terms -> terms.proofDeadline(1));

    /** What the model holds of a recorded window. */
    private record Recorded(Post post, int assurance) {}

    private enum Step {
        PROVEN,
        ATTESTED,
        SKIPPED,
        PROVEN_LATE,
        ROTATION,
        PAUSE,
        REPETITION,
        OTHER_STATEMENT,
        ANOTHER_WINDOW,
        FOREIGN_SIGNATURE,
        FOREIGN_ADMINISTRATION,
        ETHER
    }

    private Random random;
    private long next;
    private NavigableMap<Long, Recorded> recorded;
    private NavigableMap<Long, WholeGroupKey> keys;

    @ParameterizedTest(name = "F19: seed {0}")
    @ValueSource(longs = {20261123, 7, 991})
    @DisplayName("F19: posted windows strictly increase, a statement never changes, no ether is locked or taken")
    void aWalkKeepsTheInvariants(long seed) {
        random = new Random(seed);
        next = 0;
        recorded = new TreeMap<>();
        keys = new TreeMap<>();
        keys.put(0L, chain.job().group());
        List<Step> taken = new ArrayList<>();
        for (int count = 0; count < STEPS; count++) {
            Step step = Step.values()[random.nextInt(Step.values().length)];
            long before = next;
            take(step);
            taken.add(step);
            assertTrue(next >= before);
            assertEquals(next, chain.next(), () -> "seed " + seed + " after " + taken);
            for (int look = 0; look < LOOKS; look++) {
                assertWindow(random.nextInt((int) next + 2), () -> "seed " + seed + " after " + taken);
            }
        }
        for (long window = 0; window <= next; window++) {
            assertWindow(window, () -> "seed " + seed);
        }
        assertEquals(BigInteger.ZERO, chain.chain().balance(chain.address()));
        assertEquals(Step.values().length, taken.stream().distinct().count());
    }

    private void take(Step step) {
        switch (step) {
            case PROVEN -> {
                Post post = signer(next).post(next, random.nextInt(4));
                chain.send(1, post.call(chain.registry()));
                recorded.put(next++, new Recorded(post, TestJob.PROVEN));
            }
            case ATTESTED -> {
                Post post = signer(next).post(next, random.nextInt(4));
                chain.send(2, signer(next).attested(post));
                recorded.put(next++, new Recorded(post, TestJob.ATTESTED));
            }
            case SKIPPED -> {
                long last = next + random.nextInt(3);
                chain.send(3, signer(next).skip(next, last, 1 + random.nextInt(3)));
                next = last + 1;
            }
            case PROVEN_LATE ->
                recorded.values().stream()
                        .filter(known -> known.assurance == TestJob.ATTESTED)
                        .findAny()
                        .ifPresent(known -> {
                            chain.send(known.post);
                            recorded.put(known.post.window(), new Recorded(known.post, TestJob.PROVEN));
                        });
            case ROTATION -> {
                long from = Math.max(next, keys.lastKey()) + 1 + random.nextInt(2);
                WholeGroupKey key = WholeGroupKey.of(5_000 + random.nextInt(1_000));
                chain.send(chain.job().signedBy(keys.lastEntry().getValue()).rotation(from, key));
                keys.put(from, key);
            }
            case PAUSE -> {
                chain.send(chain.registry().pause().encodeFunctionCall());
                assertFails(signer(next).post(next, 1).call(chain.registry()));
                assertFails(signer(next).skip(next, next, 1));
                chain.send(chain.registry().unpause().encodeFunctionCall());
            }
            case REPETITION ->
                known().ifPresent(known -> {
                    chain.assertNoEffect(signer(known.post.window()).attested(known.post));
                    if (known.assurance == TestJob.PROVEN) {
                        chain.assertNoEffect(known.post.call(chain.registry()));
                    }
                });
            case OTHER_STATEMENT ->
                known().ifPresent(known -> {
                    long window = known.post.window();
                    assertFails(signer(window).post(window, random.nextInt(4)).call(chain.registry()));
                    assertFails(signer(window).attested(signer(window).post(window, random.nextInt(4))));
                });
            case ANOTHER_WINDOW -> {
                long above = next + 1 + random.nextInt(5);
                assertFails(signer(above).post(above, 1).call(chain.registry()));
                assertFails(signer(above).skip(above, above + 1, 1));
                long below = random.nextInt((int) next + 1);
                if (below < next && !recorded.containsKey(below)) {
                    assertFails(signer(below).post(below, 1).call(chain.registry()));
                }
            }
            case FOREIGN_SIGNATURE -> {
                TestJob stranger = chain.job().signedBy(WholeGroupKey.of(9_000 + random.nextInt(1_000)));
                assertFails(stranger.post(next, 1).call(chain.registry()));
                assertFails(stranger.attested(stranger.post(next, 1)));
                assertFails(stranger.skip(next, next, 1));
                assertFails(stranger.rotation(Math.max(next, keys.lastKey()) + 1, stranger.group()));
            }
            case FOREIGN_ADMINISTRATION ->
                assertFails(chain.registry()
                        .changeTerms(
                                chain.job().jobId(),
                                BigInteger.valueOf(next + 1),
                                chain.terms().build())
                        .encodeFunctionCall());
            case ETHER -> {
                String call =
                        random.nextBoolean() ? "0x" : signer(next).post(next, 1).call(chain.registry());
                TransactionReceipt receipt = chain.chain().send(1, chain.address(), call, BigInteger.ONE);
                assertEquals("0x0", receipt.getStatus());
            }
        }
    }

    /** From an account that owns nothing. */
    private static void assertFails(String call) {
        assertEquals("0x0", chain.chain().send(4, chain.address(), call).getStatus());
    }

    private Optional<Recorded> known() {
        return recorded.values().stream()
                .skip(random.nextInt(recorded.size() + 1))
                .findFirst();
    }

    private TestJob signer(long window) {
        return chain.job().signedBy(keys.floorEntry(window).getValue());
    }

    private void assertWindow(long window, Supplier<String> path) {
        WindowRegistry.WindowResult result = chain.result(window);
        Recorded known = recorded.get(window);
        if (known == null) {
            assertEquals(BigInteger.ZERO, result.assurance, path);
            return;
        }
        byte[] message = chain.job().message(known.post, known.assurance);
        assertEquals(BigInteger.valueOf(known.assurance), result.assurance, path);
        assertEquals(known.post.words().get(0).and(BigInteger.valueOf(3)), result.outputs, path);
        assertArrayEquals(Arrays.copyOfRange(message, 22, 32), Numeric.toBytesPadded(result.statementTag, 10), path);
    }
}

package io.veilflow.pipeline.prove;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.Profile;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.session.Session;
import io.veilflow.mpc.testing.Message;
import io.veilflow.mpc.testing.Outcome;
import io.veilflow.mpc.testing.ThreePartyWorld;
import io.veilflow.nativelib.ProvingKeyHandle;
import io.veilflow.pipeline.evaluate.RuleOnShares;
import io.veilflow.pipeline.evaluate.SharedReading;
import io.veilflow.pipeline.open.MemoryOpening;
import io.veilflow.pipeline.open.OutputOpener;
import io.veilflow.zk.joint.JointProofException;
import io.veilflow.zk.key.JobKeys;
import io.veilflow.zk.key.KeyCache;
import io.veilflow.zk.rule.ClearInputs;
import io.veilflow.zk.rule.ClearReading;
import io.veilflow.zk.rule.UsedSlots;
import io.veilflow.zk.rule.job.MarketHealthRule;
import io.veilflow.zk.statement.ContextHash;
import io.veilflow.zk.statement.Statement;
import io.veilflow.zk.verify.ProofVerifier;
import io.veilflow.zk.verify.VerificationResult;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One window on three parties with the real engine and the real prover: evaluated, proven, opened, verified. */
class OneWindowITCase {
    private static final MarketHealthRule MARKET = MarketHealthRule.of(2, 4);
    private static final BigInteger MAX = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
    private static final ContextHash CONTEXT = ContextHash.of(31337, new byte[20], new byte[32], 3, new byte[32]);

    @TempDir
    private static Path directory;

    private static JobKeys keys;
    private static ProvingKeyHandle provingKey;

    @BeforeAll
    static void setUp() {
        keys = new KeyCache(directory).keysOf(MARKET.rule());
        provingKey = keys.loadProvingKey();
    }

    @AfterAll
    static void close() {
        provingKey.close();
    }

    private static List<BigInteger> publicInputs() {
        return MARKET.publicInputs(
                numbers(3_000_00000000L, 1_00000000L), numbers(8_250, 8_600), numbers(500, 2_500, 6_000));
    }

    private static List<BigInteger> numbers(long... values) {
        List<BigInteger> numbers = new ArrayList<>();
        for (long value : values) {
            numbers.add(BigInteger.valueOf(value));
        }
        return numbers;
    }

    /** Three positions of the first contributor, one of the second. */
    private static SharedMarket shared(List<BigInteger> book, Random random) {
        int half = 12;
        return new SharedMarket()
                .with(keys.basis(), half, book.subList(half, book.size()), random)
                .with(keys.basis(), 0, book.subList(0, half), random);
    }

    private static ThreePartyWorld verified(long seed) {
        return ThreePartyWorld.seeded(seed).withProfile(Profile.M);
    }

    /** One run of all three. */
    private static Function<Session, ProvenWindow> proving(SharedMarket market) {
        MemoryOpening opening = new MemoryOpening();
        return session -> proveAt(session, market, opening);
    }

    private static ProvenWindow proveAt(Session session, SharedMarket market, OutputOpener opener) {
        int party = session.self().index();
        try (WindowBook book = WindowBook.of(MARKET.rule(), market.booksOf(party));
                SharedReading reading = RuleOnShares.evaluate(
                        session, MARKET.rule(), book.numbers(), publicInputs(), UsedSlots.all(MARKET.rule()))) {
            return new WindowProof(session, MARKET.rule(), provingKey, opener)
                    .prove(
                            CONTEXT,
                            publicInputs(),
                            UsedSlots.all(MARKET.rule()),
                            reading,
                            book.mask(),
                            market.expected());
        }
    }

    private static List<BigInteger> book(Random random) {
        List<BigInteger> book = new ArrayList<>();
        for (int number = 0; number < MARKET.rule().bookSize(); number++) {
            book.add(
                    switch (random.nextInt(4)) {
                        case 0 -> BigInteger.ZERO;
                        case 1 -> MAX;
                        default -> new BigInteger(40, random);
                    });
        }
        return book;
    }

    @Test
    void theClearTheSharedAndTheProvenReadingAgree() {
        long seed = 417;
        Random random = new Random(seed);
        for (int round = 0; round < 5; round++) {
            String where = "seed " + seed + ", round " + round;
            List<BigInteger> book = book(random);
            ClearReading clear = MARKET.rule().evaluate(ClearInputs.allUsed(MARKET.rule(), book, publicInputs()));
            SharedMarket market = shared(book, random);
            List<ProvenWindow> proven = verified(seed + round).run(proving(market));
            for (ProvenWindow window : proven) {
                assertEquals(clear.outputs(), window.values().outputs(), where);
                assertEquals(Statement.of(MARKET.rule(), CONTEXT, clear.publicValues()), window.statement(), where);
                assertInstanceOf(
                        VerificationResult.Accepted.class,
                        new ProofVerifier(keys.verifyingKey())
                                .verify(window.statement(), window.proof(), market.expected()),
                        where);
                assertEquals(proven.get(0).proof(), window.proof(), where);
            }
        }
    }

    @Test
    void aBookThatIsNotTheCommittedOneIsNotProven() {
        Random random = new Random(9);
        // in range before and after the change, so that only the commitment can tell
        SharedMarket market = shared(Collections.nCopies(16, BigInteger.TEN), random);
        market.changeOneComponent();
        for (Outcome<ProvenWindow> outcome : verified(9).attempt(proving(market))) {
            assertNull(outcome.result());
            ProtocolAbortException abort = assertInstanceOf(ProtocolAbortException.class, outcome.failure());
            assertEquals(ProtocolAbortException.Reason.CHECK_FAILED, abort.reason());
            JointProofException cause = assertInstanceOf(JointProofException.class, abort.getCause());
            assertEquals(JointProofException.Reason.COMMITMENT_MISMATCH, cause.reason());
        }
    }

    @Test
    void oneWrongProductGivesNoProofAndNoOutput() {
        Random random = new Random(10);
        SharedMarket market = shared(book(random), random);
        ThreePartyWorld world = verified(10).withTamper(message -> {
            byte[] payload = message.payload().clone();
            if (message.from() == PartyId.P1 && message.path().equals("prove/walk-0")) {
                payload[payload.length - 1] ^= 1;
            }
            return payload;
        });
        List<Outcome<ProvenWindow>> outcomes = world.attempt(proving(market));
        for (Outcome<ProvenWindow> outcome : outcomes) {
            assertNull(outcome.result());
            assertInstanceOf(ProtocolAbortException.class, outcome.failure());
        }
        assertTrue(world.messages().stream().map(Message::path).noneMatch("outputs"::equals));
    }

    /** THREATS E9 and C10: what is sent while proving is this list, the same for every book. */
    @Test
    void theMessagesOfAProofAreTheDocumentedOnesWhateverTheBook() {
        Random random = new Random(11);
        List<List<String>> shapes = new ArrayList<>();
        for (int round = 0; round < 2; round++) {
            SharedMarket market = shared(book(random), random);
            ThreePartyWorld world = verified(11 + round);
            world.run(proving(market));
            shapes.add(sentWhileProving(world, PartyId.P0));
        }
        assertEquals(
                List.of(
                        "P2 prove/inputs/inputs 32",
                        "P1 prove/inputs/inputs 32",
                        "P2 prove/walk-0/mul " + 32 * 4, // per slot: its debt at risk
                        "P1 prove/rows/rows/q 32",
                        "P2 prove/rows/rows/q/hash 32",
                        "P2 prove/rows/rows/v 32",
                        "P2 prove/rows/mul 32",
                        "P1 prove/rows/rows/tv 32",
                        "P2 prove/rows/rows/tv/hash 32",
                        "P1 prove/round-one/share 384",
                        "P2 prove/round-one/share 384",
                        "P1 outputs/start 80", // the times that P0 proposes; components go over the bulletin
                        "P2 outputs/start 80",
                        "P1 outputs/hash 32",
                        "P2 outputs/hash 32",
                        "P1 prove/round-two/share 64",
                        "P2 prove/round-two/share 64"),
                shapes.get(0).stream()
                        .filter(OneWindowITCase::isNoneOfTheVerification)
                        .toList());
        List<String> verification = shapes.get(0).stream()
                .filter(shape -> !isNoneOfTheVerification(shape))
                .toList();
        int product = shapes.get(0).indexOf("P2 prove/rows/mul 32");
        assertEquals(verification, shapes.get(0).subList(product + 1, product + 1 + verification.size()));
        assertEquals(shapes.get(0), shapes.get(1));
    }

    private static List<String> sentWhileProving(ThreePartyWorld world, PartyId from) {
        return world.messages().stream()
                .filter(message -> message.from() == from)
                .filter(message ->
                        message.path().startsWith("prove/") || message.path().equals("outputs"))
                .map(message ->
                        message.to() + " " + message.path() + "/" + message.label() + " " + message.payload().length)
                .toList();
    }

    /** Its messages are the engine's matter, and held to their vectors there. */
    private static boolean isNoneOfTheVerification(String shape) {
        return !shape.contains("/rows/dzkp/");
    }

    /** THREATS C1 and C19: one bit of any message of the proof but the verification's, which are held to the same elsewhere, and nobody has another result or a proof that fails. */
    @Test
    void oneChangedBitOfAnyMessageNeverGivesAnotherResult() {
        Random random = new Random(12);
        SharedMarket market = shared(book(random), random);
        ThreePartyWorld honest = verified(12);
        Statement right = honest.run(proving(market)).get(0).statement();
        List<String> places = sentWhileProving(honest, PartyId.P1).stream()
                .filter(OneWindowITCase::isNoneOfTheVerification)
                .toList();
        for (String place : places) {
            ThreePartyWorld world = verified(12).withTamper(message -> {
                byte[] payload = message.payload().clone();
                String shape = message.to() + " " + message.path() + "/" + message.label() + " " + payload.length;
                if (message.from() == PartyId.P1 && shape.equals(place)) {
                    payload[random.nextInt(payload.length)] ^= (byte) (1 << random.nextInt(8));
                }
                return payload;
            });
            int failed = 0;
            for (Outcome<ProvenWindow> outcome : world.attempt(proving(market))) {
                if (outcome.failed()) {
                    failed++;
                } else {
                    assertEquals(right, outcome.result().statement(), place);
                    assertTrue(
                            new ProofVerifier(keys.verifyingKey())
                                    .verify(right, outcome.result().proof(), market.expected())
                                    .accepted(),
                            place);
                }
            }
            assertTrue(failed > 0, "the change at " + place + " was noticed by nobody");
        }
    }
}

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
import io.veilflow.zk.key.JobKeys;
import io.veilflow.zk.key.KeyCache;
import io.veilflow.zk.rule.ClearInputs;
import io.veilflow.zk.rule.ClearReading;
import io.veilflow.zk.rule.Expression;
import io.veilflow.zk.rule.InputField;
import io.veilflow.zk.rule.Rule;
import io.veilflow.zk.rule.RuleBuilder;
import io.veilflow.zk.rule.UsedSlots;
import io.veilflow.zk.statement.ContextHash;
import io.veilflow.zk.statement.Statement;
import io.veilflow.zk.verify.ProofVerifier;
import io.veilflow.zk.verify.VerificationResult;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rule with ranges by limbs, so with a second commitment: from shares to a proof that its verifier accepts. */
class LimbWindowITCase {
    private static final Rule RULE = rule();
    private static final ContextHash CONTEXT = ContextHash.of(31337, new byte[20], new byte[32], 3, new byte[32]);
    private static final List<BigInteger> PUBLIC_INPUTS = List.of(BigInteger.valueOf(777));

    @TempDir
    private static Path directory;

    private static JobKeys keys;
    private static ProvingKeyHandle provingKey;

    /** Median of what used slots hold, how many gains lie below a public limit, whether any choice changes anything. */
    private static Rule rule() {
        RuleBuilder rule = RuleBuilder.named("limbs");
        var bank = rule.role("bank", 3);
        Expression amount = bank.secret("amount", 6);
        Expression gain = bank.secret("gain", -1000, 900);
        Expression choice = bank.secret("choice", 1);
        Expression limit = rule.feed("limit", 10);
        Expression counted = amount.times(bank.used());
        Expression median =
                rule.greatest(63, h -> counted.lessThan(h).sumOverSlots().atMost(rule.constant(1)));
        Expression below = gain.lessThan(limit).and(choice);
        rule.output("median", median);
        rule.output("below", below.sumOverSlots());
        rule.outputEach("level", choice.select(counted, counted.times(2)).equalTo(amount));
        return rule.rangesByLimbs(4).build();
    }

    @BeforeAll
    static void setUp() {
        keys = new KeyCache(directory).keysOf(RULE);
        provingKey = keys.loadProvingKey();
    }

    @AfterAll
    static void close() {
        provingKey.close();
    }

    private static ClearInputs inputs(Random random) {
        List<BigInteger> book = new ArrayList<>();
        BitSet used = new BitSet();
        for (int slot = 0; slot < RULE.roles().get(0).slots(); slot++) {
            for (InputField field : RULE.roles().get(0).fields()) {
                BigInteger count = field.maximum().subtract(field.minimum()).add(BigInteger.ONE);
                book.add(new BigInteger(80, random).mod(count).add(field.minimum()));
            }
            used.set(slot, random.nextBoolean());
        }
        return new ClearInputs(book, PUBLIC_INPUTS, UsedSlots.of(RULE, List.of(used)));
    }

    private static Function<Session, ProvenWindow> proving(SharedMarket market, ClearInputs inputs) {
        MemoryOpening opening = new MemoryOpening();
        return session -> proveAt(session, market, inputs, opening);
    }

    private static ProvenWindow proveAt(Session session, SharedMarket market, ClearInputs inputs, OutputOpener opener) {
        try (WindowBook book = WindowBook.of(RULE, market.booksOf(session.self().index()));
                SharedReading reading =
                        RuleOnShares.evaluate(session, RULE, book.numbers(), inputs.publicInputs(), inputs.used())) {
            return new WindowProof(session, RULE, provingKey, opener)
                    .prove(CONTEXT, inputs.publicInputs(), inputs.used(), reading, book.mask(), market.expected());
        }
    }

    private static ThreePartyWorld verified(long seed) {
        return ThreePartyWorld.seeded(seed).withProfile(Profile.M);
    }

    @Test
    @DisplayName("E15: with limbs the proof has two commitments, says what the clear reading says, and is accepted")
    void aWindowWithLimbs() {
        long seed = 612;
        Random random = new Random(seed);
        for (int round = 0; round < 3; round++) {
            String where = "seed " + seed + ", round " + round;
            ClearInputs inputs = inputs(random);
            ClearReading clear = RULE.evaluate(inputs);
            SharedMarket market = new SharedMarket().with(keys.basis(), 0, inputs.book(), random);
            for (ProvenWindow window : verified(seed + round).run(proving(market, inputs))) {
                assertEquals(Statement.of(RULE, CONTEXT, clear.publicValues()), window.statement(), where);
                assertInstanceOf(
                        VerificationResult.Accepted.class,
                        new ProofVerifier(keys.verifyingKey())
                                .verify(window.statement(), window.proof(), market.expected()),
                        where);
            }
        }
    }

    @Test
    @DisplayName(
            "E9: with limbs D2 is opened before the walk, inverses only as masked products; the same for every book")
    void theMessagesOfAProof() {
        Random random = new Random(614);
        ClearInputs inputs = inputs(random);
        List<List<String>> sent = new ArrayList<>();
        for (List<BigInteger> book : List.of(inputs.book(), inputs(random).book())) {
            SharedMarket market = new SharedMarket().with(keys.basis(), 0, book, random);
            ThreePartyWorld world = verified(614 + sent.size());
            world.run(proving(market, new ClearInputs(book, inputs.publicInputs(), inputs.used())));
            sent.add(world.messages().stream()
                    .filter(message -> message.from() == PartyId.P0)
                    .filter(message -> message.path().startsWith("prove/")
                            || message.path().equals("outputs"))
                    .filter(message -> !message.label().contains("dzkp"))
                    .map(message -> message.to() + " " + message.path() + "/" + message.label() + " "
                            + message.payload().length)
                    .toList());
        }
        assertEquals(sent.get(0), sent.get(1));
        String walk = " prove/(walk|inverses)-[0-9]+/.*";
        assertEquals(
                List.of(
                        "P2 prove/inputs/inputs 32",
                        "P1 prove/inputs/inputs 32",
                        "P1 prove/round-zero/share 64",
                        "P2 prove/round-zero/share 64",
                        "P1 prove/rows/rows/q 32",
                        "P2 prove/rows/rows/q/hash 32",
                        "P2 prove/rows/rows/v 32",
                        "P2 prove/rows/mul 32",
                        "P1 prove/rows/rows/tv 32",
                        "P2 prove/rows/rows/tv/hash 32",
                        "P1 prove/round-one/share 384",
                        "P2 prove/round-one/share 384",
                        "P1 outputs/start 80",
                        "P2 outputs/start 80",
                        "P1 outputs/hash 32",
                        "P2 outputs/hash 32",
                        "P1 prove/round-two/share 64",
                        "P2 prove/round-two/share 64"),
                sent.get(0).stream()
                        .filter(message -> !message.matches("P[12]" + walk))
                        .toList());
        List<String> walked = sent.get(0).subList(4, sent.get(0).indexOf("P1 prove/rows/rows/q 32"));
        assertTrue(walked.stream().allMatch(message -> message.matches("P[12]" + walk)), walked.toString());
        assertEquals(
                List.of("mul", "open/y", "open/y/hash"),
                walked.stream()
                        .filter(message -> message.contains("/inverses-"))
                        .map(message -> message.replaceAll(".*/inverses-[0-9]+/(.*) [0-9]+", "$1"))
                        .toList());
    }

    @Test
    @DisplayName(
            "E2, C3: one wrong AND behind a count ends the window before an output or a share of round one leaves a"
                    + " party")
    void aWrongCount() {
        Random random = new Random(613);
        ClearInputs inputs = inputs(random);
        SharedMarket market = new SharedMarket().with(keys.basis(), 0, inputs.book(), random);
        for (PartyId cheat : PartyId.values()) {
            ThreePartyWorld world = verified(613).withTamper(message -> {
                byte[] payload = message.payload().clone();
                if (message.from() == cheat && message.path().equals("evaluate/counts-0")) {
                    payload[random.nextInt(payload.length)] ^= 1;
                }
                return payload;
            });
            for (Outcome<ProvenWindow> outcome : world.attempt(proving(market, inputs))) {
                assertNull(outcome.result(), "cheat " + cheat);
                assertInstanceOf(ProtocolAbortException.class, outcome.failure());
            }
            assertTrue(world.messages().stream()
                    .map(Message::path)
                    .noneMatch(path -> path.equals("outputs") || path.equals("prove/round-one")));
        }
    }
}

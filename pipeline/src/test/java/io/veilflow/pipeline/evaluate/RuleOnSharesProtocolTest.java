package io.veilflow.pipeline.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.mpc.ledger.UnverifiedException;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.replicated.IntegerShares;
import io.veilflow.mpc.replicated.Opening;
import io.veilflow.mpc.session.Profile;
import io.veilflow.mpc.testing.Clear;
import io.veilflow.mpc.testing.Message;
import io.veilflow.mpc.testing.ThreePartyWorld;
import io.veilflow.zk.rule.ClearInputs;
import io.veilflow.zk.rule.ClearReading;
import io.veilflow.zk.rule.Expression;
import io.veilflow.zk.rule.InputField;
import io.veilflow.zk.rule.Rule;
import io.veilflow.zk.rule.RuleBuilder;
import io.veilflow.zk.rule.UsedSlots;
import io.veilflow.zk.rule.job.MarketHealthRule;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The reading on shares equals the reading in the clear: every wire of the circuit and every output. */
class RuleOnSharesProtocolTest {
    private static final BigInteger MAX = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
    private static final List<Integer> LIMB_BITS = List.of(0, 4, 8, 5, 7);
    private static final int ASSETS = 2;
    private static final int SLOTS = 2;
    private static final MarketHealthRule MARKET = MarketHealthRule.of(ASSETS, SLOTS);

    private static ThreePartyWorld verified(long seed) {
        return ThreePartyWorld.seeded(seed).withProfile(Profile.M);
    }

    private static List<SharedReading> onShares(ThreePartyWorld world, Rule rule, ClearInputs inputs, Random random) {
        List<IntegerShares> books = Clear.shareIntegers(inputs.book(), random);
        return world.run(session -> RuleOnShares.evaluate(
                session, rule, books.get(session.self().index()), inputs.publicInputs(), inputs.used()));
    }

    private static List<BigInteger> opened(List<SharedReading> readings, Function<SharedReading, ElementShares> part) {
        return Clear.openFr(readings.stream().map(part).toList());
    }

    private static List<BigInteger> signed(List<BigInteger> residues) {
        return residues.stream().map(Clear::signed).toList();
    }

    private static void assertAgrees(Rule rule, ClearInputs inputs, List<SharedReading> readings, String where) {
        ClearReading clear = rule.evaluate(inputs);
        assertEquals(inputs.book(), signed(opened(readings, SharedReading::book)), "book, " + where);
        assertEquals(clear.limbs(), opened(readings, SharedReading::limbs), "limbs, " + where);
        assertEquals(clear.counts(), opened(readings, SharedReading::counts), "counts, " + where);
        assertEquals(clear.bits(), opened(readings, SharedReading::bits), "bits, " + where);
        assertEquals(clear.advice(), opened(readings, SharedReading::advice), "advice, " + where);
        assertEquals(clear.outputs(), opened(readings, SharedReading::outputs), where);
        int variable = rule.publicWords().variableWords();
        assertEquals(
                rule.publicWords().pack(clear.publicValues()).subList(0, variable),
                opened(readings, SharedReading::variableWords),
                where);
    }

    /** Worlds wait for messages most of the time, so several run side by side; one in five with verification, for the time it takes. */
    @Test
    void marketHealthOnTwoHundredBooks() throws InterruptedException, ExecutionException {
        long seed = 20260;
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Integer>> running = new ArrayList<>();
            for (int round = 0; round < 200; round++) {
                long mine = seed + round;
                running.add(threads.submit(() -> agreedLevel(mine)));
            }
            Set<Integer> levels = new TreeSet<>();
            for (Future<Integer> one : running) {
                levels.add(one.get());
            }
            assertEquals(Set.of(0, 1, 2, 3), levels, "every level occurs");
        } finally {
            threads.shutdownNow();
        }
    }

    private static int agreedLevel(long seed) {
        Random random = new Random(seed);
        ClearInputs inputs = marketInputs(random);
        ThreePartyWorld world = ThreePartyWorld.seeded(seed).withProfile(seed % 5 == 0 ? Profile.M : Profile.S);
        List<SharedReading> readings = onShares(world, MARKET.rule(), inputs, random);
        assertAgrees(MARKET.rule(), inputs, readings, "seed " + seed);
        return MARKET.level(MARKET.rule().evaluate(inputs));
    }

    /** Edge values, and positions exactly at their limit, one unit above and below. */
    private static ClearInputs marketInputs(Random random) {
        List<BigInteger> prices = List.of(edge(random), number(random, 20));
        List<BigInteger> thresholds = List.of(BigInteger.valueOf(8000), number(random, 13));
        List<BigInteger> limits = List.of(number(random, 10), number(random, 13), BigInteger.valueOf(9000));
        List<BigInteger> book = new ArrayList<>();
        for (int slot = 0; slot < SLOTS; slot++) {
            book.addAll(random.nextInt(3) == 0 ? atTheLimit(random) : position(random));
        }
        return ClearInputs.allUsed(MARKET.rule(), book, MARKET.publicInputs(prices, thresholds, limits));
    }

    private static List<BigInteger> position(Random random) {
        List<BigInteger> out = new ArrayList<>();
        for (int k = 0; k < 2 * ASSETS; k++) {
            out.add(edge(random));
        }
        return out;
    }

    /** With a threshold of 8000: collateral 10000 n against debt 8000 n in asset 0 is the limit itself. */
    private static List<BigInteger> atTheLimit(Random random) {
        BigInteger unit = number(random, 40).add(BigInteger.ONE);
        BigInteger step = BigInteger.valueOf(random.nextInt(3) - 1);
        BigInteger debt = unit.multiply(BigInteger.valueOf(8000)).add(step);
        return List.of(unit.multiply(BigInteger.valueOf(10000)), BigInteger.ZERO, debt, BigInteger.ZERO);
    }

    private static BigInteger edge(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> BigInteger.ZERO;
            case 1 -> MAX;
            case 2 -> BigInteger.ONE;
            case 3 -> number(random, 30);
            default -> number(random, 64);
        };
    }

    private static BigInteger number(Random random, int bits) {
        return new BigInteger(bits, random);
    }

    @Test
    void widthsRolesAndNestedComparisons() {
        long seed = 77;
        Random random = new Random(seed);
        for (int round = 0; round < 20; round++) {
            Rule rule = mixedRule(LIMB_BITS.get(round % LIMB_BITS.size()));
            ClearInputs inputs =
                    ClearInputs.allUsed(rule, book(rule, random), List.of(number(random, 20), number(random, 7)));
            List<SharedReading> readings = onShares(verified(seed + round), rule, inputs, random);
            assertAgrees(rule, inputs, readings, "seed " + seed + ", round " + round);
        }
    }

    private static List<BigInteger> book(Rule rule, Random random) {
        List<BigInteger> book = new ArrayList<>();
        rule.roles().forEach(role -> {
            for (int slot = 0; slot < role.slots(); slot++) {
                role.fields().forEach(field -> book.add(between(field, random)));
            }
        });
        return book;
    }

    /** Ends of the interval and zero as often as anything else. */
    private static BigInteger between(InputField field, Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> field.minimum();
            case 1 -> field.maximum();
            case 2 -> BigInteger.ZERO;
            default ->
                number(random, 80)
                        .mod(field.maximum().subtract(field.minimum()).add(BigInteger.ONE))
                        .add(field.minimum());
        };
    }

    private static Rule ranged(RuleBuilder rule, int limbBits) {
        return limbBits == 0
                ? rule.rangesByBits().build()
                : rule.rangesByLimbs(limbBits).build();
    }

    /** Two roles, four widths, products of products, a comparison of comparisons, negative differences, a public operand. */
    private static Rule mixedRule(int limbBits) {
        RuleBuilder rule = RuleBuilder.named("mixed");
        var bank = rule.role("bank", 3);
        var fund = rule.role("fund", 2);
        Expression amount = bank.secret("amount", 64);
        Expression flag = bank.secret("flag", 1);
        Expression share = fund.secret("share", 17);
        Expression other = fund.secret("other", 17);
        Expression price = rule.feed("price", 20);
        Expression limit = rule.parameter("limit", 7);
        Expression less = share.minus(other).times(limit).lessThan(price.minus(rule.constant(-5)));
        Expression square = share.times(other).times(less);
        Expression funds = square.sumOverSlots();
        Expression chosen = amount.times(flag).sumOverSlots();
        Expression above = funds.times(price).lessThan(chosen);
        Expression again = above.lessThan(less.sumOverSlots());
        rule.output("chosen", chosen.times(again));
        rule.output("both", above.plus(again));
        return ranged(rule, limbBits);
    }

    @Test
    @DisplayName("Used slots, logic, choices, equalities, sums by owner, roles read together, outputs of each slot and"
            + " owner")
    void everyNodeButSearches() {
        long seed = 91;
        Random random = new Random(seed);
        for (int round = 0; round < 15; round++) {
            Rule rule = logicRule(LIMB_BITS.get(round % LIMB_BITS.size()));
            ClearInputs inputs =
                    new ClearInputs(book(rule, random), List.of(number(random, 9)), usedSlots(rule, random));
            List<SharedReading> readings = onShares(verified(seed + round), rule, inputs, random);
            assertAgrees(rule, inputs, readings, "seed " + seed + ", round " + round);
        }
    }

    private static UsedSlots usedSlots(Rule rule, Random random) {
        List<BitSet> used = new ArrayList<>();
        rule.roles()
                .forEach(role ->
                        used.add(BitSet.valueOf(new long[] {random.nextLong()}).get(0, role.slots())));
        return UsedSlots.of(rule, used);
    }

    private static Rule logicRule(int limbBits) {
        RuleBuilder rule = RuleBuilder.named("logic");
        var voter = rule.role("voter", List.of(1, 3, 2));
        var registrar = rule.role("registrar", 6);
        var model = rule.role("model", 1);
        Expression choice = voter.secret("choice", 1);
        Expression gain = voter.secret("gain", -100, 27);
        Expression weight = registrar.secret("weight", 0, 1000);
        Expression factor = model.secret("factor", -3, 4);
        Expression limit = rule.feed("limit", 9);
        Expression counted = weight.zipTo(voter).times(voter.used());
        Expression heavy = limit.lessThan(counted);
        Expression favoured = heavy.and(choice);
        Expression either = favoured.or(voter.used().not());
        Expression scored = either.select(counted.times(factor.broadcast()), gain);
        Expression neutral = gain.equalTo(rule.constant(0));
        Expression same = scored.equalTo(gain);
        Expression losing = scored.sumByOwner().lessThan(rule.constant(-20));
        Expression used = voter.used().sumOverSlots();
        rule.output("votes", favoured.sumOverSlots().plus(neutral.sumOverSlots()));
        rule.outputEach("same", same.and(voter.used().or(choice)));
        rule.outputEach("losing", losing.not());
        rule.output("chosen", choice.select(voter.used(), used).sumOverSlots());
        return ranged(rule, limbBits);
    }

    @Test
    @DisplayName("Greatest values of one search, of each slot and of each owner, on linear and on field conditions")
    void searches() {
        long seed = 33;
        Random random = new Random(seed);
        for (int round = 0; round < 8; round++) {
            Rule rule = searchRule(LIMB_BITS.get(round % LIMB_BITS.size()));
            ClearInputs inputs = ClearInputs.allUsed(
                    rule, book(rule, random), List.of(number(random, 6).add(BigInteger.ONE)));
            List<SharedReading> readings = onShares(verified(seed + round), rule, inputs, random);
            assertAgrees(rule, inputs, readings, "seed " + seed + ", round " + round);
        }
    }

    /** A median, a quotient of each slot, a rounded-down root of each owner's sum, and a search that starts from another's result. */
    private static Rule searchRule(int limbBits) {
        RuleBuilder rule = RuleBuilder.named("searches");
        var bank = rule.role("bank", List.of(2, 1, 2));
        Expression amount = bank.secret("amount", 6);
        Expression divisor = rule.feed("divisor", 7);
        Expression median =
                rule.greatest(63, h -> amount.lessThan(h).sumOverSlots().atMost(rule.constant(2)));
        Expression quotients = bank.greatestOfEach(63, h -> h.times(divisor).atMost(amount));
        Expression roots = bank.greatestOfEachOwner(14, h -> h.times(h).atMost(amount.sumByOwner()));
        Expression again = rule.greatest(31, h -> h.times(2).atMost(median));
        rule.output("median", median);
        rule.outputEach("quotient", quotients);
        rule.outputEach("root", roots);
        rule.output("half", again);
        return ranged(rule, limbBits);
    }

    @Test
    void aRuleWithoutComparisonsStillHasItsBits() {
        RuleBuilder builder = RuleBuilder.named("total");
        Rule rule = builder.output(
                        "total", builder.role("bank", 4).secret("amount", 9).sumOverSlots())
                .build();
        ClearInputs inputs = ClearInputs.allUsed(
                rule, List.of(BigInteger.ONE, BigInteger.ZERO, BigInteger.valueOf(511), BigInteger.TEN), List.of());
        assertAgrees(rule, inputs, onShares(verified(3), rule, inputs, new Random(3)), "total");
    }

    @Test
    void lengthsAndLabelsDoNotDependOnValues() {
        List<List<String>> shapes = new ArrayList<>();
        for (BigInteger value : List.of(BigInteger.ZERO, MAX)) {
            List<BigInteger> book = new ArrayList<>();
            for (int k = 0; k < 2 * ASSETS * SLOTS; k++) {
                book.add(value);
            }
            BigInteger one = BigInteger.ONE;
            ClearInputs inputs = ClearInputs.allUsed(
                    MARKET.rule(),
                    book,
                    MARKET.publicInputs(List.of(one, one), List.of(one, one), List.of(one, one, one)));
            ThreePartyWorld world = verified(9);
            onShares(world, MARKET.rule(), inputs, new Random(9));
            shapes.add(world.messages().stream().map(Message::shape).sorted().toList());
        }
        assertEquals(shapes.get(0), shapes.get(1));
    }

    @Test
    void aBookOfTheWrongSizeIsRefused() {
        AssertionError failure = assertThrows(AssertionError.class, () -> ThreePartyWorld.seeded(1)
                .run(session -> RuleOnShares.evaluate(
                        session, MARKET.rule(), IntegerShares.zeros(3), List.of(), UsedSlots.all(MARKET.rule()))));
        assertEquals(IllegalArgumentException.class, failure.getCause().getClass());
    }

    @Test
    void roundsStayFew() {
        Random random = new Random(4);
        ClearInputs inputs = marketInputs(random);
        ThreePartyWorld plain = ThreePartyWorld.seeded(4);
        assertAgrees(MARKET.rule(), inputs, onShares(plain, MARKET.rule(), inputs, random), "profile S");
        assertTrue(plain.rounds() <= 41, "rounds in profile S " + plain.rounds());
        ThreePartyWorld verified = verified(4);
        onShares(verified, MARKET.rule(), inputs, random);
        assertTrue(verified.rounds() <= 80, "rounds in profile M " + verified.rounds());
        assertTrue(verified.bytesSentBy(PartyId.P0) > 0);
    }

    @Test
    @DisplayName("C2: a party that goes in with another component than the other holder is found before anything is"
            + " verified or opened")
    void anotherInputThanTheOtherHolders() {
        Random random = new Random(5);
        ClearInputs inputs = marketInputs(random);
        for (PartyId cheat : PartyId.values()) {
            List<IntegerShares> books = Clear.shareIntegers(inputs.book(), random);
            books.get(cheat.index()).next()[0] ^= 1;
            ThreePartyWorld world = verified(5);
            world.attempt(session -> RuleOnShares.evaluate(
                            session,
                            MARKET.rule(),
                            books.get(session.self().index()),
                            inputs.publicInputs(),
                            inputs.used()))
                    .forEach(outcome -> assertTrue(outcome.failed(), "cheat " + cheat));
            assertTrue(world.messages().stream()
                    .allMatch(message ->
                            message.label().equals("inputs") || message.label().equals("and")));
        }
    }

    @Test
    @DisplayName("C7: what the rule multiplied stays unverified, and cannot be opened, until somebody verifies it")
    void theReadingCannotBeOpenedUnverified() {
        Random random = new Random(6);
        ClearInputs inputs = marketInputs(random);
        List<IntegerShares> books = Clear.shareIntegers(inputs.book(), random);
        verified(6)
                .attempt(session -> {
                    SharedReading reading = RuleOnShares.evaluate(
                            session,
                            MARKET.rule(),
                            books.get(session.self().index()),
                            inputs.publicInputs(),
                            inputs.used());
                    return new Opening(session.operation("too-early")).open(reading.outputs(), "open");
                })
                .forEach(outcome -> assertInstanceOf(UnverifiedException.class, outcome.failure()));
    }
}

package io.veilflow.mpc.verification;

import io.veilflow.mpc.field.FrVector;
import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.field.Words;
import io.veilflow.mpc.ledger.FieldProducts;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.randomness.PrssStream;
import io.veilflow.mpc.session.ProtocolAbortException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Attacker of {@link WrongChallengeAttackTest}: P_{i-1}, against prover P_i. It uses what this party has (its two
 * components, keys i-1 and i, its own book) and what it receives, nothing else.
 */
final class LyingLeftVerifier {
    private static final PrimeField FR = PrimeField.FR;
    private static final int PRODUCTS = 3;

    private final PartyId attacker;
    private final PartyId prover;
    private final WrongChallengeAttackTest.Lie lie;
    private final String prefix;
    private final LockstepParties parties;
    private final long[] missingOfBook;
    private final ChallengeLog told = new ChallengeLog();
    private boolean proverCompares;
    private byte[] toldSeed;
    private long[] ownClear;
    private long[] seenClear;

    LyingLeftVerifier(PartyId attacker, WrongChallengeAttackTest.Lie lie, long amount) {
        this.attacker = attacker;
        this.prover = attacker.next();
        this.lie = lie;
        this.prefix = "dzkp/Fr/" + prover.index() + "/";
        this.parties = new LockstepParties(attacker.index(), this::onTheWire);
        this.missingOfBook = multiply(amount, new Random(attacker.index()));
    }

    /** The amount times three values of the attacker's book; returns the components of the book that it lacks as a party. */
    private long[] multiply(long amount, Random random) {
        long[][] x = shares(FR.repeat(FR.element(amount), PRODUCTS), random);
        // one sharing of the amount, used three times
        for (int j = 0; j < 3; j++) {
            x[j] = FR.repeat(Arrays.copyOf(x[j], FR.words()), PRODUCTS);
        }
        long[] book = new long[PRODUCTS * FR.words()];
        for (int k = 0; k < PRODUCTS; k++) {
            System.arraycopy(FR.element(random.nextInt() >>> 1), 0, book, k * FR.words(), FR.words());
        }
        long[][] y = shares(book, random);
        parties.products(FR, PRODUCTS, x, y);
        return y[(attacker.index() + 2) % 3];
    }

    private static long[][] shares(long[] values, Random random) {
        long[] first = elements(random);
        long[] second = elements(random);
        return new long[][] {first, second, FR.subtract(values, FR.add(first, second))};
    }

    private static long[] elements(Random random) {
        byte[] bytes = new byte[PRODUCTS * FR.prssBytes()];
        random.nextBytes(bytes);
        long[] out = new long[PRODUCTS * FR.words()];
        FR.fromPrss(bytes, 0, PRODUCTS, out, 0);
        return out;
    }

    List<String> labels() {
        return parties.labels();
    }

    Map<PartyId, ProtocolAbortException> attackTheProduct() {
        proverCompares = true;
        return parties.verify("dzkp");
    }

    /** Against the variant. The attacker solves a_L + a_R = f(missing component), where f is affine. */
    long amountFromOneAbort() {
        proverCompares = false;
        FieldProducts own = parties.ledger(attacker).products(FR);
        long[] amountOwn = Arrays.copyOf(own.xOwn(), FR.words());
        long[] amountNext = Arrays.copyOf(own.xNext(), FR.words());
        long[] left = FR.repeat(amountNext, PRODUCTS);
        long[] bookNext = Arrays.copyOf(own.yNext(), PRODUCTS * FR.words());
        parties.verify("dzkp");
        long[] leftOver = FR.add(accumulator(ownClear), accumulator(seenClear));
        long[] atZero = difference(left, bookNext, FR.element(0));
        long[] atOne = difference(left, bookNext, FR.element(1));
        long[] slope = FR.subtract(atOne, atZero);
        long[] missing = FR.multiply(FR.subtract(leftOver, atZero), FR.invert(slope));
        long[] amount = FR.add(missing, FR.add(amountOwn, amountNext));
        return FrVector.toIntegers(amount)[0];
    }

    private static long[] accumulator(long[] clear) {
        return Arrays.copyOfRange(clear, 2 * FR.words(), 3 * FR.words());
    }

    /** What a_L + a_R is if the attacker's missing component of the amount is {@code guess}. */
    private long[] difference(long[] x, long[] y, long[] guess) {
        long[] right = new long[2 * x.length];
        interleave(missingOfBook, FR.repeat(guess, PRODUCTS), right);
        long[] honest = weighted(seed(), x, y);
        FieldPolynomials polynomials = new FieldPolynomials(FR);
        Interpolation interpolation = new Interpolation(FR, Step.LAST_BLOCK * 2);
        if (lie == WrongChallengeAttackTest.Lie.SEED) {
            long[] lied = weighted(toldSeed, x, y);
            return FR.multiply(coin("w/1"), FR.dots(FR.subtract(honest, lied), right, 1));
        }
        long[] points = polynomials.points(honest, right, Step.BLOCK);
        long[] honestValue = interpolation.value(points, coin("c/1"));
        long[] liedValue = interpolation.value(points, FR.add(coin("c/1"), FR.one()));
        return FR.multiply(coin("w/2"), FR.subtract(honestValue, liedValue));
    }

    private static long[] weighted(byte[] seed, long[] x, long[] y) {
        long[] rho = new long[x.length];
        try (PrssStream stream = new PrssStream(seed)) {
            stream.elements(FR, rho, 0, PRODUCTS);
        }
        long[] out = new long[2 * x.length];
        interleave(FR.multiply(rho, x), FR.multiply(rho, y), out);
        return out;
    }

    private static void interleave(long[] first, long[] second, long[] out) {
        for (int k = 0; k < first.length; k += FR.words()) {
            System.arraycopy(first, k, out, 2 * k, FR.words());
            System.arraycopy(second, k, out, 2 * k + FR.words(), FR.words());
        }
    }

    /** The coins of prover P_i are under key i+2 = i-1, which the attacker holds. */
    private long[] coin(String purpose) {
        long[] out = new long[FR.words()];
        try (PrssStream stream = parties.operation(attacker).fresh(attacker.index(), "dzkp/Fr/" + purpose)) {
            stream.elements(FR, out, 0, 1);
        }
        return out;
    }

    private byte[] seed() {
        long[] words = new long[2];
        try (PrssStream stream = parties.operation(attacker).fresh(attacker.index(), "dzkp/Fr/rho")) {
            stream.words(words, 0, words.length);
        }
        return Words.encode(words);
    }

    /** The attacker's lies, what it sees, and the variant of the prover that takes whatever the right verifier sends. */
    private byte[] onTheWire(PartyId from, PartyId to, String label, byte[] payload) {
        if (!label.startsWith(prefix)) {
            return payload;
        }
        String message = label.substring(prefix.length());
        if (from == attacker && to == prover) {
            byte[] lied = lied(message, payload);
            remember(message, lied);
            return lied;
        }
        if (message.equals("echo") && !proverCompares) {
            return new ProofChannel(parties.operation(prover), FR, "dzkp", "Fr", prover).echo(toldSeed, told.all());
        }
        if (message.equals("clear") && from == attacker) {
            ownClear = FR.decode(payload);
        }
        if (message.equals("clear") && to == attacker) {
            seenClear = FR.decode(payload);
        }
        return payload;
    }

    private byte[] lied(String message, byte[] payload) {
        byte[] out = payload.clone();
        if (lie == WrongChallengeAttackTest.Lie.SEED && message.equals("rho")) {
            out[0] ^= 1;
        }
        if (lie == WrongChallengeAttackTest.Lie.CHALLENGE && message.equals("c/1")) {
            return FR.encode(FR.add(FR.decode(payload), FR.one()));
        }
        return out;
    }

    private void remember(String message, byte[] payload) {
        if (message.equals("rho")) {
            toldSeed = payload;
        } else if (message.startsWith("c/")) {
            told.add(FR.decode(payload));
        }
    }
}

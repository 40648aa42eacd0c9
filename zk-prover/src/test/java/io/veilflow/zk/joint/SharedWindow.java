package io.veilflow.zk.joint;

import io.veilflow.zk.commitment.Blinding;
import io.veilflow.zk.commitment.BookCommitment;
import io.veilflow.zk.commitment.BookCommitments;
import io.veilflow.zk.commitment.G1Point;
import io.veilflow.zk.field.ScalarField;
import io.veilflow.zk.key.JobKeys;
import io.veilflow.zk.rule.ClearReading;
import io.veilflow.zk.rule.Rule;
import io.veilflow.zk.statement.CircuitLayout;
import io.veilflow.zk.statement.ContextHash;
import io.veilflow.zk.statement.Statement;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One window of two contributors, shared among three parties as contributors and engine would: books split into components
 * with commitments, bits and advice as fresh sharings. Groups can be made wrong before they are shared, or in one party's
 * copy only.
 */
final class SharedWindow {
    private static final BigInteger R = ScalarField.MODULUS;

    private final JobKeys keys;
    private final ContextHash context;
    private final ClearReading reading;
    private final Random random;
    private final List<List<BigInteger>> groups;
    private final BigInteger[] blindings = new BigInteger[] {BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO};
    private final BigInteger[][][] components;
    private final BigInteger[] limbMask = new BigInteger[3];
    private G1Point expected;

    SharedWindow(JobKeys keys, ContextHash context, ClearReading reading, long seed) {
        this.keys = keys;
        this.context = context;
        this.reading = reading;
        this.random = new Random(seed);
        Rule rule = reading.rule();
        CircuitLayout layout = CircuitLayout.of(rule);
        List<BigInteger> wires = reading.circuitInputs();
        int limbsAt = layout.limbsFrom() - layout.bookFrom();
        int countsAt = layout.countsFrom() - layout.bookFrom();
        int bitsAt = layout.bitsFrom() - layout.bookFrom();
        int adviceAt = layout.adviceFrom() - layout.bookFrom();
        this.groups = List.of(
                new ArrayList<>(
                        statement().words().subList(0, rule.publicWords().variableWords())),
                new ArrayList<>(wires.subList(0, layout.book())),
                new ArrayList<>(wires.subList(limbsAt, countsAt)),
                new ArrayList<>(wires.subList(countsAt, bitsAt)),
                new ArrayList<>(wires.subList(bitsAt, adviceAt)),
                new ArrayList<>(wires.subList(adviceAt, wires.size())));
        this.components = new BigInteger[groups.size()][][];
        for (Group group : Group.values()) {
            shareAgain(group);
        }
        for (int component = 0; component < limbMask.length; component++) {
            limbMask[component] = new BigInteger(300, random).mod(R);
        }
        commit();
    }

    enum Group {
        WORDS,
        BOOK,
        LIMBS,
        COUNTS,
        BITS,
        ADVICE
    }

    /** A wrong value, shared correctly. */
    SharedWindow withWrongValue(Group group, int index, BigInteger value) {
        groups.get(group.ordinal()).set(index, value);
        shareAgain(group);
        return this;
    }

    /** The manifest names another sum of commitments. */
    SharedWindow expecting(G1Point other) {
        expected = other;
        return this;
    }

    /** The parties hold another mask than the contributors committed with. */
    SharedWindow withWrongBlinding() {
        blindings[0] = blindings[0].add(BigInteger.ONE).mod(R);
        return this;
    }

    G1Point expected() {
        return expected;
    }

    /** The statement that a proof of this window is about. */
    Statement statement() {
        return Statement.of(reading.rule(), context, reading.publicValues());
    }

    WindowWitness witnessOf(int party) {
        return new WindowWitness(
                party,
                context,
                reading.inputs().publicInputs(),
                reading.inputs().used(),
                held(Group.WORDS, party),
                held(Group.BOOK, party),
                held(Group.LIMBS, party),
                held(Group.COUNTS, party),
                held(Group.BITS, party),
                held(Group.ADVICE, party),
                FieldShares.of(ScalarField.encode(blindings[party]), ScalarField.encode(blindings[(party + 1) % 3])),
                limbMask(party),
                expected);
    }

    /** One element, fresh for this window; none without limbs. */
    private FieldShares limbMask(int party) {
        if (reading.rule().limbBits() == 0) {
            return FieldShares.of(new byte[0], new byte[0]);
        }
        return FieldShares.of(ScalarField.encode(limbMask[party]), ScalarField.encode(limbMask[(party + 1) % 3]));
    }

    private FieldShares held(Group group, int party) {
        BigInteger[][] values = components[group.ordinal()];
        return FieldShares.of(
                ScalarField.encode(List.of(values[party])), ScalarField.encode(List.of(values[(party + 1) % 3])));
    }

    private void shareAgain(Group group) {
        List<BigInteger> values = groups.get(group.ordinal());
        BigInteger[][] split = new BigInteger[3][values.size()];
        for (int k = 0; k < values.size(); k++) {
            split[0][k] = new BigInteger(300, random).mod(R);
            split[1][k] = new BigInteger(300, random).mod(R);
            split[2][k] =
                    values.get(k).subtract(split[0][k]).subtract(split[1][k]).mod(R);
        }
        components[group.ordinal()] = split;
    }

    /** Two contributors with half of the book each. */
    private void commit() {
        BookCommitments commitments = new BookCommitments(keys.basis(), new SecureRandom());
        BigInteger[][] book = components[Group.BOOK.ordinal()];
        int half = book[0].length / 2;
        List<BookCommitment> books = new ArrayList<>();
        for (int contributor = 0; contributor < 2; contributor++) {
            int from = contributor * half;
            int to = contributor == 0 ? half : book[0].length;
            List<G1Point> points = new ArrayList<>();
            for (int component = 0; component < 3; component++) {
                BigInteger rho = new BigInteger(300, random).mod(R);
                blindings[component] = blindings[component].add(rho).mod(R);
                List<BigInteger> scalars = List.of(book[component]).subList(from, to);
                points.add(commitments.commit(from, ScalarField.encode(scalars), Blinding.of(ScalarField.encode(rho))));
            }
            books.add(new BookCommitment(points));
        }
        expected = BookCommitment.sumOf(books);
    }
}

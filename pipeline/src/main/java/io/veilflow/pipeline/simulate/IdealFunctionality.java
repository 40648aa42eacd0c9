package io.veilflow.pipeline.simulate;

import io.veilflow.mpc.field.FrVector;
import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.replicated.IntegerShares;
import io.veilflow.pipeline.encoding.Fields;
import io.veilflow.pipeline.encoding.Hashes;
import io.veilflow.zk.commitment.G1Point;
import io.veilflow.zk.field.ScalarField;
import io.veilflow.zk.rule.ClearInputs;
import io.veilflow.zk.rule.InputField;
import io.veilflow.zk.rule.Rule;
import io.veilflow.zk.rule.UsedSlots;
import io.veilflow.zk.statement.Statement;
import io.veilflow.zk.verify.Proof;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * What the protocols on shares are proven to be as good as: a trusted hand that takes the three parties' shares, computes in the clear and
 * gives shares of the result back. It proves what it has computed and nothing else: a stand-in for a proof is a keyed hash of the
 * statement, under a key that nobody else has.
 */
final class IdealFunctionality {
    private static final int WORD_BITS = 64;
    private static final int WORDS = 3;

    private final Rule rule;
    private final byte[] proofKey = new byte[32];
    private final SplittableRandom random;
    private final Map<String, Map<PartyId, IntegerShares>> given = new HashMap<>();
    private final Map<String, List<ElementShares>> results = new HashMap<>();

    IdealFunctionality(Rule rule, SplittableRandom random) {
        this.rule = rule;
        this.random = random;
        random.nextBytes(proofKey);
    }

    /** A party's input to one computation. */
    void give(String computation, PartyId party, IntegerShares shares) {
        given.computeIfAbsent(computation, first -> new EnumMap<>(PartyId.class))
                .put(party, IntegerShares.concat(List.of(shares)));
    }

    /** Whether each of consecutive runs of numbers lies within its bounds; empty if the holders of a component disagree. */
    Optional<boolean[]> inRange(String computation, List<List<InputField>> candidates) {
        return numbers(computation).map(numbers -> {
            boolean[] verdicts = new boolean[candidates.size()];
            int at = 0;
            for (int k = 0; k < verdicts.length; k++) {
                verdicts[k] = true;
                for (InputField field : candidates.get(k)) {
                    verdicts[k] &= field.contains(numbers.get(at++));
                }
            }
            return verdicts;
        });
    }

    /** A party's shares of the outputs of the rule; empty if the holders of a component disagree. */
    Optional<ElementShares> outputs(String computation, PartyId party, List<BigInteger> publicInputs, UsedSlots used) {
        if (!results.containsKey(computation)) {
            Optional<List<BigInteger>> book = numbers(computation);
            if (book.isEmpty()) {
                return Optional.empty();
            }
            List<BigInteger> outputs = rule.evaluate(new ClearInputs(book.get(), publicInputs, used))
                    .outputs();
            results.put(computation, share(outputs));
        }
        ElementShares shares = results.get(computation).get(party.index());
        return Optional.of(ElementShares.concat(PrimeField.FR, List.of(shares)));
    }

    /** Of a statement that this has computed. */
    Proof prove(Statement statement, G1Point commitment) {
        byte[] hash = hash(statement, commitment);
        byte[] proof = new byte[Proof.bytesWith(rule.limbBits() == 0 ? 1 : 2)];
        for (int at = 0; at < proof.length; at++) {
            proof[at] = hash[at % hash.length];
        }
        byte[] point = commitment.bytes();
        System.arraycopy(point, 0, proof, proof.length - (rule.limbBits() == 0 ? 2 : 3) * point.length, point.length);
        return Proof.of(proof);
    }

    boolean holds(Statement statement, Proof proof, G1Point commitment) {
        return Arrays.equals(prove(statement, commitment).bytes(), proof.bytes());
    }

    private byte[] hash(Statement statement, G1Point commitment) {
        return Hashes.sha256(
                Fields.of(Fields.text("ideal proof"), proofKey, statement.publicInputs(), commitment.bytes()));
    }

    private Optional<List<BigInteger>> numbers(String computation) {
        Map<PartyId, IntegerShares> shares = given.get(computation);
        for (PartyId party : PartyId.values()) {
            if (!Arrays.equals(
                    shares.get(party).next(), shares.get(party.next()).own())) {
                return Optional.empty();
            }
        }
        List<BigInteger> numbers = new ArrayList<>();
        for (int k = 0; k < shares.get(PartyId.P0).count(); k++) {
            BigInteger sum = BigInteger.ZERO;
            for (PartyId party : PartyId.values()) {
                sum = sum.add(number(shares.get(party).own(), k));
            }
            numbers.add(signed(sum));
        }
        return Optional.of(numbers);
    }

    private static BigInteger number(long[] words, int index) {
        BigInteger number = BigInteger.ZERO;
        for (int word = WORDS - 1; word >= 0; word--) {
            number = number.shiftLeft(WORD_BITS).or(new BigInteger(Long.toUnsignedString(words[index * WORDS + word])));
        }
        return number;
    }

    private static BigInteger signed(BigInteger sum) {
        BigInteger modulus = BigInteger.ONE.shiftLeft(WORDS * WORD_BITS);
        BigInteger rest = sum.mod(modulus);
        return rest.testBit(WORDS * WORD_BITS - 1) ? rest.subtract(modulus) : rest;
    }

    private List<ElementShares> share(List<BigInteger> outputs) {
        int count = outputs.size();
        long[] first = fieldElements(count);
        long[] second = fieldElements(count);
        byte[] clear = ScalarField.encode(outputs);
        long[] third = FrVector.subtract(FrVector.subtract(FrVector.decode(clear), first), second);
        List<long[]> components = List.of(first, second, third);
        List<ElementShares> shares = new ArrayList<>();
        for (PartyId party : PartyId.values()) {
            shares.add(new ElementShares(
                    PrimeField.FR,
                    count,
                    components.get(party.index()).clone(),
                    components.get(party.next().index()).clone()));
        }
        return shares;
    }

    private long[] fieldElements(int count) {
        List<BigInteger> numbers = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            byte[] bytes = new byte[31];
            random.nextBytes(bytes);
            numbers.add(new BigInteger(1, bytes));
        }
        return FrVector.decode(ScalarField.encode(numbers));
    }
}

package io.veilflow.pipeline.bench;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.field.FrVector;
import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.nativelib.NativeProver;
import io.veilflow.pipeline.admit.OpenedBook;
import io.veilflow.zk.commitment.G1Point;
import io.veilflow.zk.field.ScalarField;
import io.veilflow.zk.key.CommitmentBasis;
import io.veilflow.zk.rule.ClearInputs;
import io.veilflow.zk.rule.ClearReading;
import io.veilflow.zk.rule.Rule;
import io.veilflow.zk.rule.UsedSlots;
import io.veilflow.zk.rule.job.MarketHealthRule;
import io.veilflow.zk.statement.ContextHash;
import io.veilflow.zk.statement.Statement;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * The statement of a measurement: a market without shocks, full of positions with random amounts of 64 bits, its book
 * committed to by one contributor. Everything comes from a fixed seed, so that each process makes the same; nothing is secret.
 */
final class ProveMarket {
    private static final int SEED = 3;
    private static final int THRESHOLD = 8_000;
    private static final List<BigInteger> LIMITS =
            List.of(BigInteger.valueOf(500), BigInteger.valueOf(1_500), BigInteger.valueOf(9_900));

    private final Rule rule;
    private final long[] amounts;
    private final List<BigInteger> publicInputs;

    ProveMarket(int positions, int assets) {
        MarketHealthRule market = MarketHealthRule.of(assets, positions);
        this.rule = market.rule();
        this.amounts = PublicInputs.values(SEED, rule.bookSize());
        Random random = new Random(SEED);
        List<BigInteger> prices = new ArrayList<>();
        for (int asset = 0; asset < assets; asset++) {
            prices.add(new BigInteger(MarketHealthRule.PRICE_BITS - 1, random).add(BigInteger.ONE));
        }
        this.publicInputs =
                market.publicInputs(prices, Collections.nCopies(assets, BigInteger.valueOf(THRESHOLD)), LIMITS);
    }

    Rule rule() {
        return rule;
    }

    List<BigInteger> publicInputs() {
        return publicInputs;
    }

    UsedSlots used() {
        return UsedSlots.all(rule);
    }

    /** This party's two components of the book and of its blinding. */
    OpenedBook held(PartyId self) {
        return new OpenedBook(
                "bench",
                ByteString.EMPTY,
                0,
                PublicInputs.integers(self, SEED, amounts),
                PublicInputs.elements(PrimeField.FR, self, SEED, 1));
    }

    /** D of the book. */
    G1Point commitment(CommitmentBasis basis) {
        byte[] blinding = FrVector.encode(PublicInputs.clearElements(PrimeField.FR, SEED, 1));
        byte[] book = ScalarField.encode(book());
        byte[] scalars = Arrays.copyOf(book, book.length + blinding.length);
        System.arraycopy(blinding, 0, scalars, book.length, blinding.length);
        return G1Point.of(NativeProver.commit(basis.bytes(), scalars));
    }

    ContextHash context(long window) {
        return ContextHash.of(1, new byte[20], new byte[32], window, new byte[32]);
    }

    /** What a window must come to. */
    Statement statement(long window) {
        return Statement.of(rule, context(window), reading().publicValues());
    }

    /** All input wires of the circuit in the clear, 32 bytes each. */
    byte[] inputs() {
        byte[] publics = statement(0).publicInputs();
        byte[] secrets = ScalarField.encode(reading().circuitInputs());
        byte[] all = Arrays.copyOf(publics, publics.length + secrets.length);
        System.arraycopy(secrets, 0, all, publics.length, secrets.length);
        return all;
    }

    private ClearReading reading() {
        return rule.evaluate(ClearInputs.allUsed(rule, book(), publicInputs));
    }

    private List<BigInteger> book() {
        return Arrays.stream(amounts)
                .mapToObj(amount -> new BigInteger(Long.toUnsignedString(amount)))
                .toList();
    }
}

package io.veilflow.zk.joint;

import io.veilflow.zk.field.ScalarField;
import io.veilflow.zk.statement.Keccak;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Replicated arithmetic of one of three parties in memory, with integers of any size: a plain second engine for tests of
 * the prover, written from PROTOCOLS sections 4.0, 4.2 and 4.4.
 */
final class TestEngine implements ProvingEngine {
    private static final BigInteger R = ScalarField.MODULUS;

    private final int party;
    private final TestPost post;

    TestEngine(int party, TestPost post) {
        this.party = party;
        this.post = post;
    }

    @Override
    public int party() {
        return party;
    }

    @Override
    public FieldShares multiply(String label, FieldShares x, FieldShares y) {
        List<BigInteger> additive = new ArrayList<>();
        for (int k = 0; k < x.count(); k++) {
            additive.add(term(x, y, k).add(zero(label, k)).mod(R));
        }
        return reshare(label, additive);
    }

    /** 1/x = r * y^-1 with y = x * r opened; in a test an opened mask harms nobody. */
    @Override
    public FieldShares invert(String label, FieldShares x) {
        FieldShares r = random(label + "/r", x.count());
        byte[] y = open(label + "/y", multiply(label + "/masked", x, r));
        List<BigInteger> own = new ArrayList<>();
        List<BigInteger> next = new ArrayList<>();
        for (int k = 0; k < x.count(); k++) {
            BigInteger inverse = element(y, k).modInverse(R);
            own.add(element(r.own(), k).multiply(inverse).mod(R));
            next.add(element(r.next(), k).multiply(inverse).mod(R));
        }
        return FieldShares.of(ScalarField.encode(own), ScalarField.encode(next));
    }

    private FieldShares dotProduct(String label, FieldShares x, FieldShares y) {
        BigInteger sum = zero(label, 0);
        for (int k = 0; k < x.count(); k++) {
            sum = sum.add(term(x, y, k));
        }
        return reshare(label, List.of(sum.mod(R)));
    }

    @Override
    public FieldShares random(String label, int count) {
        List<BigInteger> own = new ArrayList<>();
        List<BigInteger> next = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            own.add(stream(party, label, k));
            next.add(stream((party + 1) % 3, label, k));
        }
        return FieldShares.of(ScalarField.encode(own), ScalarField.encode(next));
    }

    @Override
    public byte[] zeroShare(String label) {
        return ScalarField.encode(zero(label, 0));
    }

    @Override
    public RowCheck rowCheck(String label) {
        return new RowCheck() {
            @Override
            public byte[] openCoin() {
                return open(label + "/coin", random(label + "/coin", 1));
            }

            @Override
            public boolean holds(FieldShares x, FieldShares y, FieldShares rest) {
                FieldShares v = minus(dotProduct(label + "/products", x, y), rest);
                FieldShares masked = multiply(label + "/masked", random(label + "/t", 1), v);
                return Arrays.equals(open(label + "/opened", masked), new byte[ScalarField.BYTES]);
            }
        };
    }

    private static FieldShares minus(FieldShares left, FieldShares right) {
        return FieldShares.of(
                ScalarField.encode(
                        element(left.own(), 0).subtract(element(right.own(), 0)).mod(R)),
                ScalarField.encode(element(left.next(), 0)
                        .subtract(element(right.next(), 0))
                        .mod(R)));
    }

    private byte[] open(String label, FieldShares shares) {
        post.send(party, (party + 1) % 3, label, shares.own().clone());
        byte[] lacking = post.receive((party + 2) % 3, party, label);
        List<BigInteger> values = new ArrayList<>();
        for (int k = 0; k < shares.count(); k++) {
            values.add(element(shares.own(), k)
                    .add(element(shares.next(), k))
                    .add(element(lacking, k))
                    .mod(R));
        }
        return ScalarField.encode(values);
    }

    @Override
    public PeerMessages exchange(String label, byte[] message) {
        int next = (party + 1) % 3;
        int previous = (party + 2) % 3;
        post.send(party, next, label, message.clone());
        post.send(party, previous, label, message.clone());
        return new PeerMessages(post.receive(next, party, label), post.receive(previous, party, label));
    }

    static BigInteger element(byte[] elements, int k) {
        int from = k * ScalarField.BYTES;
        return ScalarField.decode(Arrays.copyOfRange(elements, from, from + ScalarField.BYTES));
    }

    private FieldShares reshare(String label, List<BigInteger> additive) {
        byte[] own = ScalarField.encode(additive);
        post.send(party, (party + 2) % 3, label, own.clone());
        return FieldShares.of(own, post.receive((party + 1) % 3, party, label));
    }

    private static BigInteger term(FieldShares x, FieldShares y, int k) {
        BigInteger xOwn = element(x.own(), k);
        BigInteger xNext = element(x.next(), k);
        BigInteger yOwn = element(y.own(), k);
        BigInteger yNext = element(y.next(), k);
        return xOwn.multiply(yOwn).add(xOwn.multiply(yNext)).add(xNext.multiply(yOwn));
    }

    private BigInteger zero(String label, int k) {
        return stream(party, label + "/zero", k)
                .subtract(stream((party + 1) % 3, label + "/zero", k))
                .mod(R);
    }

    /** Output k of the generator under the key of a component. */
    private BigInteger stream(int component, String label, int k) {
        byte[] seed = (post.run() + "/" + component + "/" + label + "/" + k).getBytes(StandardCharsets.UTF_8);
        return new BigInteger(1, Keccak.hash(seed)).mod(R);
    }
}

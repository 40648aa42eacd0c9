package io.veilflow.nativelib;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Three provers in one test with plain arithmetic in the place of the MPC: values are put together, multiplied and shared
 * again, which only a test may do.
 */
final class ThreeProofs implements AutoCloseable {
    private static final int ELEMENT = 32;

    final List<JointProof> proofs = new ArrayList<>();
    private final Random random;
    private final byte[] word;

    ThreeProofs(ProvingKeyHandle key, byte[] basis, byte[] context, int[] amounts, int limit, Random random) {
        this.random = random;
        this.word = SmallRule.word(amounts, limit);
        byte[] mask = SmallRule.element(new BigInteger(250, random));
        byte[] book = SmallRule.book(amounts);
        byte[] commitment = NativeProver.commit(basis, SmallRule.concat(book, mask));
        byte[][] words = share(word);
        byte[][] books = share(book);
        CircuitSummary circuit = key.circuit();
        byte[][] rest = share(SmallRule.rangesAndAdvice(amounts, limit, circuit.limbBits()));
        byte[][] masks = share(mask);
        byte[][] limbMasks = circuit.commitments() == 2 ? share(randomElement()) : new byte[3][0];
        for (int i = 0; i < 3; i++) {
            int j = (i + 1) % 3;
            try (WitnessShare witness =
                    WitnessShare.of(circuit, masks[i], masks[j], limbMasks[i], limbMasks[j], commitment)) {
                witness.appendKnown(context)
                        .appendShared(words[i], words[j])
                        .appendShared(books[i], books[j])
                        .appendKnown(SmallRule.publics(limit))
                        .appendShared(rest[i], rest[j]);
                proofs.add(JointProof.start(key, i, witness));
            }
        }
    }

    /** Runs all three to the end and returns the proof of each. */
    List<byte[]> run() {
        while (!(proofs.get(0).current() instanceof JointStep.Done)) {
            byte[][] replies = replies();
            for (int i = 0; i < 3; i++) {
                proofs.get(i).step(replies[i]);
            }
        }
        return proofs.stream()
                .map(proof -> ((JointStep.Done) proof.current()).proof())
                .toList();
    }

    /** Runs all three until they wait for a reply to a step of a kind. */
    void runTo(Class<? extends JointStep> kind) {
        while (!kind.isInstance(proofs.get(0).current())) {
            byte[][] replies = replies();
            for (int i = 0; i < 3; i++) {
                proofs.get(i).step(replies[i]);
            }
        }
    }

    byte[][] replies() {
        List<JointStep> steps = proofs.stream().map(JointProof::current).toList();
        byte[][] replies = new byte[3][];
        if (steps.get(0) instanceof JointStep.RoundZero) {
            return fromPeers(steps.stream()
                    .map(step -> ((JointStep.RoundZero) step).message())
                    .toList());
        } else if (steps.get(0) instanceof JointStep.Inversions) {
            return pairs(share(inverses(sum(steps.stream()
                    .map(step -> ((JointStep.Inversions) step).xOwn())
                    .toList()))));
        } else if (steps.get(0) instanceof JointStep.Products) {
            List<JointStep.Products> all =
                    steps.stream().map(JointStep.Products.class::cast).toList();
            byte[] x = sum(all.stream().map(JointStep.Products::xOwn).toList());
            byte[] y = sum(all.stream().map(JointStep.Products::yOwn).toList());
            return pairs(share(multiply(x, y)));
        } else if (steps.get(0) instanceof JointStep.RowCoin) {
            Arrays.fill(replies, randomElement());
        } else if (steps.get(0) instanceof JointStep.RowTerms) {
            requireZeroRowCheck(
                    steps.stream().map(JointStep.RowTerms.class::cast).toList());
            byte[][] r = pairs(share(randomElement()));
            byte[][] s = pairs(share(randomElement()));
            for (int i = 0; i < 3; i++) {
                replies[i] = SmallRule.concat(r[i], s[i]);
            }
        } else if (steps.get(0) instanceof JointStep.RoundOne) {
            return fromPeers(steps.stream()
                    .map(step -> ((JointStep.RoundOne) step).message())
                    .toList());
        } else if (steps.get(0) instanceof JointStep.RoundOneChecked) {
            byte[][] f = {randomElement(), randomElement(), randomElement()};
            for (int i = 0; i < 3; i++) {
                BigInteger difference = new BigInteger(1, f[i]).subtract(new BigInteger(1, f[(i + 1) % 3]));
                replies[i] = SmallRule.concat(word, SmallRule.element(difference));
            }
        } else if (steps.get(0) instanceof JointStep.RoundTwo) {
            return fromPeers(steps.stream()
                    .map(step -> ((JointStep.RoundTwo) step).message())
                    .toList());
        }
        return replies;
    }

    @Override
    public void close() {
        proofs.forEach(JointProof::close);
    }

    private static void requireZeroRowCheck(List<JointStep.RowTerms> all) {
        byte[] x = sum(all.stream().map(JointStep.RowTerms::xOwn).toList());
        byte[] y = sum(all.stream().map(JointStep.RowTerms::yOwn).toList());
        byte[] rest = sum(all.stream().map(JointStep.RowTerms::restOwn).toList());
        byte[] products = multiply(x, y);
        BigInteger v = at(rest, 0).negate();
        for (int k = 0; k < products.length / ELEMENT; k++) {
            v = v.add(at(products, k));
        }
        if (v.mod(SmallRule.R).signum() != 0) {
            throw new AssertionError("the row check of a right witness is not zero");
        }
    }

    private byte[][] share(byte[] values) {
        byte[][] components = new byte[3][values.length];
        for (int k = 0; k < values.length / ELEMENT; k++) {
            BigInteger first = new BigInteger(1, randomElement());
            BigInteger second = new BigInteger(1, randomElement());
            put(components[0], k, first);
            put(components[1], k, second);
            put(components[2], k, at(values, k).subtract(first).subtract(second));
        }
        return components;
    }

    /** To each party the messages of the next and the previous one. */
    private static byte[][] fromPeers(List<byte[]> messages) {
        byte[][] replies = new byte[3][];
        for (int i = 0; i < 3; i++) {
            replies[i] = SmallRule.concat(messages.get((i + 1) % 3), messages.get((i + 2) % 3));
        }
        return replies;
    }

    private static byte[] inverses(byte[] x) {
        byte[] out = new byte[x.length];
        for (int k = 0; k < out.length / ELEMENT; k++) {
            put(out, k, at(x, k).modInverse(SmallRule.R));
        }
        return out;
    }

    private static byte[][] pairs(byte[][] components) {
        byte[][] pairs = new byte[3][];
        for (int i = 0; i < 3; i++) {
            pairs[i] = SmallRule.concat(components[i], components[(i + 1) % 3]);
        }
        return pairs;
    }

    private static byte[] sum(List<byte[]> components) {
        byte[] out = new byte[components.get(0).length];
        for (int k = 0; k < out.length / ELEMENT; k++) {
            put(out, k, at(components.get(0), k).add(at(components.get(1), k)).add(at(components.get(2), k)));
        }
        return out;
    }

    private static byte[] multiply(byte[] x, byte[] y) {
        byte[] out = new byte[x.length];
        for (int k = 0; k < out.length / ELEMENT; k++) {
            put(out, k, at(x, k).multiply(at(y, k)));
        }
        return out;
    }

    private byte[] randomElement() {
        return SmallRule.element(new BigInteger(300, random));
    }

    private static BigInteger at(byte[] elements, int k) {
        return new BigInteger(1, Arrays.copyOfRange(elements, k * ELEMENT, (k + 1) * ELEMENT));
    }

    private static void put(byte[] elements, int k, BigInteger value) {
        System.arraycopy(SmallRule.element(value), 0, elements, k * ELEMENT, ELEMENT);
    }
}

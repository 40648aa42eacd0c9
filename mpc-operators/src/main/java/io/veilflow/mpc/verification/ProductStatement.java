package io.veilflow.mpc.verification;

import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.ledger.FieldProducts;
import io.veilflow.mpc.randomness.PrssStream;
import java.util.Arrays;
import java.util.List;

/**
 * Inner products of one prover over one field (PROTOCOLS 4.5). Each has a weight rho_t of its own from the seed, t
 * counting the statements of this prover: {@code u = (rho*x_i, rho*y_i)} and {@code v = (y_{i+1}, x_{i+1})} per term,
 * {@code t_L = sum rho*(z_i - r_i) - sum rho*x_i*y_i}, {@code t_R = sum rho*r_{i+1}}. A cheaper first product of 4.7
 * is one entry, {@code u = rho*b_0}, {@code v = b_1}, {@code t_L = rho*z_0}, {@code t_R = rho*F_1}, of prover P_0
 * only. Holds secrets.
 */
final class ProductStatement implements Statement {
    enum Part {
        PROVER,
        LEFT,
        RIGHT
    }

    private final Part part;
    private final FieldProducts products;
    private final List<ProductRun> runs;
    private final PrimeField field;
    private final int words;
    private final Interpolation interpolation;
    private final int entries;
    private long[] target;
    private ProofVectors vectors;

    /** @param runs of this prover */
    ProductStatement(Part part, Interpolation interpolation, FieldProducts products, List<ProductRun> runs) {
        this.part = part;
        this.products = products;
        this.runs = runs;
        this.field = products.field();
        this.words = field.words();
        this.interpolation = interpolation;
        this.entries = entriesOf(runs);
        this.target = new long[words];
    }

    private static int entriesOf(List<ProductRun> runs) {
        return runs.stream().mapToInt(ProductRun::entries).reduce(0, Math::addExact);
    }

    static StatementSize sizeOf(List<ProductRun> runs) {
        return new StatementSize(true, entriesOf(runs), Step.BLOCK);
    }

    @Override
    public PrimeField field() {
        return field;
    }

    @Override
    public StatementSize size() {
        return sizeOf(runs);
    }

    @Override
    public void weigh(byte[] seed) {
        long[] left = part == Part.RIGHT ? null : new long[entries * words];
        long[] right = part == Part.LEFT ? null : new long[entries * words];
        try (PrssStream weights = new PrssStream(seed)) {
            int at = 0;
            for (ProductRun run : runs) {
                long[] rho = new long[run.statements() * words];
                weights.elements(field, rho, 0, run.statements());
                if (run.cheap()) {
                    addCheap(run, rho, left, right, at);
                } else {
                    addSums(run, rho, left, right, at);
                }
                at += run.entries() * words;
            }
        }
        vectors = new ProofVectors(interpolation, BlockPolynomials.over(field), field, left, right);
    }

    private void addCheap(ProductRun run, long[] rho, long[] left, long[] right, int at) {
        if (left != null) {
            long[] weighted = field.multiply(rho, terms(products.xOwn(), run));
            System.arraycopy(weighted, 0, left, at, weighted.length);
        }
        if (right != null) {
            System.arraycopy(products.yOwn(), run.firstTerm() * words, right, at, rho.length);
        }
        if (part == Part.LEFT) {
            target = field.add(target, field.dots(rho, statements(products.zNext(), run), 1));
        }
        if (part == Part.RIGHT) {
            target = field.add(target, field.dots(rho, statements(products.maskOwn(), run), 1));
        }
    }

    private void addSums(ProductRun run, long[] rho, long[] left, long[] right, int at) {
        switch (part) {
            case PROVER -> {
                weighted(run, rho, products.xOwn(), products.yOwn(), left, at);
                interleave(terms(products.yNext(), run), terms(products.xNext(), run), right, at);
            }
            case LEFT -> {
                long[] x = weighted(run, rho, products.xNext(), products.yNext(), left, at);
                long[] own = x.length == 0 ? new long[words] : field.dots(x, terms(products.yNext(), run), 1);
                long[] masked = field.subtract(statements(products.zNext(), run), statements(products.maskNext(), run));
                target = field.add(target, field.subtract(field.dots(rho, masked, 1), own));
            }
            case RIGHT -> {
                interleave(terms(products.yOwn(), run), terms(products.xOwn(), run), right, at);
                target = field.add(target, field.dots(rho, statements(products.maskOwn(), run), 1));
            }
        }
    }

    /** Puts (rho*x, rho*y) per term into {@code out}; returns rho*x. */
    private long[] weighted(ProductRun run, long[] rho, long[] x, long[] y, long[] out, int at) {
        long[] perTerm = perTerm(run, rho);
        long[] first = field.multiply(perTerm, terms(x, run));
        interleave(first, field.multiply(perTerm, terms(y, run)), out, at);
        return first;
    }

    private long[] perTerm(ProductRun run, long[] rho) {
        if (run.terms() == 1) {
            return rho;
        }
        long[] out = new long[rho.length * run.terms()];
        for (int s = 0, at = 0; s < run.statements(); s++) {
            for (int k = 0; k < run.terms(); k++, at += words) {
                System.arraycopy(rho, s * words, out, at, words);
            }
        }
        return out;
    }

    private void interleave(long[] first, long[] second, long[] out, int at) {
        for (int k = 0; k < first.length; k += words) {
            System.arraycopy(first, k, out, at + 2 * k, words);
            System.arraycopy(second, k, out, at + 2 * k + words, words);
        }
    }

    private long[] terms(long[] column, ProductRun run) {
        int from = run.firstTerm() * words;
        return Arrays.copyOfRange(column, from, from + run.statements() * run.terms() * words);
    }

    private long[] statements(long[] column, ProductRun run) {
        int from = run.firstStatement() * words;
        return Arrays.copyOfRange(column, from, from + run.statements() * words);
    }

    @Override
    public long[] target() {
        return target.clone();
    }

    @Override
    public long[] points(Step step) {
        return vectors.points(step.block());
    }

    @Override
    public void fold(Step step, long[] challenge) {
        vectors.fold(step.block(), challenge);
    }

    @Override
    public void mask(long[] leftMask, long[] rightMask) {
        vectors.mask(leftMask, rightMask);
    }

    @Override
    public long[] value() {
        return vectors.value();
    }

    @Override
    public void wipe() {
        Arrays.fill(target, 0);
        if (vectors != null) {
            vectors.wipe();
        }
    }

    @Override
    public String toString() {
        return "ProductStatement[" + entries + " entries over " + field.label() + "]";
    }
}

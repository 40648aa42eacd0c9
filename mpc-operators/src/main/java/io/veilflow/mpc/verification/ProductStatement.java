package io.veilflow.mpc.verification;

import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.field.ProductSum;
import io.veilflow.mpc.ledger.FieldProducts;
import io.veilflow.mpc.randomness.PrssStream;
import java.util.Arrays;
import java.util.List;

/**
 * Inner products of one prover over one field (PROTOCOLS 4.5). Each has a weight rho_t of its own from the seed, t
 * counting the statements of this prover: {@code u = (rho*x_i, rho*y_i)} and {@code v = (y_{i+1}, x_{i+1})} per term,
 * {@code t_L = sum rho*(z_i - r_i) - sum rho*x_i*y_i}, {@code t_R = sum rho*r_{i+1}}. A cheaper first product of 4.7
 * is one entry, {@code u = rho*b_0}, {@code v = b_1}, {@code t_L = rho*z_0}, {@code t_R = rho*F_1}, of prover P_0
 * only. Weights are drawn divided by a constant of the field, which targets and the first level put back. Holds secrets.
 */
final class ProductStatement implements Statement {
    enum Part {
        PROVER,
        LEFT,
        RIGHT
    }

    /** What lies between stays in the processor's cache. */
    private static final int STATEMENTS_AT_ONCE = 64;

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
        ProductSum gained = field.productSum();
        ProductSum lost = field.productSum();
        long[] rho = new long[STATEMENTS_AT_ONCE * words];
        try (PrssStream weights = new PrssStream(seed)) {
            int at = 0;
            for (ProductRun run : runs) {
                for (int from = 0; from < run.statements(); from += STATEMENTS_AT_ONCE) {
                    ProductRun piece = run.piece(from, Math.min(STATEMENTS_AT_ONCE, run.statements() - from));
                    weights.quotients(field, rho, 0, piece.statements());
                    addEntries(piece, rho, left, right, at);
                    addTargets(piece, rho, gained);
                    if (part == Part.LEFT && !piece.cheap()) {
                        addOwnProducts(piece, left, at, lost);
                    }
                    at += piece.entries() * words;
                }
            }
        }
        Arrays.fill(rho, 0);
        target = field.multiply(field.subtract(gained.value(), lost.value()), field.quotientFactor());
        vectors = new ProofVectors(
                interpolation, BlockPolynomials.over(field), field, left, right, field.quotientFactor());
    }

    private void addEntries(ProductRun piece, long[] rho, long[] left, long[] right, int at) {
        int from = piece.firstTerm() * words;
        if (piece.cheap()) {
            if (left != null) {
                weigh(rho, 1, products.xOwn(), from, left, at, words, piece.statements());
            }
            if (right != null) {
                place(products.yOwn(), from, right, at, words, piece.statements());
            }
            return;
        }
        int terms = piece.statements() * piece.terms();
        if (left != null) {
            boolean prover = part == Part.PROVER;
            long[] x = prover ? products.xOwn() : products.xNext();
            long[] y = prover ? products.yOwn() : products.yNext();
            weigh(rho, piece.terms(), x, from, left, at, 2 * words, terms);
            weigh(rho, piece.terms(), y, from, left, at + words, 2 * words, terms);
        }
        if (right != null) {
            boolean prover = part == Part.PROVER;
            place(prover ? products.yNext() : products.yOwn(), from, right, at, 2 * words, terms);
            place(prover ? products.xNext() : products.xOwn(), from, right, at + words, 2 * words, terms);
        }
    }

    /** Every weight times its {@code terms} entries of the column, to places {@code step} words apart. */
    private void weigh(long[] rho, int terms, long[] column, int from, long[] out, int at, int step, int count) {
        for (int k = 0; k < count; k++) {
            field.multiply(rho, k / terms * words, column, from + k * words, out, at + k * step);
        }
    }

    private void place(long[] column, int from, long[] out, int at, int step, int count) {
        for (int k = 0; k < count; k++) {
            System.arraycopy(column, from + k * words, out, at + k * step, words);
        }
    }

    /** What each weight is multiplied by in t_L or t_R; the products that the left verifier knows come off later. */
    private void addTargets(ProductRun piece, long[] rho, ProductSum sum) {
        if (part == Part.PROVER) {
            return;
        }
        long[] masked = new long[words];
        for (int k = 0; k < piece.statements(); k++) {
            int at = (piece.firstStatement() + k) * words;
            if (part == Part.RIGHT) {
                sum.add(rho, k * words, products.maskOwn(), at);
            } else if (piece.cheap()) {
                sum.add(rho, k * words, products.zNext(), at);
            } else {
                field.subtract(products.zNext(), at, products.maskNext(), at, masked, 0);
                sum.add(rho, k * words, masked, 0);
            }
        }
    }

    /** rho*x_i times y_i, term by term. */
    private void addOwnProducts(ProductRun piece, long[] left, int at, ProductSum sum) {
        long[] y = products.yNext();
        for (int k = 0; k < piece.statements() * piece.terms(); k++) {
            sum.add(left, at + 2 * k * words, y, (piece.firstTerm() + k) * words);
        }
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

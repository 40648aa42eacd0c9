package io.veilflow.pipeline.evaluate;

import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.replicated.Multiplication;
import io.veilflow.mpc.session.Session;
import io.veilflow.pipeline.shares.ShareScope;
import io.veilflow.zk.rule.RuleNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Computes frames side by side: first everything that is local, then all products that are ready, one round, and so on until there are no
 * more; only then all comparisons that are ready, since they cost most rounds. Every party runs the same waves, which follow from the
 * rule alone.
 */
final class Waves {
    private final Session session;
    private final LocalArithmetic local;
    private final LocalNodes locals;
    private final Decomposition waiting = new Decomposition();

    Waves(Session session, LocalArithmetic local, LocalNodes locals) {
        this.session = session;
        this.local = local;
        this.locals = locals;
    }

    /** Values that have to go to bits some time: they travel with the next comparisons. */
    Decomposition waiting() {
        return waiting;
    }

    /** Until no frame can go on by itself. Messages at {@code path}. */
    void run(String path, List<Frame> frames, ShareScope scope) {
        for (int wave = 0; ; wave++) {
            String here = path + "/" + wave;
            settleProducts(here, frames, scope);
            ComparisonBatch comparisons = new ComparisonBatch();
            for (Frame frame : frames) {
                for (RuleNode node : frame.ready()) {
                    if (ComparisonBatch.is(node.operation())) {
                        comparisons.add(frame, node, local);
                    }
                }
            }
            if (comparisons.isEmpty()) {
                return;
            }
            comparisons.run(session, here, waiting, scope);
        }
    }

    private void settleProducts(String path, List<Frame> frames, ShareScope scope) {
        for (int round = 0; ; round++) {
            List<Product> products = new ArrayList<>();
            for (Frame frame : frames) {
                products.addAll(settle(frame));
            }
            if (products.isEmpty()) {
                return;
            }
            multiply(path + "/products-" + round, products, scope);
        }
    }

    private record Product(Frame frame, RuleNode node, Bilinear factors) {}

    /** Computes all local nodes; what is ready then and needs a product comes back. */
    private List<Product> settle(Frame frame) {
        List<Product> products = new ArrayList<>();
        for (RuleNode node : frame.missing()) {
            if (!frame.isReady(node)) {
                continue;
            }
            if (Bilinear.is(node.operation())) {
                Bilinear factors = Bilinear.of(node.operation(), frame, local);
                if (factors.isSecret()) {
                    products.add(new Product(frame, node, factors));
                } else {
                    frame.put(node, finished(frame, factors, local.scale(factors.left(), factors.right())));
                }
            } else {
                locals.value(node, frame).ifPresent(value -> frame.put(node, value));
            }
        }
        return products;
    }

    private static NodeValue finished(Frame frame, Bilinear factors, NodeValue product) {
        frame.scope().keep(product::wipe);
        return factors.finish().apply(product);
    }

    /** A value of that size may be the frame's own, which outlives this step. */
    private ElementShares factor(NodeValue value, int size, ShareScope scope) {
        ElementShares elements = local.field(value, size).elements();
        return value.size() == size ? elements : scope.keep(elements);
    }

    private void multiply(String path, List<Product> products, ShareScope scope) {
        List<ElementShares> left = new ArrayList<>();
        List<ElementShares> right = new ArrayList<>();
        for (Product product : products) {
            int size = product.factors.size();
            left.add(factor(product.factors.left(), size, scope));
            right.add(factor(product.factors.right(), size, scope));
        }
        ElementShares all = scope.keep(new Multiplication(session.operation(path))
                .multiply(
                        scope.keep(ElementShares.concat(PrimeField.FR, left)),
                        scope.keep(ElementShares.concat(PrimeField.FR, right))));
        int from = 0;
        for (Product product : products) {
            int size = product.factors.size();
            FieldValue value = new FieldValue(all.slice(from, size));
            product.frame.put(product.node, finished(product.frame, product.factors, value));
            from += size;
        }
    }
}

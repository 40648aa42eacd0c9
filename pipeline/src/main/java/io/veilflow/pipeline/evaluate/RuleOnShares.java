package io.veilflow.pipeline.evaluate;

import io.veilflow.mpc.field.Fr;
import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.replicated.BitShares;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.replicated.IntegerShares;
import io.veilflow.mpc.replicated.Multiplication;
import io.veilflow.mpc.replicated.convert.BitsToField;
import io.veilflow.mpc.session.Session;
import io.veilflow.pipeline.shares.ShareScope;
import io.veilflow.zk.rule.NodeKind;
import io.veilflow.zk.rule.NodeOperation;
import io.veilflow.zk.rule.Rule;
import io.veilflow.zk.rule.RuleNode;
import io.veilflow.zk.rule.UsedSlots;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads a rule on shares in one session. Nodes are computed in waves: first all that need no message, then all products and
 * all comparisons whose operands are known, each kind as one vector; their bits enter Fr together, in the first wave with the
 * bits of the whole book. Every party runs the same waves, since they follow from the rule alone.
 *
 * <p><b>Security</b>: one malicious party. The two holders of every book component agree on it before anything else (PROTOCOLS 4.5,
 * order (a)). Openings happen only inside {@code FieldToBits}, which in profile M verifies every product of the session before
 * it. Products behind the reading that no such opening needed are still in the session's ledger: the row check of the proof
 * verifies them, and until then no value of class VERIFIED can be opened. In profile S nothing is verified. <b>Failure</b>:
 * whatever ends a session; every share made here is wiped then.
 */
public final class RuleOnShares {
    private final Session session;
    private final Rule rule;
    private final List<BigInteger> publicInputs;
    private final UsedSlots used;
    private final Book book;
    private final LocalArithmetic local;
    private final NodeValue[] values;
    private final ElementShares[] advice;
    private final ShareScope scope;
    private ElementShares bookBits;

    private RuleOnShares(
            Session session,
            Rule rule,
            IntegerShares book,
            List<BigInteger> publicInputs,
            UsedSlots used,
            ShareScope scope) {
        this.session = session;
        this.scope = scope;
        this.rule = rule;
        this.publicInputs = publicInputs;
        this.used = used;
        this.book = new Book(rule, book, scope);
        this.local = new LocalArithmetic(session.self());
        this.values = new NodeValue[rule.nodes().size()];
        this.advice = new ElementShares[rule.nodes().size()];
    }

    /**
     * @param book this party's components of all slots in book order; empty slots are shared zeros
     * @param publicInputs FEED and PARAMETER values in declared order
     * @param used slots in use
     * @throws io.veilflow.mpc.session.ProtocolAbortException when the session ends
     */
    public static SharedReading evaluate(
            Session session, Rule rule, IntegerShares book, List<BigInteger> publicInputs, UsedSlots used) {
        if (publicInputs.size() != rule.publicInputs().size()) {
            throw new IllegalArgumentException(publicInputs.size() + " public inputs for a rule with "
                    + rule.publicInputs().size());
        }
        if (rule.limbBits() > 0) {
            throw new UnsupportedOperationException(rule + ": limbs are not read on shares yet");
        }
        try (ShareScope scope = new ShareScope()) {
            return new RuleOnShares(session, rule, book, publicInputs, used, scope).run();
        }
    }

    private SharedReading run() {
        book.agree(session);
        for (int wave = 0; !complete(); wave++) {
            runWave("evaluate/" + wave);
        }
        if (bookBits == null) {
            convertBits("evaluate/bits", new ComparisonBatch());
        }
        List<ElementShares> outputs = rule.outputs().stream()
                .map(output -> values[output.node()].toField(session.self()).elements())
                .toList();
        ElementShares result = ElementShares.concat(PrimeField.FR, outputs);
        return new SharedReading(
                ElementShares.concat(PrimeField.FR, List.of(book.elements())),
                ElementShares.zeros(PrimeField.FR, 0),
                ElementShares.zeros(PrimeField.FR, 0),
                allBits(),
                ElementShares.concat(PrimeField.FR, allFlags()),
                result,
                new OutputWords(session.self(), rule).pack(result, publicInputs, used));
    }

    private boolean complete() {
        for (NodeValue value : values) {
            if (value == null) {
                return false;
            }
        }
        return true;
    }

    /** Of public inputs, of the book, of the comparisons. */
    private ElementShares allBits() {
        List<ElementShares> out = new ArrayList<>();
        for (int input = 0; input < publicInputs.size(); input++) {
            for (int bit = 0; bit < rule.publicInputs().get(input).bits(); bit++) {
                boolean set = publicInputs.get(input).testBit(bit);
                PublicScalar value = new PublicScalar(set ? BigInteger.ONE : BigInteger.ZERO);
                out.add(value.toField(session.self()).elements());
            }
        }
        out.add(bookBits);
        for (RuleNode node : rule.nodes()) {
            for (int value = 0; node.isComparison() && value < rule.valuesOf(node); value++) {
                int from = value * (node.comparisonWidth() + 1) + 1;
                out.add(scope.keep(advice[node.index()].slice(from, node.comparisonWidth())));
            }
        }
        return ElementShares.concat(PrimeField.FR, out);
    }

    private List<ElementShares> allFlags() {
        List<ElementShares> out = new ArrayList<>();
        for (RuleNode node : rule.nodes()) {
            if (node.isComparison()) {
                out.add(values[node.index()].toField(session.self()).elements());
            }
        }
        return out;
    }

    private void runWave(String path) {
        List<RuleNode> products = new ArrayList<>();
        ComparisonBatch comparisons = new ComparisonBatch();
        boolean compares = false;
        for (RuleNode node : rule.nodes()) {
            if (values[node.index()] != null || !ready(node)) {
                continue;
            }
            if (node.operation() instanceof NodeOperation.LessThan comparison) {
                NodeValue difference = local.subtract(values[comparison.left()], values[comparison.right()]);
                scope.keep(difference::wipe);
                comparisons.add(node, difference);
                compares = true;
            } else if (isProduct(node)) {
                products.add(node);
            } else {
                put(node, node.operation().accept(new LocalNode()));
            }
        }
        if (!products.isEmpty()) {
            multiply(path + "/products", products);
        }
        if (compares) {
            convertBits(path, comparisons);
        }
    }

    private void put(RuleNode node, NodeValue value) {
        scope.keep(value::wipe);
        values[node.index()] = value;
    }

    private boolean ready(RuleNode node) {
        for (int operand : node.operation().operands()) {
            if (values[operand] == null) {
                return false;
            }
        }
        return true;
    }

    private boolean isProduct(RuleNode node) {
        return node.operation() instanceof NodeOperation.Multiply multiply
                && values[multiply.left()].kind() != NodeKind.PUBLIC
                && values[multiply.right()].kind() != NodeKind.PUBLIC;
    }

    /** All products of a wave in one round. */
    private void multiply(String path, List<RuleNode> nodes) {
        List<ElementShares> left = new ArrayList<>();
        List<ElementShares> right = new ArrayList<>();
        for (RuleNode node : nodes) {
            NodeOperation.Multiply operands = (NodeOperation.Multiply) node.operation();
            NodeValue x = values[operands.left()];
            NodeValue y = values[operands.right()];
            left.add(scope.keep(local.field(x, y).elements()));
            right.add(scope.keep(local.field(y, x).elements()));
        }
        ElementShares all = scope.keep(new Multiplication(session.operation(path))
                .multiply(
                        scope.keep(ElementShares.concat(PrimeField.FR, left)),
                        scope.keep(ElementShares.concat(PrimeField.FR, right))));
        int from = 0;
        for (RuleNode node : nodes) {
            int length = rule.valuesOf(node);
            put(node, new FieldValue(all.slice(from, length)));
            from += length;
        }
    }

    /** All bits of a wave, and those of the book in the first, enter Fr in the same two rounds. */
    private void convertBits(String path, ComparisonBatch comparisons) {
        List<BitShares> bits = new ArrayList<>();
        if (bookBits == null) {
            bits.addAll(book.bits(session));
        }
        int bookGroups = bits.size();
        bits.addAll(comparisons.advice(session, path, scope));
        List<ElementShares> converted =
                new BitsToField(session.operation(path + "/to-field"), PrimeField.FR).convert(bits);
        converted.forEach(scope::keep);
        if (bookBits == null) {
            bookBits = scope.keep(book.inBookOrder(converted.subList(0, bookGroups)));
        }
        Map<RuleNode, ElementShares> byNode = comparisons.byNode(converted.subList(bookGroups, converted.size()));
        byNode.forEach((node, shares) -> {
            advice[node.index()] = scope.keep(shares);
            put(node, new FieldValue(flags(shares, node)));
        });
    }

    private ElementShares flags(ElementShares shares, RuleNode node) {
        int slots = rule.valuesOf(node);
        int stride = (node.comparisonWidth() + 1) * Fr.WORDS;
        ElementShares out = ElementShares.zeros(PrimeField.FR, slots);
        for (int slot = 0; slot < slots; slot++) {
            System.arraycopy(shares.own(), slot * stride, out.own(), slot * Fr.WORDS, Fr.WORDS);
            System.arraycopy(shares.next(), slot * stride, out.next(), slot * Fr.WORDS, Fr.WORDS);
        }
        return out;
    }

    /** Nodes that need no message; operands are known. */
    private final class LocalNode implements NodeOperation.Visitor<NodeValue> {
        @Override
        public NodeValue secretInput(NodeOperation.SecretInput input) {
            return book.input(input.role(), input.field());
        }

        @Override
        public NodeValue publicInput(NodeOperation.PublicValue input) {
            return new PublicScalar(publicInputs.get(input.input()));
        }

        @Override
        public NodeValue constant(NodeOperation.Constant constant) {
            return new PublicScalar(constant.value());
        }

        @Override
        public NodeValue used(NodeOperation.Used used) {
            throw notYet(used);
        }

        @Override
        public NodeValue add(NodeOperation.Add add) {
            NodeValue out = values[add.terms().get(0)];
            for (int term : add.terms().subList(1, add.terms().size())) {
                out = local.add(out, values[term]);
            }
            return out;
        }

        @Override
        public NodeValue subtract(NodeOperation.Subtract subtract) {
            return local.subtract(values[subtract.left()], values[subtract.right()]);
        }

        @Override
        public NodeValue multiply(NodeOperation.Multiply multiply) {
            NodeValue left = values[multiply.left()];
            NodeValue right = values[multiply.right()];
            return left instanceof PublicScalar factor
                    ? local.scale(right, factor)
                    : local.scale(left, (PublicScalar) right);
        }

        @Override
        public NodeValue lessThan(NodeOperation.LessThan comparison) {
            throw new IllegalStateException("a comparison needs messages");
        }

        @Override
        public NodeValue equal(NodeOperation.Equal comparison) {
            throw notYet(comparison);
        }

        @Override
        public NodeValue both(NodeOperation.Both both) {
            throw notYet(both);
        }

        @Override
        public NodeValue either(NodeOperation.Either either) {
            throw notYet(either);
        }

        @Override
        public NodeValue not(NodeOperation.Not not) {
            throw notYet(not);
        }

        @Override
        public NodeValue select(NodeOperation.Select select) {
            throw notYet(select);
        }

        @Override
        public NodeValue sum(NodeOperation.Sum sum) {
            return values[sum.terms()].sum();
        }

        @Override
        public NodeValue sumByOwner(NodeOperation.SumByOwner sum) {
            throw notYet(sum);
        }

        @Override
        public NodeValue zip(NodeOperation.Zip zip) {
            throw notYet(zip);
        }

        @Override
        public NodeValue broadcast(NodeOperation.Broadcast broadcast) {
            throw notYet(broadcast);
        }

        @Override
        public NodeValue candidate(NodeOperation.Candidate candidate) {
            throw notYet(candidate);
        }

        @Override
        public NodeValue greatest(NodeOperation.Greatest greatest) {
            throw notYet(greatest);
        }

        private static UnsupportedOperationException notYet(NodeOperation operation) {
            return new UnsupportedOperationException(operation + " is not read on shares yet");
        }
    }
}

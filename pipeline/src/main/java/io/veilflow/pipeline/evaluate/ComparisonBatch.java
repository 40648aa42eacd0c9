package io.veilflow.pipeline.evaluate;

import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.replicated.BitShares;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.replicated.IntegerShares;
import io.veilflow.mpc.replicated.convert.Comparison;
import io.veilflow.mpc.replicated.convert.FieldToBits;
import io.veilflow.mpc.replicated.convert.IntegerToBits;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.session.Session;
import io.veilflow.pipeline.shares.ShareScope;
import io.veilflow.zk.rule.RuleNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All comparisons of one wave. Those of one width and one kind of difference are one vector: linear differences go straight to
 * bits (PROTOCOLS 4.6), field differences through a masked opening (4.9), both at w + 1 bits.
 */
final class ComparisonBatch {
    private final Map<Integer, List<RuleNode>> linear = new TreeMap<>();
    private final Map<Integer, List<RuleNode>> field = new TreeMap<>();
    private final Map<Integer, NodeValue> differences = new HashMap<>();

    /** @param difference a - b of the comparison a < b */
    void add(RuleNode node, NodeValue difference) {
        differences.put(node.index(), difference);
        Map<Integer, List<RuleNode>> groups =
                switch (difference.kind()) {
                    case LINEAR -> linear;
                    case FIELD -> field;
                    case PUBLIC -> throw new IllegalArgumentException("a comparison of public values");
                };
        groups.computeIfAbsent(node.comparisonWidth(), any -> new ArrayList<>()).add(node);
    }

    /** Flags and slacks of all groups, in a fixed order. */
    List<BitShares> advice(Session session, String path, ShareScope scope) {
        List<BitShares> out = new ArrayList<>();
        linear.forEach((width, nodes) -> {
            IntegerShares vector = scope.keep(IntegerShares.concat(nodes.stream()
                    .map(node -> differenceOf(node, LinearValue.class).integers())
                    .toList()));
            Operation operation = session.operation(path + "/linear-" + width);
            BitShares bits =
                    scope.keep(IntegerToBits.forLanes(operation, vector.count()).all(vector, width + 1));
            out.add(scope.keep(Comparison.ofDifference(bits).advice()));
        });
        field.forEach((width, nodes) -> {
            ElementShares vector = scope.keep(ElementShares.concat(
                    PrimeField.FR,
                    nodes.stream()
                            .map(node -> differenceOf(node, FieldValue.class).elements())
                            .toList()));
            Operation operation = session.operation(path + "/field-" + width);
            BitShares bits =
                    scope.keep(FieldToBits.forLanes(operation, vector.count()).all(vector, width + 1));
            out.add(scope.keep(Comparison.ofDifference(bits).advice()));
        });
        return out;
    }

    private <T extends NodeValue> T differenceOf(RuleNode node, Class<T> variant) {
        return variant.cast(differences.get(node.index()));
    }

    /** The converted groups of {@link #advice}, cut into nodes: per node and slot the flag, then the slack. */
    Map<RuleNode, ElementShares> byNode(List<ElementShares> groups) {
        Map<RuleNode, ElementShares> out = new HashMap<>();
        int group = 0;
        for (List<RuleNode> nodes : nodeGroups()) {
            ElementShares converted = groups.get(group++);
            int from = 0;
            for (RuleNode node : nodes) {
                int length = differences.get(node.index()).size() * (node.comparisonWidth() + 1);
                out.put(node, converted.slice(from, length));
                from += length;
            }
        }
        return out;
    }

    private List<List<RuleNode>> nodeGroups() {
        List<List<RuleNode>> out = new ArrayList<>(linear.values());
        out.addAll(field.values());
        return out;
    }
}

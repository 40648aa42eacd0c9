package io.veilflow.zk.rule;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Which nodes depend on which candidate. A candidate and all that depends on it are read twice, at h and at h + 1, and
 * only its one {@code greatest} leads out of there.
 */
final class CandidateScope {
    private final List<Role> roles;
    private final NodeNames names;
    /** Per candidate its greatest; -1 until that comes. */
    private final Map<Integer, Integer> greatestOf = new HashMap<>();

    CandidateScope(List<Role> roles, NodeNames names) {
        this.roles = roles;
        this.names = names;
    }

    /** The candidate of a node with these operands. A {@code greatest} has none. */
    OptionalInt of(int node, NodeOperation operation, List<RuleNode> earlier) {
        if (operation instanceof NodeOperation.Candidate) {
            greatestOf.put(node, -1);
            return OptionalInt.of(node);
        }
        if (operation instanceof NodeOperation.Greatest greatest) {
            close(node, greatest, earlier);
            return OptionalInt.empty();
        }
        OptionalInt candidate = OptionalInt.empty();
        for (int operand : operation.operands()) {
            OptionalInt next = earlier.get(operand).candidate();
            if (candidate.isPresent() && next.isPresent() && candidate.getAsInt() != next.getAsInt()) {
                throw refused(node, "depends on the candidates n" + candidate.getAsInt() + " and n" + next.getAsInt());
            }
            candidate = next.isPresent() ? next : candidate;
        }
        candidate.ifPresent(of -> requireValuesApart(node, operation, of, earlier));
        return candidate;
    }

    /** After the last node. */
    void complete() {
        greatestOf.forEach((candidate, greatest) -> {
            if (greatest < 0) {
                throw refused(candidate, "has no greatest");
            }
        });
    }

    private void close(int node, NodeOperation.Greatest greatest, List<RuleNode> earlier) {
        int candidate = greatest.candidate();
        if (!greatestOf.containsKey(candidate)) {
            throw refused(node, "n" + candidate + " is no candidate");
        }
        if (earlier.get(greatest.condition()).candidate().orElse(-1) != candidate) {
            throw refused(node, "n" + greatest.condition() + " does not depend on n" + candidate);
        }
        if (greatestOf.put(candidate, node) >= 0) {
            throw refused(node, "n" + candidate + " has another greatest already");
        }
    }

    /**
     * The numbers of a candidate per slot or owner are found side by side, each by its own condition; a sum over them would
     * make one condition depend on another number.
     */
    private void requireValuesApart(int node, NodeOperation operation, int candidate, List<RuleNode> earlier) {
        boolean sums = operation instanceof NodeOperation.Sum || operation instanceof NodeOperation.SumByOwner;
        if (sums && Shapes.values(earlier.get(candidate).shape(), roles) > 1) {
            throw refused(node, "sums over the numbers of the candidate n" + candidate);
        }
    }

    private RuleException refused(int node, String message) {
        return new RuleException(RuleException.Reason.CANDIDATE, names.named(node) + ": " + message);
    }
}

package io.veilflow.pipeline.evaluate;

import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.pipeline.shares.ShareScope;
import io.veilflow.zk.rule.NodeOperation;
import io.veilflow.zk.rule.Rule;
import io.veilflow.zk.rule.RuleNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * The searches for a greatest h (DESIGN section 5) that can begin at the same time, bit by bit from the top: with h so far, the
 * condition is computed at h + 2^b, and its value times 2^b is added. Then everything that hangs on a candidate is computed twice more, at h
 * and at h + 1: that is what the circuit checks. Searches of one stage share all messages.
 *
 * <p>Nothing is opened here: h and every condition stay shared, and the number of steps follows from the rule. A step with a comparison
 * verifies the products before it, since h is a value over Fr (PROTOCOLS 4.9).
 */
final class Searches {
    private static final class Search {
        final RuleNode greatest;
        final RuleNode candidate;
        final NodeOperation.Candidate form;
        final List<RuleNode> body;
        NodeValue found;

        Search(Rule rule, RuleNode greatest) {
            this.greatest = greatest;
            this.candidate = rule.nodes().get(((NodeOperation.Greatest) greatest.operation()).candidate());
            this.form = (NodeOperation.Candidate) candidate.operation();
            this.body = rule.nodes().stream()
                    .filter(node -> node != candidate
                            && node.candidate().isPresent()
                            && node.candidate().getAsInt() == candidate.index())
                    .toList();
        }

        int condition() {
            return ((NodeOperation.Greatest) greatest.operation()).condition();
        }
    }

    private final Rule rule;
    private final LocalArithmetic local;
    private final Waves waves;
    private final CircuitShares circuit;
    private final List<Search> searches = new ArrayList<>();

    Searches(Rule rule, LocalArithmetic local, Waves waves, CircuitShares circuit) {
        this.rule = rule;
        this.local = local;
        this.waves = waves;
        this.circuit = circuit;
    }

    /** Takes those that the frame is ready for. */
    void collect(Frame program) {
        for (RuleNode node : program.missing()) {
            if (node.operation() instanceof NodeOperation.Greatest) {
                Search search = new Search(rule, node);
                if (isReady(search, program)) {
                    searches.add(search);
                }
            }
        }
    }

    /** Whether everything is known that the body reads from outside. */
    private static boolean isReady(Search search, Frame program) {
        return search.body.stream()
                .flatMap(node -> node.operation().operands().stream())
                .allMatch(operand -> operand == search.candidate.index()
                        || search.body.stream().anyMatch(node -> node.index() == operand)
                        || program.isKnown(operand));
    }

    boolean isEmpty() {
        return searches.isEmpty();
    }

    /** Messages at {@code path}; the frame knows the greatest values afterwards. */
    void run(String path, Frame program) {
        int bits = 0;
        for (Search search : searches) {
            search.found = new FieldValue(ElementShares.zeros(PrimeField.FR, rule.valuesOf(search.candidate)));
            bits = Math.max(bits, search.form.bits());
        }
        for (int bit = bits - 1; bit >= 0; bit--) {
            step(path + "/bit-" + bit, bit, program);
        }
        certify(path + "/certificate", program);
    }

    private void step(String path, int bit, Frame program) {
        PublicNumbers power = PublicNumbers.scalar(BigInteger.ONE.shiftLeft(bit));
        List<Search> running =
                searches.stream().filter(search -> search.form.bits() > bit).toList();
        try (ShareScope step = new ShareScope()) {
            List<Frame> frames = new ArrayList<>();
            for (Search search : running) {
                frames.add(frame(search, local.add(search.found, power), program, AdviceTaker.NOBODY, step));
            }
            waves.run(path, frames, step);
            for (int k = 0; k < running.size(); k++) {
                Search search = running.get(k);
                NodeValue taken = local.scale(frames.get(k).value(search.condition()), power);
                step.keep(taken::wipe);
                NodeValue before = search.found;
                search.found = local.add(before, taken);
                before.wipe();
                program.scope().keep(search.found::wipe);
            }
        }
    }

    private void certify(String path, Frame program) {
        List<Frame> frames = new ArrayList<>();
        for (Search search : searches) {
            circuit.candidate(search.candidate, search.found, waves.waiting());
            for (int copy = 0; copy < 2; copy++) {
                NodeValue at = local.add(search.found, PublicNumbers.scalar(BigInteger.valueOf(copy)));
                frames.add(frame(search, at, program, circuit.copy(copy), program.scope()));
            }
        }
        waves.run(path, frames, program.scope());
        for (Search search : searches) {
            program.put(search.greatest, search.found);
        }
    }

    private static Frame frame(Search search, NodeValue at, Frame program, AdviceTaker taker, ShareScope scope) {
        NodeValue[] values = program.known();
        scope.keep(at::wipe);
        values[search.candidate.index()] = at;
        return new Frame(values, search.body, taker, scope);
    }
}

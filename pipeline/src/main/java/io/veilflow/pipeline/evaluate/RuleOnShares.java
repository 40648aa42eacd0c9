package io.veilflow.pipeline.evaluate;

import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.replicated.IntegerShares;
import io.veilflow.mpc.session.Session;
import io.veilflow.pipeline.shares.ShareScope;
import io.veilflow.zk.rule.Rule;
import io.veilflow.zk.rule.RuleNode;
import io.veilflow.zk.rule.UsedSlots;
import java.math.BigInteger;
import java.util.List;

/**
 * Reads a rule on shares in one session. Nodes are computed in {@link Waves}; when they can go on no further, in {@link Searches}, and so
 * on. The numbers that the circuit shows to be in range are kept as Boolean shares until the end, when all of them become
 * limbs, counts and bits over Fr at once ({@link RangeConversion}). Every party does the same, since it follows from the rule alone.
 *
 * <p><b>Security</b>: one malicious party. The two holders of every book component agree on it before anything else (PROTOCOLS 4.5,
 * order (a)). Openings happen only inside {@code FieldToIntegers}, which in profile M verifies every product of the session before
 * it, and inside {@code BitsToNumber}, under uniform masks. Products behind the reading that no such opening needed are still in the
 * session's ledger: the proof verifies them before it opens anything that is not uniformly masked, and until then no value of
 * class VERIFIED can be opened. In profile S nothing is verified. <b>Failure</b>: whatever ends a session; every share made here
 * is wiped then.
 */
public final class RuleOnShares {
    private final Session session;
    private final Rule rule;
    private final List<BigInteger> publicInputs;
    private final UsedSlots used;
    private final Book book;
    private final LocalArithmetic local;
    private final Waves waves;
    private final CircuitShares circuit;
    private final Frame program;
    private final ShareScope scope;

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
        this.waves = new Waves(session, local, new LocalNodes(rule, this.book, publicInputs, used, local));
        this.circuit = new CircuitShares(rule, scope);
        List<RuleNode> outsideSearches =
                rule.nodes().stream().filter(node -> node.candidate().isEmpty()).toList();
        this.program = new Frame(new NodeValue[rule.nodes().size()], outsideSearches, circuit.copy(0), scope);
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
        try (ShareScope scope = new ShareScope()) {
            return new RuleOnShares(session, rule, book, publicInputs, used, scope).run();
        }
    }

    private SharedReading run() {
        book.agree(session);
        circuit.inputs(book, session.self(), waves.waiting());
        for (int stage = 0; ; stage++) {
            String path = "evaluate/" + stage;
            waves.run(path, List.of(program), scope);
            Searches searches = new Searches(rule, local, waves, circuit);
            searches.collect(program);
            if (searches.isEmpty()) {
                break;
            }
            searches.run(path + "/search", program);
        }
        if (!program.missing().isEmpty()) {
            throw new IllegalStateException(rule + " has nodes that nothing computes: " + program.missing());
        }
        if (!waves.waiting().isEmpty()) {
            waves.waiting().run(session, "evaluate/ranges", scope);
        }
        return reading();
    }

    private SharedReading reading() {
        RangeConversion.Converted converted =
                new RangeConversion(session, rule.ranges(), circuit.numbers(), publicInputs, scope).convert();
        List<ElementShares> outputs = rule.outputs().stream()
                .map(output -> {
                    int size = rule.valuesOf(rule.nodes().get(output.node()));
                    return local.field(program.value(output.node()), size).elements();
                })
                .toList();
        ElementShares result = ElementShares.concat(PrimeField.FR, outputs);
        return new SharedReading(
                ElementShares.concat(PrimeField.FR, List.of(book.elements())),
                converted.limbs(),
                converted.counts(),
                converted.bits(),
                circuit.advice(),
                result,
                new OutputWords(session.self(), rule).pack(result, publicInputs, used));
    }
}

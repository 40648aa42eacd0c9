package io.veilflow.zk.rule;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Writes a rule:
 *
 * <pre>{@code
 * RuleBuilder rule = RuleBuilder.named("loans-under-water");
 * RoleBuilder loan = rule.role("loan", 16);
 * Expression units = loan.secret("collateral", 64);
 * Expression debt = loan.secret("debt", 64);
 * Expression price = rule.feed("price", 64);
 * Expression underWater = units.times(price).lessThan(debt);
 * Rule built = rule.output("count", underWater.sumOverSlots()).build();
 * }</pre>
 *
 * Not thread-safe. Everything is checked by {@link #build()}; errors name the node by its place and definition.
 */
public final class RuleBuilder {
    private final String name;
    private final List<String> roleNames = new ArrayList<>();
    private final List<Integer> roleSlots = new ArrayList<>();
    private final List<List<Integer>> roleOwners = new ArrayList<>();
    private final List<List<InputField>> roleFields = new ArrayList<>();
    private final List<PublicInput> publicInputs = new ArrayList<>();
    private final List<NodeOperation> operations = new ArrayList<>();
    private final List<Output> outputs = new ArrayList<>();
    /** Outputs that were declared as one value. */
    private final Set<String> scalars = new HashSet<>();
    /** Empty: what is cheapest. */
    private OptionalInt limbBits = OptionalInt.empty();

    private RuleBuilder(String name) {
        this.name = name;
    }

    public static RuleBuilder named(String name) {
        return new RuleBuilder(name);
    }

    public RoleBuilder role(String roleName, int slots) {
        return role(roleName, slots, List.of());
    }

    /** @param ownerSlots slots of each owner, in slot order: for sums and numbers per owner */
    public RoleBuilder role(String roleName, List<Integer> ownerSlots) {
        return role(roleName, ownerSlots.stream().mapToInt(Integer::intValue).sum(), ownerSlots);
    }

    /** A public number that the feeder signs in every window. */
    public Expression feed(String input, int bits) {
        return publicInput(new PublicInput(input, bits, Origin.FEED));
    }

    /** As many public numbers of the feeder: name-0, name-1, ... */
    public List<Expression> feedVector(String input, int count, int bits) {
        return IntStream.range(0, count)
                .mapToObj(k -> feed(input + "-" + k, bits))
                .toList();
    }

    /** A public number that the job fixes. */
    public Expression parameter(String input, int bits) {
        return publicInput(new PublicInput(input, bits, Origin.PARAMETER));
    }

    /** As many public numbers that the job fixes: name-0, name-1, ... */
    public List<Expression> parameterVector(String input, int count, int bits) {
        return IntStream.range(0, count)
                .mapToObj(k -> parameter(input + "-" + k, bits))
                .toList();
    }

    public Expression constant(long value) {
        return constant(BigInteger.valueOf(value));
    }

    public Expression constant(BigInteger value) {
        return append(new NodeOperation.Constant(value));
    }

    public Expression add(Expression first, Expression second, Expression... more) {
        return append(new NodeOperation.Add(Stream.concat(Stream.of(first, second), Stream.of(more))
                .map(this::operand)
                .toList()));
    }

    /** The sum of one or more expressions: one stays itself. */
    public Expression total(List<Expression> terms) {
        if (terms.size() == 1) {
            return new Expression(this, operand(terms.get(0)));
        }
        return append(new NodeOperation.Add(terms.stream().map(this::operand).toList()));
    }

    /**
     * The greatest number from 0 to max that is zero or for which the condition holds. Found by the parties bit by bit; the
     * circuit checks the condition at the number and its failure at the next. Quotients, medians and quantiles are this.
     *
     * @param max 1 to 2^64 - 1
     * @param condition a bit; once false it stays false as the number grows
     */
    public Expression greatest(BigInteger max, UnaryOperator<Expression> condition) {
        return greatest(Shape.SCALAR, max, condition);
    }

    public Expression greatest(long max, UnaryOperator<Expression> condition) {
        return greatest(BigInteger.valueOf(max), condition);
    }

    /**
     * The integer part of numerator / denominator; a denominator of zero counts as one.
     *
     * @param numerator a scalar, not negative
     * @param denominator a scalar, not negative
     * @param max at least the largest quotient that can be; one of the form 2^k - 1 costs least
     */
    public Expression quotient(Expression numerator, Expression denominator, BigInteger max) {
        return greatest(max, h -> h.times(denominator).atMost(numerator).and(h.atMost(numerator)));
    }

    /** The integer part of numerator / denominator; a denominator of zero counts as one. */
    public Expression quotient(Expression numerator, Expression denominator, long max) {
        return quotient(numerator, denominator, BigInteger.valueOf(max));
    }

    /** Publishes a scalar. */
    public RuleBuilder output(String outputName, Expression value) {
        scalars.add(outputName);
        outputs.add(Output.plain(outputName, operand(value)));
        return this;
    }

    /** Publishes one value per slot or owner. */
    public RuleBuilder outputEach(String outputName, Expression values) {
        outputs.add(Output.plain(outputName, operand(values)));
        return this;
    }

    /**
     * Publishes one value per slot under a mask that only the slot's owner knows. The owner draws the mask afresh for every
     * submission, and its book must count in one window only: two values under one mask show their difference.
     *
     * @param mask a secret input of the same role that is read nowhere else, with at least 40 more bits than the value
     */
    public RuleBuilder outputEachToOwner(String outputName, Expression values, Expression mask) {
        Expression hidden = add(values, mask);
        outputs.add(new Output(outputName, hidden.node(), OptionalInt.of(operand(mask))));
        return this;
    }

    /** Shows every range by bits, whatever is cheaper. */
    public RuleBuilder rangesByBits() {
        limbBits = OptionalInt.of(0);
        return this;
    }

    /** Shows ranges by limbs of so many bits, 4 to 8, whatever is cheaper. */
    public RuleBuilder rangesByLimbs(int bits) {
        limbBits = OptionalInt.of(bits);
        return this;
    }

    /** @throws RuleException naming what is refused, and why */
    public Rule build() {
        List<Role> roles = roles();
        if (limbBits.isPresent()) {
            return checked(new Rule(name, roles, publicInputs, operations, outputs, limbBits.getAsInt()));
        }
        Rule byBits = checked(new Rule(name, roles, publicInputs, operations, outputs, 0));
        int cheapest = LimbChoice.of(byBits.ranges());
        return cheapest == 0 ? byBits : new Rule(name, roles, publicInputs, operations, outputs, cheapest);
    }

    Expression greatest(Shape shape, BigInteger max, UnaryOperator<Expression> condition) {
        if (max.signum() <= 0) {
            throw new RuleException(
                    RuleException.Reason.MALFORMED, "greatest of the numbers from 0 to " + max + " is no choice");
        }
        Expression candidate = append(new NodeOperation.Candidate(max.bitLength(), shape));
        Expression holds = condition.apply(candidate);
        if (max.bitCount() < max.bitLength()) {
            holds = holds.and(candidate.lessThan(constant(max.add(BigInteger.ONE))));
        }
        return append(new NodeOperation.Greatest(candidate.node(), operand(holds)));
    }

    Expression append(NodeOperation operation) {
        operations.add(operation);
        return new Expression(this, operations.size() - 1);
    }

    int operand(Expression expression) {
        if (!expression.belongsTo(this)) {
            throw new IllegalArgumentException(expression + " belongs to another rule");
        }
        return expression.node();
    }

    int addField(int role, InputField field) {
        roleFields.get(role).add(field);
        return roleFields.get(role).size() - 1;
    }

    private RoleBuilder role(String roleName, int slots, List<Integer> ownerSlots) {
        roleNames.add(roleName);
        roleSlots.add(slots);
        roleOwners.add(ownerSlots);
        roleFields.add(new ArrayList<>());
        return new RoleBuilder(this, roleNames.size() - 1);
    }

    /** Owners are part of the rule only where a node has a value for each of them. */
    private List<Role> roles() {
        List<Role> roles = new ArrayList<>();
        for (int role = 0; role < roleNames.size(); role++) {
            roles.add(new Role(roleNames.get(role), roleSlots.get(role), roleFields.get(role), roleOwners.get(role)));
        }
        RuleForm.check(name, roles, publicInputs, operations, outputs);
        List<RuleNode> nodes = NodeAnalysis.of(roles, publicInputs, operations);
        for (int role = 0; role < roles.size(); role++) {
            Role with = roles.get(role);
            if (!RuleForm.isReadByOwner(role, nodes)) {
                roles.set(role, new Role(with.name(), with.slots(), with.fields(), List.of()));
            }
        }
        return roles;
    }

    private Rule checked(Rule rule) {
        for (int output = 0; output < outputs.size(); output++) {
            String outputName = outputs.get(output).name();
            boolean scalar =
                    rule.nodes().get(outputs.get(output).node()).shape().isScalar();
            if (scalar != scalars.contains(outputName)) {
                throw new RuleException(
                        RuleException.Reason.OUTPUT_NOT_PUBLISHABLE,
                        "output " + outputName + ", node n"
                                + outputs.get(output).node()
                                + (scalar ? ", is a scalar: output(..)" : ", is per slot or owner: outputEach(..)"));
            }
        }
        return rule;
    }

    private Expression publicInput(PublicInput input) {
        publicInputs.add(input);
        return append(new NodeOperation.PublicValue(publicInputs.size() - 1));
    }
}

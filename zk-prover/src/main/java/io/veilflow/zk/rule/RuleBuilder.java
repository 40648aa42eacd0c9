package io.veilflow.zk.rule;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
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
    private final List<List<InputField>> roleFields = new ArrayList<>();
    private final List<PublicInput> publicInputs = new ArrayList<>();
    private final List<NodeOperation> operations = new ArrayList<>();
    private final List<Output> outputs = new ArrayList<>();

    private RuleBuilder(String name) {
        this.name = name;
    }

    public static RuleBuilder named(String name) {
        return new RuleBuilder(name);
    }

    public RoleBuilder role(String roleName, int slots) {
        roleNames.add(roleName);
        roleSlots.add(slots);
        roleFields.add(new ArrayList<>());
        return new RoleBuilder(this, roleNames.size() - 1);
    }

    /** A public number that the feeder signs in every window. */
    public Expression feed(String input, int bits) {
        return publicInput(new PublicInput(input, bits, Origin.FEED));
    }

    /** A public number that the job fixes. */
    public Expression parameter(String input, int bits) {
        return publicInput(new PublicInput(input, bits, Origin.PARAMETER));
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

    /** Publishes a scalar. */
    public RuleBuilder output(String outputName, Expression value) {
        outputs.add(new Output(outputName, operand(value)));
        return this;
    }

    /** @throws RuleException naming what is refused, and why */
    public Rule build() {
        List<Role> roles = new ArrayList<>();
        for (int role = 0; role < roleNames.size(); role++) {
            roles.add(new Role(roleNames.get(role), roleSlots.get(role), roleFields.get(role)));
        }
        return new Rule(name, roles, publicInputs, operations, outputs);
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

    private Expression publicInput(PublicInput input) {
        publicInputs.add(input);
        return append(new NodeOperation.PublicValue(publicInputs.size() - 1));
    }
}

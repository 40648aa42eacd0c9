package io.veilflow.zk.rule;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * What a job computes and proves: an immutable program with one set of canonical bytes, whose SHA-256 is the rule hash.
 * Every node carries what follows from the rule alone: shape, kind, interval, comparison width, candidate. A rule that exists has
 * passed all checks: no value reaches 2^250, no comparison is wider than 169 bits, no output can be negative.
 */
public final class Rule {
    private final String name;
    private final List<Role> roles;
    private final List<PublicInput> publicInputs;
    private final List<RuleNode> nodes;
    private final List<Output> outputs;
    private final List<Integer> usedRoles;
    private final RangePlan ranges;
    private final byte[] canonicalBytes;
    private final byte[] hash;
    private final PublicWords publicWords;

    Rule(
            String name,
            List<Role> roles,
            List<PublicInput> publicInputs,
            List<NodeOperation> operations,
            List<Output> outputs,
            int limbBits) {
        RuleForm.check(name, roles, publicInputs, operations, outputs);
        this.name = name;
        this.roles = List.copyOf(roles);
        this.publicInputs = List.copyOf(publicInputs);
        this.nodes = NodeAnalysis.of(roles, publicInputs, operations);
        RuleForm.checkOwnersNeeded(roles, nodes);
        this.outputs = List.copyOf(outputs);
        this.usedRoles = usedRoles(operations);
        OutputCheck.of(this, new NodeNames(roles, publicInputs, operations));
        this.publicWords = PublicWords.of(this);
        checkLimbBits(limbBits);
        this.ranges = RangePlan.of(this, limbBits);
        if (limbBits > 0 && ranges.limbs() == 0) {
            throw new RuleException(
                    RuleException.Reason.LIMB_BITS, "limbs of " + limbBits + " bits, and no range above two bits");
        }
        this.canonicalBytes = RuleCodec.encode(this);
        this.hash = sha256(canonicalBytes);
    }

    /** @throws RuleException NOT_CANONICAL if the bytes are not exactly the canonical bytes of a rule */
    public static Rule decode(byte[] canonicalBytes) {
        return RuleCodec.decode(canonicalBytes);
    }

    public String name() {
        return name;
    }

    public List<Role> roles() {
        return roles;
    }

    /** FEED and PARAMETER inputs in declared order. */
    public List<PublicInput> publicInputs() {
        return publicInputs;
    }

    public List<RuleNode> nodes() {
        return nodes;
    }

    public List<Output> outputs() {
        return outputs;
    }

    /** Indices of the roles whose used slots the rule asks for, ascending. */
    public List<Integer> usedRoles() {
        return usedRoles;
    }

    /** Bits of a limb, 4 to 8; 0 if every range is shown by bits. */
    public int limbBits() {
        return ranges.limbBits();
    }

    /** What the circuit shows to be small, in order. */
    public RangePlan ranges() {
        return ranges;
    }

    public byte[] canonicalBytes() {
        return canonicalBytes.clone();
    }

    /** SHA-256 of the canonical bytes. */
    public byte[] hash() {
        return hash.clone();
    }

    public PublicWords publicWords() {
        return publicWords;
    }

    /** Secret numbers of all slots of all roles. */
    public int bookSize() {
        return bookOffset(roles.size());
    }

    /** Place of a secret number in the book: role by role, slot by slot, field by field. */
    public int bookIndex(int role, int slot, int field) {
        Role shape = roles.get(role);
        if (slot < 0
                || slot >= shape.slots()
                || field < 0
                || field >= shape.fields().size()) {
            throw new IndexOutOfBoundsException("role " + shape.name() + ", slot " + slot + ", field " + field);
        }
        return bookOffset(role) + slot * shape.fields().size() + field;
    }

    /** How many values a node has: one, or the slots or owners of its role. */
    public int valuesOf(RuleNode node) {
        return Shapes.values(node.shape(), roles);
    }

    /** How many values an output has. */
    public int valuesOfOutput(int output) {
        return valuesOf(nodes.get(outputs.get(output).node()));
    }

    /** Published values of all outputs together. */
    public int outputValues() {
        int values = 0;
        for (int output = 0; output < outputs.size(); output++) {
            values = Math.addExact(values, valuesOfOutput(output));
        }
        return values;
    }

    /** Bits of each published value of an output: the width of its interval's maximum, at least 1. */
    public int outputBits(int output) {
        return Math.max(
                1, nodes.get(outputs.get(output).node()).interval().max().bitLength());
    }

    /**
     * The reading in the clear, with exact integers: the oracle of every other reading, and what a contributor can run
     * on its own data.
     *
     * @throws RuleException INPUT_OUT_OF_RANGE naming the input
     */
    public ClearReading evaluate(ClearInputs inputs) {
        return ClearEvaluation.run(this, inputs);
    }

    /** Counts, and an estimate of time and gas. */
    public RuleCost cost() {
        return RuleCost.of(this);
    }

    /** The whole rule as text: inputs, every node with kind, shape, interval and width, outputs, public words, and what it costs. */
    public String describe() {
        return new RuleDescription(this).text();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Rule that && Arrays.equals(canonicalBytes, that.canonicalBytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(hash);
    }

    @Override
    public String toString() {
        return "rule " + name + " " + HexFormat.of().formatHex(hash, 0, 8);
    }

    private int bookOffset(int role) {
        int offset = 0;
        for (Role before : roles.subList(0, role)) {
            offset += before.slots() * before.fields().size();
        }
        return offset;
    }

    private static List<Integer> usedRoles(List<NodeOperation> operations) {
        return operations.stream()
                .filter(NodeOperation.Used.class::isInstance)
                .map(operation -> ((NodeOperation.Used) operation).role())
                .distinct()
                .sorted()
                .toList();
    }

    private static void checkLimbBits(int limbBits) {
        boolean exists = limbBits >= RuleLimits.LIMB_BITS_MIN && limbBits <= RuleLimits.LIMB_BITS_MAX;
        if (limbBits != 0 && !exists) {
            throw new RuleException(
                    RuleException.Reason.LIMB_BITS,
                    "limbs of " + limbBits + " bits, not 0 or from " + RuleLimits.LIMB_BITS_MIN + " to "
                            + RuleLimits.LIMB_BITS_MAX);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}

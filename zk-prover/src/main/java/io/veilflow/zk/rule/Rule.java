package io.veilflow.zk.rule;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * What a job computes and proves: an immutable program with one set of canonical bytes, whose SHA-256 is the rule hash.
 * Every node carries what follows from the rule alone: shape, kind, interval, comparison width. A rule that exists has
 * passed all checks: no value reaches 2^250, no comparison is wider than 169 bits, no output can be negative.
 */
public final class Rule {
    private final String name;
    private final List<Role> roles;
    private final List<PublicInput> publicInputs;
    private final List<RuleNode> nodes;
    private final List<Output> outputs;
    private final byte[] canonicalBytes;
    private final byte[] hash;
    private final PublicWords publicWords;

    Rule(
            String name,
            List<Role> roles,
            List<PublicInput> publicInputs,
            List<NodeOperation> operations,
            List<Output> outputs) {
        RuleForm.check(name, roles, publicInputs, operations, outputs);
        this.name = name;
        this.roles = List.copyOf(roles);
        this.publicInputs = List.copyOf(publicInputs);
        this.nodes = NodeAnalysis.of(roles, publicInputs, operations);
        this.outputs = List.copyOf(outputs);
        checkOutputs(new NodeNames(roles, publicInputs, operations));
        this.publicWords = PublicWords.of(this);
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

    /** How many values a node has: one, or the slots of its role. */
    public int valuesOf(RuleNode node) {
        return node.shape().isScalar() ? 1 : roles.get(node.shape().role()).slots();
    }

    /** Bits of a published value: the width of its interval's maximum, at least 1. */
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

    /** The whole rule as text: inputs, every node with kind and interval, outputs and public words with widths. */
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

    private void checkOutputs(NodeNames names) {
        int bits = 0;
        for (int output = 0; output < outputs.size(); output++) {
            RuleNode node = nodes.get(outputs.get(output).node());
            String refused = null;
            if (!node.shape().isScalar()) {
                refused = "is per slot";
            } else if (node.kind() == NodeKind.PUBLIC) {
                refused = "is known to everybody before";
            } else if (node.interval().min().signum() < 0) {
                refused = "may be negative: " + node.interval();
            }
            if (refused != null) {
                throw new RuleException(
                        RuleException.Reason.OUTPUT_NOT_PUBLISHABLE,
                        "output " + outputs.get(output).name() + ", " + names.named(node.index()) + ", " + refused);
            }
            bits += outputBits(output);
        }
        if (bits > RuleLimits.OUTPUT_BITS_MAX) {
            throw new RuleException(
                    RuleException.Reason.OUTPUT_BITS,
                    "the outputs have " + bits + " bits together, at most " + RuleLimits.OUTPUT_BITS_MAX);
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

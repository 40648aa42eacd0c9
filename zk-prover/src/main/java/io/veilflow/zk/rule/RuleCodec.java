package io.veilflow.zk.rule;

import com.google.protobuf.ByteString;
import com.google.protobuf.DiscardUnknownFieldsParser;
import com.google.protobuf.InvalidProtocolBufferException;
import io.veilflow.rule.v1.Operands;
import io.veilflow.rule.v1.RuleProgram;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A rule and its canonical bytes: {@code RuleProgram}, fields ascending, defaults not written, nothing unknown. */
final class RuleCodec {
    private static final int VERSION = 1;

    private RuleCodec() {}

    static byte[] encode(Rule rule) {
        RuleProgram.Builder program =
                RuleProgram.newBuilder().setVersion(VERSION).setName(rule.name());
        for (Role role : rule.roles()) {
            io.veilflow.rule.v1.Role.Builder encoded =
                    io.veilflow.rule.v1.Role.newBuilder().setName(role.name()).setSlots(role.slots());
            for (InputField field : role.fields()) {
                encoded.addFields(io.veilflow.rule.v1.InputField.newBuilder()
                        .setName(field.name())
                        .setBits(field.bits()));
            }
            program.addRoles(encoded);
        }
        for (PublicInput input : rule.publicInputs()) {
            program.addPublicInputs(io.veilflow.rule.v1.PublicInput.newBuilder()
                    .setName(input.name())
                    .setBits(input.bits())
                    .setOrigin(encode(input.origin())));
        }
        NodeEncoder encoder = new NodeEncoder();
        for (RuleNode node : rule.nodes()) {
            program.addNodes(node.operation().accept(encoder));
        }
        for (Output output : rule.outputs()) {
            program.addOutputs(io.veilflow.rule.v1.Output.newBuilder()
                    .setName(output.name())
                    .setNode(output.node()));
        }
        return program.build().toByteArray();
    }

    static Rule decode(byte[] bytes) {
        if (bytes.length > RuleLimits.RULE_BYTES_MAX) {
            throw notCanonical(bytes.length + " bytes, at most " + RuleLimits.RULE_BYTES_MAX);
        }
        RuleProgram program;
        try {
            program = DiscardUnknownFieldsParser.wrap(RuleProgram.parser()).parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw notCanonical("the bytes are no RuleProgram");
        }
        if (program.getVersion() != VERSION) {
            throw notCanonical("version " + program.getVersion() + ", known is " + VERSION);
        }
        Rule rule = new Rule(
                program.getName(), roles(program), publicInputs(program), operations(program), outputs(program));
        if (!Arrays.equals(rule.canonicalBytes(), bytes)) {
            throw notCanonical("the bytes differ from the rule's canonical bytes");
        }
        return rule;
    }

    private static List<Role> roles(RuleProgram program) {
        List<Role> roles = new ArrayList<>();
        for (io.veilflow.rule.v1.Role role : program.getRolesList()) {
            List<InputField> fields = new ArrayList<>();
            for (io.veilflow.rule.v1.InputField field : role.getFieldsList()) {
                fields.add(new InputField(field.getName(), field.getBits()));
            }
            roles.add(new Role(role.getName(), role.getSlots(), fields));
        }
        return roles;
    }

    private static List<PublicInput> publicInputs(RuleProgram program) {
        List<PublicInput> inputs = new ArrayList<>();
        for (io.veilflow.rule.v1.PublicInput input : program.getPublicInputsList()) {
            inputs.add(new PublicInput(input.getName(), input.getBits(), decode(input.getOrigin(), input.getName())));
        }
        return inputs;
    }

    private static List<NodeOperation> operations(RuleProgram program) {
        List<NodeOperation> operations = new ArrayList<>();
        for (io.veilflow.rule.v1.Node node : program.getNodesList()) {
            operations.add(decode(node, operations.size()));
        }
        return operations;
    }

    private static List<Output> outputs(RuleProgram program) {
        List<Output> outputs = new ArrayList<>();
        for (io.veilflow.rule.v1.Output output : program.getOutputsList()) {
            outputs.add(new Output(output.getName(), output.getNode()));
        }
        return outputs;
    }

    private static NodeOperation decode(io.veilflow.rule.v1.Node node, int index) {
        return switch (node.getOperationCase()) {
            case SECRET_INPUT ->
                new NodeOperation.SecretInput(
                        node.getSecretInput().getRole(), node.getSecretInput().getField());
            case PUBLIC_INPUT -> new NodeOperation.PublicValue(node.getPublicInput());
            case CONSTANT -> decode(node.getConstant(), index);
            case ADD -> new NodeOperation.Add(node.getAdd().getNodesList());
            case SUBTRACT -> {
                List<Integer> operands = operands(node.getSubtract(), 2, index);
                yield new NodeOperation.Subtract(operands.get(0), operands.get(1));
            }
            case MULTIPLY -> {
                List<Integer> operands = operands(node.getMultiply(), 2, index);
                yield new NodeOperation.Multiply(operands.get(0), operands.get(1));
            }
            case LESS_THAN -> {
                List<Integer> operands = operands(node.getLessThan(), 2, index);
                yield new NodeOperation.LessThan(operands.get(0), operands.get(1));
            }
            case SUM -> new NodeOperation.Sum(operands(node.getSum(), 1, index).get(0));
            case OPERATION_NOT_SET -> throw notCanonical("node n" + index + " has no operation that is known here");
        };
    }

    private static List<Integer> operands(Operands operands, int count, int index) {
        if (operands.getNodesCount() != count) {
            throw notCanonical("node n" + index + " has " + operands.getNodesCount() + " operands, not " + count);
        }
        return operands.getNodesList();
    }

    private static NodeOperation decode(io.veilflow.rule.v1.Constant constant, int index) {
        BigInteger magnitude = new BigInteger(1, constant.getMagnitude().toByteArray());
        if (magnitude.signum() == 0 && constant.getNegative()) {
            throw notCanonical("node n" + index + " is a negative zero");
        }
        return new NodeOperation.Constant(constant.getNegative() ? magnitude.negate() : magnitude);
    }

    private static io.veilflow.rule.v1.Origin encode(Origin origin) {
        return switch (origin) {
            case FEED -> io.veilflow.rule.v1.Origin.FEED;
            case PARAMETER -> io.veilflow.rule.v1.Origin.PARAMETER;
        };
    }

    private static Origin decode(io.veilflow.rule.v1.Origin origin, String input) {
        return switch (origin) {
            case FEED -> Origin.FEED;
            case PARAMETER -> Origin.PARAMETER;
            case ORIGIN_UNSPECIFIED, UNRECOGNIZED ->
                throw notCanonical("public input " + input + " has no known origin");
        };
    }

    private static RuleException notCanonical(String message) {
        return new RuleException(RuleException.Reason.NOT_CANONICAL, message);
    }

    private static final class NodeEncoder implements NodeOperation.Visitor<io.veilflow.rule.v1.Node> {
        @Override
        public io.veilflow.rule.v1.Node secretInput(NodeOperation.SecretInput input) {
            return io.veilflow.rule.v1.Node.newBuilder()
                    .setSecretInput(io.veilflow.rule.v1.SecretInput.newBuilder()
                            .setRole(input.role())
                            .setField(input.field()))
                    .build();
        }

        @Override
        public io.veilflow.rule.v1.Node publicInput(NodeOperation.PublicValue input) {
            return io.veilflow.rule.v1.Node.newBuilder()
                    .setPublicInput(input.input())
                    .build();
        }

        @Override
        public io.veilflow.rule.v1.Node constant(NodeOperation.Constant constant) {
            io.veilflow.rule.v1.Constant.Builder encoded = io.veilflow.rule.v1.Constant.newBuilder();
            if (constant.value().signum() != 0) {
                encoded.setNegative(constant.value().signum() < 0).setMagnitude(magnitude(constant.value()));
            }
            return io.veilflow.rule.v1.Node.newBuilder().setConstant(encoded).build();
        }

        @Override
        public io.veilflow.rule.v1.Node add(NodeOperation.Add add) {
            return io.veilflow.rule.v1.Node.newBuilder()
                    .setAdd(Operands.newBuilder().addAllNodes(add.terms()))
                    .build();
        }

        @Override
        public io.veilflow.rule.v1.Node subtract(NodeOperation.Subtract subtract) {
            return io.veilflow.rule.v1.Node.newBuilder()
                    .setSubtract(Operands.newBuilder().addNodes(subtract.left()).addNodes(subtract.right()))
                    .build();
        }

        @Override
        public io.veilflow.rule.v1.Node multiply(NodeOperation.Multiply multiply) {
            return io.veilflow.rule.v1.Node.newBuilder()
                    .setMultiply(Operands.newBuilder().addNodes(multiply.left()).addNodes(multiply.right()))
                    .build();
        }

        @Override
        public io.veilflow.rule.v1.Node lessThan(NodeOperation.LessThan comparison) {
            return io.veilflow.rule.v1.Node.newBuilder()
                    .setLessThan(
                            Operands.newBuilder().addNodes(comparison.left()).addNodes(comparison.right()))
                    .build();
        }

        @Override
        public io.veilflow.rule.v1.Node sum(NodeOperation.Sum sum) {
            return io.veilflow.rule.v1.Node.newBuilder()
                    .setSum(Operands.newBuilder().addNodes(sum.terms()))
                    .build();
        }

        private static ByteString magnitude(BigInteger value) {
            byte[] bytes = value.abs().toByteArray();
            int from = bytes[0] == 0 ? 1 : 0;
            return ByteString.copyFrom(bytes, from, bytes.length - from);
        }
    }
}

package io.veilflow.zk.rule;

import com.google.protobuf.DiscardUnknownFieldsParser;
import com.google.protobuf.InvalidProtocolBufferException;
import io.veilflow.rule.v1.RuleProgram;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/** A rule and its canonical bytes: {@code RuleProgram}, fields ascending, defaults not written, nothing unknown. */
final class RuleCodec {
    private static final int VERSION = 2;

    private RuleCodec() {}

    static byte[] encode(Rule rule) {
        RuleProgram.Builder program =
                RuleProgram.newBuilder().setVersion(VERSION).setName(rule.name());
        rule.roles().forEach(role -> program.addRoles(encode(role)));
        for (PublicInput input : rule.publicInputs()) {
            program.addPublicInputs(io.veilflow.rule.v1.PublicInput.newBuilder()
                    .setName(input.name())
                    .setBits(input.bits())
                    .setOrigin(encode(input.origin())));
        }
        rule.nodes().forEach(node -> program.addNodes(NodeCodec.encode(node.operation())));
        for (Output output : rule.outputs()) {
            io.veilflow.rule.v1.Output.Builder encoded = io.veilflow.rule.v1.Output.newBuilder()
                    .setName(output.name())
                    .setNode(output.node());
            output.mask().ifPresent(mask -> encoded.setMask(1 + mask));
            program.addOutputs(encoded);
        }
        return program.setLimbBits(rule.limbBits()).build().toByteArray();
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
                program.getName(),
                program.getRolesList().stream().map(RuleCodec::decode).toList(),
                publicInputs(program),
                operations(program),
                program.getOutputsList().stream().map(RuleCodec::decode).toList(),
                program.getLimbBits());
        if (!Arrays.equals(rule.canonicalBytes(), bytes)) {
            throw notCanonical("the bytes differ from the rule's canonical bytes");
        }
        return rule;
    }

    private static io.veilflow.rule.v1.Role encode(Role role) {
        io.veilflow.rule.v1.Role.Builder encoded = io.veilflow.rule.v1.Role.newBuilder()
                .setName(role.name())
                .setSlots(role.slots())
                .addAllOwnerSlots(role.ownerSlots());
        for (InputField field : role.fields()) {
            io.veilflow.rule.v1.InputField.Builder bounds =
                    io.veilflow.rule.v1.InputField.newBuilder().setName(field.name());
            // a bound that is zero is the default and not written
            if (field.minimum().signum() != 0) {
                bounds.setMinimum(NodeCodec.encode(field.minimum()));
            }
            if (field.maximum().signum() != 0) {
                bounds.setMaximum(NodeCodec.encode(field.maximum()));
            }
            encoded.addFields(bounds);
        }
        return encoded.build();
    }

    private static Role decode(io.veilflow.rule.v1.Role role) {
        List<InputField> fields = new ArrayList<>();
        for (io.veilflow.rule.v1.InputField field : role.getFieldsList()) {
            BigInteger minimum = NodeCodec.decode(field.getMinimum(), "minimum of " + field.getName());
            BigInteger maximum = NodeCodec.decode(field.getMaximum(), "maximum of " + field.getName());
            fields.add(new InputField(field.getName(), minimum, maximum));
        }
        return new Role(role.getName(), role.getSlots(), fields, role.getOwnerSlotsList());
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
            operations.add(NodeCodec.decode(node, operations.size()));
        }
        return operations;
    }

    private static Output decode(io.veilflow.rule.v1.Output output) {
        // unsigned on the wire: what is above 2^31 - 1 fails the check of the mask's node
        OptionalInt mask = output.getMask() == 0 ? OptionalInt.empty() : OptionalInt.of(output.getMask() - 1);
        return new Output(output.getName(), output.getNode(), mask);
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
}

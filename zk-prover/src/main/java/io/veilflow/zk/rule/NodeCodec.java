package io.veilflow.zk.rule;

import com.google.protobuf.ByteString;
import io.veilflow.rule.v1.Constant;
import io.veilflow.rule.v1.Node;
import io.veilflow.rule.v1.Operands;
import io.veilflow.rule.v1.Zip;
import java.math.BigInteger;
import java.util.List;

/** A node's operation and its message. */
final class NodeCodec {
    private NodeCodec() {}

    static Node encode(NodeOperation operation) {
        return operation.accept(new Encoder());
    }

    static NodeOperation decode(Node node, int index) {
        return switch (node.getOperationCase()) {
            case SECRET_INPUT ->
                new NodeOperation.SecretInput(
                        node.getSecretInput().getRole(), node.getSecretInput().getField());
            case PUBLIC_INPUT -> new NodeOperation.PublicValue(node.getPublicInput());
            case CONSTANT -> new NodeOperation.Constant(decode(node.getConstant(), "node n" + index));
            case USED -> new NodeOperation.Used(node.getUsed());
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
            case EQUAL -> {
                List<Integer> operands = operands(node.getEqual(), 2, index);
                yield new NodeOperation.Equal(operands.get(0), operands.get(1));
            }
            case BOTH -> {
                List<Integer> operands = operands(node.getBoth(), 2, index);
                yield new NodeOperation.Both(operands.get(0), operands.get(1));
            }
            case EITHER -> {
                List<Integer> operands = operands(node.getEither(), 2, index);
                yield new NodeOperation.Either(operands.get(0), operands.get(1));
            }
            case NOT -> new NodeOperation.Not(operands(node.getNot(), 1, index).get(0));
            case SELECT -> {
                List<Integer> operands = operands(node.getSelect(), 3, index);
                yield new NodeOperation.Select(operands.get(0), operands.get(1), operands.get(2));
            }
            case SUM -> new NodeOperation.Sum(operands(node.getSum(), 1, index).get(0));
            case SUM_BY_OWNER ->
                new NodeOperation.SumByOwner(
                        operands(node.getSumByOwner(), 1, index).get(0));
            case ZIP ->
                new NodeOperation.Zip(node.getZip().getNode(), node.getZip().getRole());
            case BROADCAST ->
                new NodeOperation.Broadcast(
                        operands(node.getBroadcast(), 1, index).get(0));
            case CANDIDATE ->
                new NodeOperation.Candidate(
                        node.getCandidate().getBits(), shape(node.getCandidate().getShape(), index));
            case GREATEST ->
                new NodeOperation.Greatest(
                        node.getGreatest().getCandidate(), node.getGreatest().getCondition());
            case OPERATION_NOT_SET -> throw refused("node n" + index + " has no operation that is known here");
        };
    }

    static Constant encode(BigInteger value) {
        Constant.Builder encoded = Constant.newBuilder();
        if (value.signum() != 0) {
            byte[] bytes = value.abs().toByteArray();
            int from = bytes[0] == 0 ? 1 : 0;
            encoded.setNegative(value.signum() < 0).setMagnitude(ByteString.copyFrom(bytes, from, bytes.length - from));
        }
        return encoded.build();
    }

    static BigInteger decode(Constant constant, String where) {
        BigInteger magnitude = new BigInteger(1, constant.getMagnitude().toByteArray());
        if (magnitude.signum() == 0 && constant.getNegative()) {
            throw refused(where + " is a negative zero");
        }
        return constant.getNegative() ? magnitude.negate() : magnitude;
    }

    private static List<Integer> operands(Operands operands, int count, int index) {
        if (operands.getNodesCount() != count) {
            throw refused("node n" + index + " has " + operands.getNodesCount() + " operands, not " + count);
        }
        return operands.getNodesList();
    }

    private static Shape shape(int code, int index) {
        if (code < 0) {
            throw refused("node n" + index + " has a shape that is not known here");
        }
        return Shape.ofCode(code);
    }

    private static RuleException refused(String message) {
        return new RuleException(RuleException.Reason.NOT_CANONICAL, message);
    }

    private static final class Encoder implements NodeOperation.Visitor<Node> {
        @Override
        public Node secretInput(NodeOperation.SecretInput input) {
            return Node.newBuilder()
                    .setSecretInput(io.veilflow.rule.v1.SecretInput.newBuilder()
                            .setRole(input.role())
                            .setField(input.field()))
                    .build();
        }

        @Override
        public Node publicInput(NodeOperation.PublicValue input) {
            return Node.newBuilder().setPublicInput(input.input()).build();
        }

        @Override
        public Node constant(NodeOperation.Constant constant) {
            return Node.newBuilder().setConstant(encode(constant.value())).build();
        }

        @Override
        public Node used(NodeOperation.Used used) {
            return Node.newBuilder().setUsed(used.role()).build();
        }

        @Override
        public Node add(NodeOperation.Add add) {
            return Node.newBuilder().setAdd(operands(add)).build();
        }

        @Override
        public Node subtract(NodeOperation.Subtract subtract) {
            return Node.newBuilder().setSubtract(operands(subtract)).build();
        }

        @Override
        public Node multiply(NodeOperation.Multiply multiply) {
            return Node.newBuilder().setMultiply(operands(multiply)).build();
        }

        @Override
        public Node lessThan(NodeOperation.LessThan comparison) {
            return Node.newBuilder().setLessThan(operands(comparison)).build();
        }

        @Override
        public Node equal(NodeOperation.Equal comparison) {
            return Node.newBuilder().setEqual(operands(comparison)).build();
        }

        @Override
        public Node both(NodeOperation.Both both) {
            return Node.newBuilder().setBoth(operands(both)).build();
        }

        @Override
        public Node either(NodeOperation.Either either) {
            return Node.newBuilder().setEither(operands(either)).build();
        }

        @Override
        public Node not(NodeOperation.Not not) {
            return Node.newBuilder().setNot(operands(not)).build();
        }

        @Override
        public Node select(NodeOperation.Select select) {
            return Node.newBuilder().setSelect(operands(select)).build();
        }

        @Override
        public Node sum(NodeOperation.Sum sum) {
            return Node.newBuilder().setSum(operands(sum)).build();
        }

        @Override
        public Node sumByOwner(NodeOperation.SumByOwner sum) {
            return Node.newBuilder().setSumByOwner(operands(sum)).build();
        }

        @Override
        public Node zip(NodeOperation.Zip zip) {
            return Node.newBuilder()
                    .setZip(Zip.newBuilder().setNode(zip.operand()).setRole(zip.role()))
                    .build();
        }

        @Override
        public Node broadcast(NodeOperation.Broadcast broadcast) {
            return Node.newBuilder().setBroadcast(operands(broadcast)).build();
        }

        @Override
        public Node candidate(NodeOperation.Candidate candidate) {
            return Node.newBuilder()
                    .setCandidate(io.veilflow.rule.v1.Candidate.newBuilder()
                            .setBits(candidate.bits())
                            .setShape(candidate.shape().code()))
                    .build();
        }

        @Override
        public Node greatest(NodeOperation.Greatest greatest) {
            return Node.newBuilder()
                    .setGreatest(io.veilflow.rule.v1.Greatest.newBuilder()
                            .setCandidate(greatest.candidate())
                            .setCondition(greatest.condition()))
                    .build();
        }

        private static Operands.Builder operands(NodeOperation operation) {
            return Operands.newBuilder().addAllNodes(operation.operands());
        }
    }
}

package io.veilflow.pipeline.evaluate;

import io.veilflow.zk.rule.NodeOperation;
import io.veilflow.zk.rule.Rule;
import io.veilflow.zk.rule.RuleNode;
import io.veilflow.zk.rule.UsedSlots;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Nodes that need no message, whatever their operands are. */
final class LocalNodes {
    private final Rule rule;
    private final Book book;
    private final List<BigInteger> publicInputs;
    private final UsedSlots used;
    private final LocalArithmetic local;

    LocalNodes(Rule rule, Book book, List<BigInteger> publicInputs, UsedSlots used, LocalArithmetic local) {
        this.rule = rule;
        this.book = book;
        this.publicInputs = publicInputs;
        this.used = used;
        this.local = local;
    }

    /** @param frame knows the operands; nothing for a node that needs messages, or may */
    Optional<NodeValue> value(RuleNode node, Frame frame) {
        return node.operation().accept(new Reading(frame));
    }

    private final class Reading implements NodeOperation.Visitor<Optional<NodeValue>> {
        private final Frame frame;

        Reading(Frame frame) {
            this.frame = frame;
        }

        @Override
        public Optional<NodeValue> secretInput(NodeOperation.SecretInput input) {
            return Optional.of(book.input(input.role(), input.field()));
        }

        @Override
        public Optional<NodeValue> publicInput(NodeOperation.PublicValue input) {
            return Optional.of(PublicNumbers.scalar(publicInputs.get(input.input())));
        }

        @Override
        public Optional<NodeValue> constant(NodeOperation.Constant constant) {
            return Optional.of(PublicNumbers.scalar(constant.value()));
        }

        @Override
        public Optional<NodeValue> used(NodeOperation.Used node) {
            List<BigInteger> bits = new ArrayList<>();
            for (int slot = 0; slot < rule.roles().get(node.role()).slots(); slot++) {
                bits.add(used.isUsed(node.role(), slot) ? BigInteger.ONE : BigInteger.ZERO);
            }
            return Optional.of(new PublicNumbers(bits));
        }

        @Override
        public Optional<NodeValue> add(NodeOperation.Add add) {
            NodeValue out = frame.value(add.terms().get(0));
            for (int term : add.terms().subList(1, add.terms().size())) {
                out = local.add(out, frame.value(term));
            }
            return Optional.of(out);
        }

        @Override
        public Optional<NodeValue> subtract(NodeOperation.Subtract subtract) {
            return Optional.of(local.subtract(frame.value(subtract.left()), frame.value(subtract.right())));
        }

        @Override
        public Optional<NodeValue> not(NodeOperation.Not not) {
            return Optional.of(local.not(frame.value(not.operand())));
        }

        @Override
        public Optional<NodeValue> sum(NodeOperation.Sum sum) {
            return Optional.of(frame.value(sum.terms()).sum());
        }

        @Override
        public Optional<NodeValue> sumByOwner(NodeOperation.SumByOwner sum) {
            int role = rule.nodes().get(sum.terms()).shape().role();
            return Optional.of(local.sumsOf(
                    frame.value(sum.terms()), rule.roles().get(role).ownerSlots()));
        }

        /** The same numbers in the slots of another role. */
        @Override
        public Optional<NodeValue> zip(NodeOperation.Zip zip) {
            return Optional.of(frame.value(zip.operand()));
        }

        /** The number of the only slot. */
        @Override
        public Optional<NodeValue> broadcast(NodeOperation.Broadcast broadcast) {
            return Optional.of(frame.value(broadcast.operand()));
        }

        @Override
        public Optional<NodeValue> multiply(NodeOperation.Multiply multiply) {
            return Optional.empty();
        }

        @Override
        public Optional<NodeValue> both(NodeOperation.Both both) {
            return Optional.empty();
        }

        @Override
        public Optional<NodeValue> either(NodeOperation.Either either) {
            return Optional.empty();
        }

        @Override
        public Optional<NodeValue> select(NodeOperation.Select select) {
            return Optional.empty();
        }

        @Override
        public Optional<NodeValue> lessThan(NodeOperation.LessThan comparison) {
            return Optional.empty();
        }

        @Override
        public Optional<NodeValue> equal(NodeOperation.Equal equality) {
            return Optional.empty();
        }

        @Override
        public Optional<NodeValue> candidate(NodeOperation.Candidate candidate) {
            return Optional.empty();
        }

        @Override
        public Optional<NodeValue> greatest(NodeOperation.Greatest greatest) {
            return Optional.empty();
        }
    }
}

package io.veilflow.zk.rule;

import java.math.BigInteger;
import java.util.List;

/** What a node does. Operands are indices of earlier nodes. */
public sealed interface NodeOperation {

    <T> T accept(Visitor<T> visitor);

    /** The nodes that this one reads, in their order. */
    List<Integer> operands();

    /** One method per operation: a reading of rules that forgets one does not compile. */
    interface Visitor<T> {
        T secretInput(SecretInput input);

        T publicInput(PublicValue input);

        T constant(Constant constant);

        T used(Used used);

        T add(Add add);

        T subtract(Subtract subtract);

        T multiply(Multiply multiply);

        T lessThan(LessThan comparison);

        T equal(Equal comparison);

        T both(Both both);

        T either(Either either);

        T not(Not not);

        T select(Select select);

        T sum(Sum sum);

        T sumByOwner(SumByOwner sum);

        T zip(Zip zip);

        T broadcast(Broadcast broadcast);

        T candidate(Candidate candidate);

        T greatest(Greatest greatest);
    }

    /** A secret number of every slot of a role. */
    record SecretInput(int role, int field) implements NodeOperation {
        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.secretInput(this);
        }

        @Override
        public List<Integer> operands() {
            return List.of();
        }
    }

    /** A public input by its place in the declared order. */
    record PublicValue(int input) implements NodeOperation {
        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.publicInput(this);
        }

        @Override
        public List<Integer> operands() {
            return List.of();
        }
    }

    record Constant(BigInteger value) implements NodeOperation {
        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.constant(this);
        }

        @Override
        public List<Integer> operands() {
            return List.of();
        }
    }

    /** Per slot of a role 1 if a counted submission says that the slot is in use, else 0; everybody knows it. */
    record Used(int role) implements NodeOperation {
        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.used(this);
        }

        @Override
        public List<Integer> operands() {
            return List.of();
        }
    }

    /** The sum of two or more nodes. */
    record Add(List<Integer> terms) implements NodeOperation {
        public Add {
            terms = List.copyOf(terms);
        }

        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.add(this);
        }

        @Override
        public List<Integer> operands() {
            return terms;
        }
    }

    record Subtract(int left, int right) implements NodeOperation {
        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.subtract(this);
        }

        @Override
        public List<Integer> operands() {
            return List.of(left, right);
        }
    }

    record Multiply(int left, int right) implements NodeOperation {
        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.multiply(this);
        }

        @Override
        public List<Integer> operands() {
            return List.of(left, right);
        }
    }

    /** 1 if left < right, else 0. */
    record LessThan(int left, int right) implements NodeOperation {
        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.lessThan(this);
        }

        @Override
        public List<Integer> operands() {
            return List.of(left, right);
        }
    }

    /** 1 if left = right, else 0. */
    record Equal(int left, int right) implements NodeOperation {
        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.equal(this);
        }

        @Override
        public List<Integer> operands() {
            return List.of(left, right);
        }
    }

    /** Logical and of two bits. */
    record Both(int left, int right) implements NodeOperation {
        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.both(this);
        }

        @Override
        public List<Integer> operands() {
            return List.of(left, right);
        }
    }

    /** Logical or of two bits. */
    record Either(int left, int right) implements NodeOperation {
        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.either(this);
        }

        @Override
        public List<Integer> operands() {
            return List.of(left, right);
        }
    }

    /** 1 minus a bit. */
    record Not(int operand) implements NodeOperation {
        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.not(this);
        }

        @Override
        public List<Integer> operands() {
            return List.of(operand);
        }
    }

    /** {@code chosen} where the condition, a bit, is 1; {@code otherwise} where it is 0. */
    record Select(int condition, int chosen, int otherwise) implements NodeOperation {
        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.select(this);
        }

        @Override
        public List<Integer> operands() {
            return List.of(condition, chosen, otherwise);
        }
    }

    /** The sum of a node's values over all slots, or over all owners, of its role. */
    record Sum(int terms) implements NodeOperation {
        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.sum(this);
        }

        @Override
        public List<Integer> operands() {
            return List.of(terms);
        }
    }

    /** Per owner of a role the sum of a per-slot node over the slots of that owner. */
    record SumByOwner(int terms) implements NodeOperation {
        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.sumByOwner(this);
        }

        @Override
        public List<Integer> operands() {
            return List.of(terms);
        }
    }

    /** The values of one role's slots, read as those of the slots with the same index of another role. */
    record Zip(int operand, int role) implements NodeOperation {
        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.zip(this);
        }

        @Override
        public List<Integer> operands() {
            return List.of(operand);
        }
    }

    /** The value of the one slot of a role, as a scalar. */
    record Broadcast(int operand) implements NodeOperation {
        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.broadcast(this);
        }

        @Override
        public List<Integer> operands() {
            return List.of(operand);
        }
    }

    /**
     * The number h that a {@link Greatest} looks for, from 0 to 2^bits - 1; one, or one per slot or owner. Conditions on it
     * are ordinary nodes.
     */
    record Candidate(int bits, Shape shape) implements NodeOperation {
        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.candidate(this);
        }

        @Override
        public List<Integer> operands() {
            return List.of();
        }
    }

    /** The greatest h such that h is zero or the condition holds at h. Once false, a condition stays false as h grows. */
    record Greatest(int candidate, int condition) implements NodeOperation {
        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.greatest(this);
        }

        @Override
        public List<Integer> operands() {
            return List.of(candidate, condition);
        }
    }
}

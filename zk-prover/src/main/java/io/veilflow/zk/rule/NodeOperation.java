package io.veilflow.zk.rule;

import java.math.BigInteger;
import java.util.List;

/** What a node does. Operands are indices of earlier nodes. */
public sealed interface NodeOperation {

    <T> T accept(Visitor<T> visitor);

    /** One method per operation: a reading of rules that forgets one does not compile. */
    interface Visitor<T> {
        T secretInput(SecretInput input);

        T publicInput(PublicValue input);

        T constant(Constant constant);

        T add(Add add);

        T subtract(Subtract subtract);

        T multiply(Multiply multiply);

        T lessThan(LessThan comparison);

        T sum(Sum sum);
    }

    /** A secret number of every slot of a role. */
    record SecretInput(int role, int field) implements NodeOperation {
        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.secretInput(this);
        }
    }

    /** A public input by its place in the declared order. */
    record PublicValue(int input) implements NodeOperation {
        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.publicInput(this);
        }
    }

    record Constant(BigInteger value) implements NodeOperation {
        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.constant(this);
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
    }

    record Subtract(int left, int right) implements NodeOperation {
        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.subtract(this);
        }
    }

    record Multiply(int left, int right) implements NodeOperation {
        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.multiply(this);
        }
    }

    /** 1 if left < right, else 0. */
    record LessThan(int left, int right) implements NodeOperation {
        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.lessThan(this);
        }
    }

    /** The sum of a per-slot node over the slots of its role. */
    record Sum(int terms) implements NodeOperation {
        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.sum(this);
        }
    }
}

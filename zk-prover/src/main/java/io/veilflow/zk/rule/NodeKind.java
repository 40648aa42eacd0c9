package io.veilflow.zk.rule;

/** How a node's value exists while a window is computed. In ascending order: a combination has the greatest kind. */
public enum NodeKind {
    /** From public inputs, used slots and constants only: everybody knows it. */
    PUBLIC,
    /** Secret inputs times public values, added: stays an integer sharing, no message. */
    LINEAR,
    /** Anything else that is secret: a sharing over Fr. */
    FIELD;

    /** Of a sum. */
    NodeKind with(NodeKind other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /** Of a product: two secrets make a field value. */
    NodeKind times(NodeKind other) {
        return this != PUBLIC && other != PUBLIC ? FIELD : with(other);
    }
}

package io.veilflow.zk.rule;

/** How a node's value exists while a window is computed. In ascending order: a combination has the greatest kind. */
public enum NodeKind {
    /** From public inputs and constants only: everybody knows it. */
    PUBLIC,
    /** Secret inputs times public values, added: stays an integer sharing, no message. */
    LINEAR,
    /** Anything else that is secret: a sharing over Fr. */
    FIELD;

    NodeKind with(NodeKind other) {
        return compareTo(other) >= 0 ? this : other;
    }
}

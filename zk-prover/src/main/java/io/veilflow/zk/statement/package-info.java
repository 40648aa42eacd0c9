/**
 * What a proof says: context and public words in their documented order, and where every wire of the circuit's input
 * stands (docs/wire.md sections 3 and 10). Only public things live here. Start at {@link
 * io.veilflow.zk.statement.Statement}.
 */
package io.veilflow.zk.statement;

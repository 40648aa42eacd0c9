package io.veilflow.pipeline.post;

import com.google.protobuf.ByteString;
import java.math.BigInteger;
import java.util.Optional;
import org.web3j.protocol.core.methods.request.Transaction;

/**
 * What a transaction does, whatever it pays.
 *
 * @param to contract; empty to create one
 * @param value ether to send along, in wei
 * @param data in hex
 */
record TransactionCall(Optional<ByteString> to, BigInteger value, String data) {
    /** As a node is asked for its gas. */
    Transaction from(String sender) {
        return new Transaction(sender, null, null, null, contract(), value, data);
    }

    /** Null to create one, as web3j has it. */
    String contract() {
        return to.map(Hex::text).orElse(null);
    }
}

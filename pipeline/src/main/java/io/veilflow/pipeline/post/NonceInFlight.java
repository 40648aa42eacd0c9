package io.veilflow.pipeline.post;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The transactions that were offered under one nonce: one of them at most comes into a block. */
final class NonceInFlight {
    private final BigInteger nonce;
    private final Map<String, Offered> offered = new LinkedHashMap<>();
    private Optional<Offered> last = Optional.empty();

    /**
     * A signed transaction.
     *
     * @param hash with 0x
     * @param signed in hex
     */
    record Offered(String hash, TransactionCall call, TransactionFee fee, String signed, long atNanos) {}

    NonceInFlight(BigInteger nonce) {
        this.nonce = nonce;
    }

    BigInteger nonce() {
        return nonce;
    }

    void add(Offered transaction) {
        offered.put(transaction.hash(), transaction);
        last = Optional.of(transaction);
    }

    /** The newest, which has replaced the others if the node took it. */
    Optional<Offered> last() {
        return last;
    }

    /** Hashes under which this call may be in a block, the newest first. */
    List<String> hashesOf(TransactionCall call) {
        return offered.values().stream()
                .filter(transaction -> transaction.call().equals(call))
                .map(Offered::hash)
                .sorted((one, other) -> Boolean.compare(isLast(other), isLast(one)))
                .toList();
    }

    private boolean isLast(String hash) {
        return last.filter(transaction -> transaction.hash().equals(hash)).isPresent();
    }
}

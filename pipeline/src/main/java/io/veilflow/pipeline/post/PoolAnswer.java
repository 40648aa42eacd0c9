package io.veilflow.pipeline.post;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.web3j.protocol.core.Response;

/** What a node's transaction pool says to a transaction; nodes agree on the meanings and differ in the words. */
enum PoolAnswer {
    /** It waits in the pool. */
    TAKEN(),
    /** Exactly this one waits there already, or has been in a block. */
    KNOWN("already known", "already imported", "alreadyknown", "already in the pool"),
    /** The nonce is in a block. */
    NONCE_USED("nonce too low", "oldnonce", "invalid nonce", "nonce is too low"),
    /** Another one with this nonce waits there at a price that this does not beat by enough. */
    UNDERPRICED("replacement", "underpriced", "not enough to replace", "feetoolowtocompete"),
    /** The price is below what the chain asks for. */
    FEE_TOO_LOW("less than block base fee", "fee cap", "feetoolow", "fee too low", "gas price below"),
    /** The account cannot pay. */
    INSUFFICIENT_FUNDS("insufficient funds", "insufficientfunds", "upfront cost exceeds", "insufficient balance"),
    /** Anything else: the pool is full, the node is in trouble. */
    REFUSED();

    private final String[] words;

    PoolAnswer(String... words) {
        this.words = words;
    }

    static PoolAnswer of(Optional<Response.Error> error) {
        if (error.isEmpty()) {
            return TAKEN;
        }
        String message = String.valueOf(error.get().getMessage()).toLowerCase(Locale.ROOT);
        return Stream.of(values())
                .filter(answer -> Stream.of(answer.words).anyMatch(message::contains))
                .findFirst()
                .orElse(REFUSED);
    }
}

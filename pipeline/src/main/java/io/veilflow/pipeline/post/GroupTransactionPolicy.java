package io.veilflow.pipeline.post;

import com.google.protobuf.ByteString;
import java.math.BigInteger;
import java.util.Optional;

/**
 * What this party lets the group's account sign: exactly a post that its own engine stands behind, at its own price limit. So one party
 * alone can neither spend the group's ether for something else nor offer all of it for one block.
 *
 * @param registry 20 bytes
 * @param gasMost units that one transaction may use
 * @param fees price limit for a unit
 */
public record GroupTransactionPolicy(long chainId, ByteString registry, BigInteger gasMost, FeePolicy fees) {
    /** Why this party does not sign. */
    public enum Refusal {
        /** Bytes that are no call without ether. */
        MALFORMED,
        CHAIN,
        CONTRACT,
        /** Another post than this party's, or none. */
        CALL,
        /** Not the account's next one. */
        NONCE,
        GAS,
        FEE
    }

    /**
     * @param own the post as this party would send it
     * @param nonce the account's next one, as this party's node says
     * @return empty if this party signs
     */
    public Optional<Refusal> refusal(GroupTransaction proposed, Post own, BigInteger nonce) {
        if (proposed.chainId() != chainId || own.chainId() != chainId) {
            return Optional.of(Refusal.CHAIN);
        }
        if (!proposed.to().equals(registry) || !own.registry().equals(registry)) {
            return Optional.of(Refusal.CONTRACT);
        }
        if (!proposed.call().equals(Hex.bytes(PostCall.encode(own)))) {
            return Optional.of(Refusal.CALL);
        }
        if (!proposed.nonce().equals(nonce)) {
            return Optional.of(Refusal.NONCE);
        }
        if (proposed.gasLimit().compareTo(gasMost) > 0) {
            return Optional.of(Refusal.GAS);
        }
        boolean dear =
                proposed.most().compareTo(fees.most()) > 0 || proposed.tip().compareTo(proposed.most()) > 0;
        return dear ? Optional.of(Refusal.FEE) : Optional.empty();
    }
}

package io.veilflow.pipeline.post;

import com.google.protobuf.ByteString;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What this party lets the group's account sign: exactly a post that its own engine stands behind, at its own price limit, with the gas
 * that the post needs. So one party alone can neither spend the group's ether for something else, nor offer all of it for one block, nor
 * burn it in transactions that run out of gas.
 *
 * @param registry 20 bytes
 * @param fees price limit for a unit
 */
public record GroupTransactionPolicy(long chainId, ByteString registry, FeePolicy fees) {
    /** Why this party does not sign. */
    public enum Refusal {
        /** Bytes that are no call without ether. */
        MALFORMED(1),
        CHAIN(2),
        CONTRACT(3),
        /** Not the call that the proposal speaks of. */
        CALL(4),
        /** Not the account's next one. */
        NONCE(5),
        /** Less than this party's node asks for, or more than twice that. */
        GAS(6),
        FEE(7),
        /** This party's engine stands behind no such statement that is not on the chain. */
        STATEMENT(8),
        /** Not the group's signature under the statement. */
        SIGNATURE(9),
        /** Not a proof of the statement. */
        PROOF(10),
        /** By this party's node the call would fail, or the node does not answer. */
        STATE(11),
        /** This party is about to sign another transaction. */
        BUSY(12),
        /** A signature with this party's share has failed (THREATS G13). */
        SUSPENDED(13);

        private final int code;

        Refusal(int code) {
            this.code = code;
        }

        /** As on the board; above 0. */
        public int code() {
            return code;
        }

        /** Empty for 0, which is no refusal, and for what this program does not know. */
        public static Optional<Refusal> of(int code) {
            return Arrays.stream(values())
                    .filter(refusal -> refusal.code == code)
                    .findFirst();
        }

        /** Whether the same question may soon have another answer: parties and nodes are not equally fast. */
        public boolean mayPass() {
            return this == STATEMENT || this == NONCE || this == STATE;
        }
    }

    /**
     * @param own the post as this party would send it
     * @param next of the account, as this party's node says; asked for only if everything else is right
     * @return empty if this party signs
     */
    public Optional<Refusal> refusal(GroupTransaction proposed, Post own, Supplier<NextTransaction> next) {
        if (proposed.chainId() != chainId || own.chainId() != chainId) {
            return Optional.of(Refusal.CHAIN);
        }
        if (!proposed.to().equals(registry) || !own.registry().equals(registry)) {
            return Optional.of(Refusal.CONTRACT);
        }
        if (!proposed.sends(own)) {
            return Optional.of(Refusal.CALL);
        }
        boolean dear =
                proposed.most().compareTo(fees.most()) > 0 || proposed.tip().compareTo(proposed.most()) > 0;
        if (dear) {
            return Optional.of(Refusal.FEE);
        }
        try {
            return refusal(proposed, next.get());
        } catch (SettlementException failing) {
            return Optional.of(Refusal.STATE);
        }
    }

    private static Optional<Refusal> refusal(GroupTransaction proposed, NextTransaction next) {
        if (!proposed.nonce().equals(next.nonce())) {
            return Optional.of(Refusal.NONCE);
        }
        BigInteger limit = proposed.gasLimit();
        boolean fits =
                limit.compareTo(next.gas()) >= 0 && limit.compareTo(next.gas().shiftLeft(1)) <= 0;
        return fits ? Optional.empty() : Optional.of(Refusal.GAS);
    }
}

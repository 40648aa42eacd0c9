package io.veilflow.pipeline.post;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.threshold.ecdsa.AccountKey;
import io.veilflow.mpc.threshold.ecdsa.EcdsaSignature;
import java.util.function.Function;
import org.web3j.crypto.RawTransaction;

/**
 * The group's account, for the party that sends from it: every transaction is signed by all three, one at a
 * higher price too. It sends no ether and creates no contract.
 */
public final class GroupSender implements SendingAccount {
    private final AccountKey key;
    private final Function<GroupTransaction, EcdsaSignature> signing;

    /** @param signing asks the three; throws a retryable {@link SettlementException} if they do not sign */
    public GroupSender(AccountKey key, Function<GroupTransaction, EcdsaSignature> signing) {
        this.key = key;
        this.signing = signing;
    }

    @Override
    public ByteString address() {
        return ByteString.copyFrom(key.address());
    }

    /** @throws IllegalArgumentException if it is not of the group's kind */
    @Override
    public String sign(RawTransaction transaction) {
        GroupTransaction own = GroupTransaction.of(transaction)
                .orElseThrow(() -> new IllegalArgumentException("the group's account sends calls without ether only"));
        return own.signed(key, signing.apply(own));
    }

    @Override
    public String toString() {
        return "the group's account " + Hex.text(address());
    }
}

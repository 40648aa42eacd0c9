package io.veilflow.pipeline.post;

import com.google.protobuf.ByteString;
import io.veilflow.contracts.SettlementEscrow;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.Function;

/** A {@code SettlementEscrow}: holds ether until one window of a settlement job says whether the trade settles. */
public record SettlementEscrowClient(ConsumerAccount account, ByteString address) {
    /**
     * Deploys the escrow of a window and deposits the amount, which the account pays.
     *
     * @param amount in wei
     * @param beneficiary 20 bytes
     * @param deadline last moment at which a result may be recorded to count
     */
    public static SettlementEscrowClient open(
            ConsumerAccount account,
            ByteString registry,
            ByteString jobId,
            long window,
            PublishedPlace settles,
            BigInteger amount,
            ByteString beneficiary,
            Instant deadline) {
        SettlementEscrow.SettlementTerms terms = new SettlementEscrow.SettlementTerms(
                Hex.text(registry),
                jobId.toByteArray(),
                BigInteger.valueOf(window),
                new SettlementEscrow.OutputPlace(
                        BigInteger.valueOf(settles.word()),
                        BigInteger.valueOf(settles.offset()),
                        BigInteger.valueOf(settles.bits())),
                Address.DEFAULT.getValue(),
                amount,
                Hex.text(account.address()),
                Hex.text(beneficiary),
                BigInteger.valueOf(deadline.getEpochSecond()));
        SettlementEscrowClient escrow =
                new SettlementEscrowClient(account, account.create(SettlementEscrow.BINARY, List.of(terms)));
        account.call(escrow.address, amount, new Function(SettlementEscrow.FUNC_DEPOSIT, List.of(), List.of()));
        return escrow;
    }

    /** Whether the amount has now gone to the beneficiary: it does, if the window settled. */
    public boolean release() {
        return account.callUnless(
                "NotSettled", address, new Function(SettlementEscrow.FUNC_RELEASE, List.of(), List.of()));
    }
}

package io.veilflow.pipeline.demo;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.job.kind.Results;
import io.veilflow.pipeline.post.ConsumerAccount;
import io.veilflow.pipeline.post.PublishedPlace;
import io.veilflow.pipeline.post.SettlementEscrowClient;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** {@code SettlementEscrow}: one for each window, each with ether in it. */
final class EscrowConsumer implements DemoConsumer {
    private static final BigInteger AMOUNT = BigInteger.TEN.pow(15);
    private static final long DEADLINE_SECONDS = 3_600;

    private final ConsumerAccount account;
    private final List<SettlementEscrowClient> escrows = new ArrayList<>();

    /** Takes the account over, which pays. */
    EscrowConsumer(
            ConsumerAccount account,
            ByteString registry,
            ByteString jobId,
            PublishedPlace settles,
            ByteString beneficiary,
            int windows) {
        this.account = account;
        Instant deadline = Instant.now().plusSeconds(DEADLINE_SECONDS);
        for (int window = 0; window < windows; window++) {
            escrows.add(SettlementEscrowClient.open(
                    account, registry, jobId, window, settles, AMOUNT, beneficiary, deadline));
        }
    }

    @Override
    public String title() {
        return "an escrow of 0.001 ether for each window, the first "
                + LocalNetwork.address(escrows.get(0).address());
    }

    @Override
    public String after(long window, Results results) {
        return escrows.get((int) window).release() ? "escrow RELEASED to the beneficiary" : "escrow held for the payer";
    }

    @Override
    public void close() {
        account.close();
    }
}

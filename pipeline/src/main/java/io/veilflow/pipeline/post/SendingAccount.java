package io.veilflow.pipeline.post;

import com.google.protobuf.ByteString;
import org.web3j.crypto.RawTransaction;

/** An account that pays for transactions: one that a single key belongs to, or the group's. */
public sealed interface SendingAccount permits PosterAccount, GroupSender {
    /** 20 bytes. */
    ByteString address();

    /**
     * The signed transaction, in hex.
     *
     * @throws SettlementException retryable, if it cannot be signed at present
     */
    String sign(RawTransaction transaction);
}

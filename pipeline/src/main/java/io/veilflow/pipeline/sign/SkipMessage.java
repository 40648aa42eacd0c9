package io.veilflow.pipeline.sign;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.key.KeyPurpose;
import java.util.Objects;

/**
 * Says that windows will have no result. The registry then takes the window behind them.
 *
 * @param chainId of the chain that it is for
 * @param registry address of the WindowRegistry, 20 bytes
 * @param jobId 32 bytes
 * @param firstWindow unsigned
 * @param lastWindow not before the first
 */
public record SkipMessage(
        long chainId, ByteString registry, ByteString jobId, long firstWindow, long lastWindow, SkipReason reason)
        implements GroupStatement {
    private static final String LABEL = "veilflow/skip/1";

    public SkipMessage {
        Objects.requireNonNull(reason);
        if (firstWindow < 0 || lastWindow < firstWindow) {
            throw new IllegalArgumentException("windows " + firstWindow + " to " + lastWindow);
        }
    }

    @Override
    public byte[] digest() {
        return new AbiWords(7)
                .label(LABEL)
                .number(chainId)
                .aligned("registry", registry, 20)
                .aligned("job id", jobId, 32)
                .number(firstWindow)
                .number(lastWindow)
                .number(reason.code())
                .keccak256();
    }

    @Override
    public KeyPurpose key() {
        return KeyPurpose.RESULT;
    }

    @Override
    public String title() {
        return "skip of windows " + firstWindow + " to " + lastWindow;
    }
}

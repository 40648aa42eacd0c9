package io.veilflow.pipeline.key;

import io.veilflow.mpc.session.EpochLog;
import io.veilflow.pipeline.identity.IdentityException;
import io.veilflow.pipeline.identity.IdentityException.Problem;
import io.veilflow.pipeline.identity.PrivateFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The largest epoch of a store's ceremonies, in a file beside it. */
final class EpochFile implements EpochLog {
    private static final int DIGITS_MAX = 18;

    private final Path file;
    private long largest;

    EpochFile(Path store) {
        this.file = store.resolveSibling(store.getFileName() + ".epoch");
        this.largest = Files.exists(file) ? read() : 0;
    }

    private long read() {
        String text = new String(PrivateFiles.read(file, DIGITS_MAX), StandardCharsets.US_ASCII);
        if (!text.matches("[0-9]{1," + DIGITS_MAX + "}")) {
            throw new IdentityException(Problem.MALFORMED, file, "is not a number");
        }
        return Long.parseLong(text);
    }

    @Override
    public long largestEpoch() {
        return largest;
    }

    @Override
    public void record(long epoch) {
        PrivateFiles.replace(file, Long.toString(epoch).getBytes(StandardCharsets.US_ASCII));
        largest = epoch;
    }
}

package io.veilflow.pipeline.party;

import io.veilflow.pipeline.config.ConfigurationException;
import io.veilflow.pipeline.post.PosterAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** The file with the secret key of the account that pays for posting: 0x and 64 hexadecimal digits. */
final class PosterKeyFile {
    private static final int CHARACTERS = 66;

    private PosterKeyFile() {}

    /** @throws ConfigurationException if it is anything else; the message shows nothing of it */
    static PosterAccount read(Path file) {
        byte[] key = new byte[0];
        try {
            String text =
                    Files.size(file) <= 2 * CHARACTERS ? Files.readString(file).strip() : "";
            if (!text.matches("0x[0-9a-fA-F]{64}")) {
                throw new ConfigurationException(
                        file.toString(), List.of(file + " is not 0x and 64 hexadecimal digits: the poster's key"));
            }
            key = HexFormat.of().parseHex(text.substring(2));
            return PosterAccount.of(key);
        } catch (IOException failed) {
            throw new ConfigurationException(
                    file.toString(), List.of(file + " cannot be read: " + failed.getMessage()));
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }
}

package io.veilflow.pipeline.cli;

import io.veilflow.pipeline.config.ConfigurationException;
import io.veilflow.pipeline.post.PosterAccount;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of commands that send transactions. */
final class AccountOptions {
    @Option(names = "--rpc", required = true, paramLabel = "URL", description = "Where a node of the chain answers.")
    private URI rpc;

    @Option(
            names = "--chain-id",
            paramLabel = "N",
            defaultValue = "31337",
            description = "The chain's id (default: ${DEFAULT-VALUE}, a test node's).")
    private long chainId;

    @Option(
            names = "--account",
            required = true,
            paramLabel = "FILE",
            description = "Secret key of the account that pays, 0x and 64 hexadecimal digits.")
    private Path account;

    URI rpc() {
        return rpc;
    }

    long chainId() {
        return chainId;
    }

    PosterAccount account() {
        String text;
        try {
            text = Files.readString(account).strip();
        } catch (IOException e) {
            throw new ConfigurationException(account.toString(), List.of("cannot be read: " + e.getMessage()));
        }
        if (!text.matches("0x[0-9a-fA-F]{64}")) {
            throw new ConfigurationException(account.toString(), List.of("not 0x and 64 hexadecimal digits"));
        }
        byte[] key = HexFormat.of().parseHex(text.substring(2));
        try {
            return PosterAccount.of(key);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }
}

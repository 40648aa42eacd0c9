package io.veilflow.pipeline.cli;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.config.ConfigurationException;
import io.veilflow.pipeline.identity.PartyIdentity;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.service.SigningDesk;
import io.veilflow.pipeline.service.SigningTerms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code veilflow sign}. */
@Command(
        name = "sign",
        mixinStandardHelpOptions = true,
        description = {
            "Ask the group of a running job to sign a message with its SIGN key. The job file says for which purposes",
            "it does. The operator who asks approves by that; a second one approves with 'signing approve'. The running",
            "parties sign over the board; the command waits. Exit code 0 and the signature; 1 if it was refused or is",
            "not approved in time."
        },
        footer = {
            "",
            "Example:",
            "  ./veilflow sign --purpose custody --message-file transfer.bin --board run/board \\",
            "      --keys party-0.keys --passphrase party-0.pass"
        })
final class SignCommand extends OperatorCommand {
    @Option(names = "--purpose", required = true, paramLabel = "P", description = "What the signature is for.")
    private String purpose;

    @Option(
            names = "--message-file",
            required = true,
            paramLabel = "FILE",
            description = "The message, at most 65,536 bytes.")
    private Path message;

    @Override
    Optional<ByteString> post(JobTerms job, SigningDesk desk) {
        ByteString bytes = read(message);
        try (PartyIdentity identity = identity(job)) {
            return Optional.of(desk.ask(identity.party(), identity.signingKey()::sign, purpose, bytes));
        }
    }

    /** Never more than a request may hold. */
    static ByteString read(Path file) {
        try {
            if (Files.size(file) > SigningTerms.MESSAGE_BYTES_MAX) {
                throw new ConfigurationException(
                        file.toString(), List.of("has more than " + SigningTerms.MESSAGE_BYTES_MAX + " bytes"));
            }
            return ByteString.copyFrom(Files.readAllBytes(file));
        } catch (IOException failed) {
            throw new ConfigurationException(file.toString(), List.of("cannot be read: " + failed.getMessage()));
        }
    }
}

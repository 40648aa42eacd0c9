package io.veilflow.pipeline.cli;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.identity.PartyIdentity;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.service.SigningDesk;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code veilflow keys rotate}. */
@Command(
        name = "rotate",
        mixinStandardHelpOptions = true,
        description = {
            "Ask the group of a running job to name its next result key, signed with the present one. A second operator",
            "approves with 'signing approve'. The registry takes the statement after its delay, for windows from the given",
            "one on."
        },
        footer = {
            "",
            "Example:",
            "  ./veilflow keys rotate --new-key 03c4...9e --from-window 1200 --board run/board \\",
            "      --keys party-0.keys --passphrase party-0.pass"
        })
final class KeysRotateCommand extends OperatorCommand {
    @Option(
            names = "--new-key",
            required = true,
            paramLabel = "HEX",
            converter = HexBytes.class,
            description = "The new key, 33 bytes.")
    private ByteString newKey;

    @Option(names = "--from-window", required = true, paramLabel = "N", description = "The first window it signs.")
    private long fromWindow;

    @Override
    Optional<ByteString> post(JobTerms job, SigningDesk desk) {
        try (PartyIdentity identity = identity(job)) {
            return Optional.of(desk.askForRotation(identity.party(), identity.signingKey()::sign, fromWindow, newKey));
        }
    }
}

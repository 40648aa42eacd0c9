package io.veilflow.pipeline.cli;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.board.FileBoard;
import io.veilflow.pipeline.config.ConfigurationException;
import io.veilflow.pipeline.identity.PartyIdentity;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.service.SigningDesk;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

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
final class KeysRotateCommand implements Callable<Integer> {
    @Option(names = "--new-key", required = true, paramLabel = "HEX", description = "The new key, 33 bytes.")
    private String newKey;

    @Option(names = "--from-window", required = true, paramLabel = "N", description = "The first window it signs.")
    private long fromWindow;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "300",
            description = "Longest wait (${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Mixin
    private BoardOptions board;

    @Mixin
    private OperatorOptions operator;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        JobTerms job = board.terms();
        try (FileBoard opened = board.open();
                PartyIdentity identity = operator.open(job)) {
            SigningDesk desk = new SigningDesk(job, opened, new SecureRandom());
            ByteString request = desk.askForRotation(
                    identity.party(),
                    identity.signingKey()::sign,
                    fromWindow,
                    ByteString.copyFrom(HexFormat.of().parseHex(newKey)));
            return new SigningAnswer(spec, json).await(desk, request, seconds);
        } catch (IllegalArgumentException refused) {
            throw new ConfigurationException("the request", List.of(String.valueOf(refused.getMessage())));
        }
    }
}

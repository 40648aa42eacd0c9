package io.veilflow.pipeline.cli;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.board.FileBoard;
import io.veilflow.pipeline.config.ConfigurationException;
import io.veilflow.pipeline.identity.PartyIdentity;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.service.OperatorLogs.Asked;
import io.veilflow.pipeline.service.SigningDesk;
import io.veilflow.pipeline.service.SigningTerms;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code veilflow signing approve}. */
@Command(
        name = "approve",
        mixinStandardHelpOptions = true,
        description = {
            "Approve of what another operator has asked the group to sign, and wait for the signature. Without --yes",
            "the request is shown and nothing is approved."
        },
        footer = {
            "",
            "Example:",
            "  ./veilflow signing approve --request 9f1c...77 --yes --board run/board --keys party-1.keys --passphrase party-1.pass"
        })
final class SignApproveCommand implements Callable<Integer> {
    private static final HexFormat HEX = HexFormat.of();

    @Option(names = "--request", required = true, paramLabel = "HASH", description = "As the one who asked was told.")
    private String request;

    @Option(names = "--yes", description = "Approve.")
    private boolean yes;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "60",
            description = "Longest wait (${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--json", description = "Print JSON.")
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
        try (FileBoard opened = board.open()) {
            SigningDesk desk = new SigningDesk(job, opened, new SecureRandom());
            ByteString hash = ByteString.copyFrom(HEX.parseHex(request));
            Asked asked = desk.find(hash)
                    .orElseThrow(() -> new IllegalArgumentException("there is no such request on the board"));
            if (!yes) {
                JsonLines.print(spec.commandLine().getOut(), shown(asked, new SigningTerms(job)));
                return ExitCode.OK;
            }
            try (PartyIdentity identity = operator.open(job)) {
                desk.approve(identity.party(), identity.signingKey()::sign, hash);
            }
            return new SigningAnswer(spec, json).await(desk, hash, seconds);
        } catch (IllegalArgumentException refused) {
            throw new ConfigurationException("the request", List.of(String.valueOf(refused.getMessage())));
        }
    }

    private static Map<String, Object> shown(Asked asked, SigningTerms terms) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("by", asked.by().toString());
        shown.put("approvedBy", asked.approvals().stream().map(Enum::toString).toList());
        shown.put("statement", terms.statement(asked.request()).title());
        if (asked.request().hasText()) {
            shown.put(
                    "message",
                    HEX.formatHex(asked.request().getText().getMessage().toByteArray()));
        } else {
            shown.put(
                    "newKey",
                    HEX.formatHex(asked.request().getRotation().getNewKey().toByteArray()));
        }
        return shown;
    }
}

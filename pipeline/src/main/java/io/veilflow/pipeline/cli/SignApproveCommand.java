package io.veilflow.pipeline.cli;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.identity.PartyIdentity;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.service.OperatorLogs.Asked;
import io.veilflow.pipeline.service.SigningDesk;
import io.veilflow.pipeline.service.SigningTerms;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

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
final class SignApproveCommand extends OperatorCommand {
    private static final HexFormat HEX = HexFormat.of();

    @Option(
            names = "--request",
            required = true,
            paramLabel = "HASH",
            converter = HexBytes.class,
            description = "As the one who asked was told.")
    private ByteString request;

    @Option(names = "--yes", description = "Approve.")
    private boolean yes;

    @Override
    Optional<ByteString> post(JobTerms job, SigningDesk desk) {
        if (!yes) {
            JsonLines.print(spec().commandLine().getOut(), shown(desk.request(request), new SigningTerms(job)));
            return Optional.empty();
        }
        try (PartyIdentity identity = identity(job)) {
            desk.approve(identity.party(), identity.signingKey()::sign, request);
        }
        return Optional.of(request);
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

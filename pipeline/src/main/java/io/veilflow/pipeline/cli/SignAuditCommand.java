package io.veilflow.pipeline.cli;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.board.FileBoard;
import io.veilflow.pipeline.config.ConfigurationException;
import io.veilflow.pipeline.service.SigningAudit;
import io.veilflow.pipeline.service.SigningAuditException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code veilflow signing audit}. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = {
            "Check the audit log of a party's signing service: the chain of its lines, its party's signatures, every",
            "signature of the group in it, and that it says the same as the board. No key is needed."
        },
        footer = {
            "",
            "Example:",
            "  ./veilflow signing audit --log run/party-0/signing-audit.jsonl --party 0 --board run/board"
        })
final class SignAuditCommand implements Callable<Integer> {
    @Option(names = "--log", required = true, paramLabel = "FILE", description = "signing-audit.jsonl of a party.")
    private Path log;

    @Option(names = "--party", required = true, paramLabel = "N", description = "Whose it is: 0, 1 or 2.")
    private int party;

    @Mixin
    private BoardOptions board;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        try (FileBoard opened = board.open()) {
            SigningAudit.Report report =
                    new SigningAudit(board.terms(), opened).check(PartyId.of(party), Files.readAllLines(log));
            spec.commandLine()
                    .getOut()
                    .println("passed: " + report.requests() + " requests, " + report.approvals() + " approvals, "
                            + report.refusals() + " refusals, " + report.signatures() + " signatures");
            spec.commandLine().getOut().flush();
            return ExitCode.OK;
        } catch (SigningAuditException found) {
            spec.commandLine().getOut().println("FAILED: " + found.getMessage());
            spec.commandLine().getOut().flush();
            return ExitCode.NEGATIVE;
        } catch (IOException failed) {
            throw new ConfigurationException(log.toString(), List.of("cannot be read: " + failed.getMessage()));
        }
    }
}

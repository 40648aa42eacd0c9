package io.veilflow.pipeline.cli;

import io.veilflow.datasets.schema.InvalidDatasetException;
import io.veilflow.nativelib.NativeException;
import io.veilflow.pipeline.board.BoardException;
import io.veilflow.pipeline.config.ConfigurationException;
import io.veilflow.pipeline.contributor.BookException;
import io.veilflow.pipeline.identity.IdentityException;
import io.veilflow.pipeline.key.CeremonyException;
import io.veilflow.pipeline.post.SettlementException;
import io.veilflow.pipeline.service.SigningRequestException;
import io.veilflow.zk.key.KeyException;
import io.veilflow.zk.rule.RuleException;
import java.util.Set;
import picocli.CommandLine;

/** Turns what a command threw into one message and an exit code. No stack trace reaches the user. */
final class Failures implements CommandLine.IExecutionExceptionHandler {
    /** What says by itself what is wrong outside this program. */
    private static final Set<Class<? extends RuntimeException>> CONFIGURATION = Set.of(
            ConfigurationException.class,
            IdentityException.class,
            InvalidDatasetException.class,
            BoardException.class,
            BookException.class,
            CeremonyException.class,
            NativeException.class,
            KeyException.class,
            RuleException.class,
            SettlementException.class,
            SigningRequestException.class);

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        boolean negative = failure instanceof CeremonyException ceremony
                && ceremony.problem() != CeremonyException.Problem.REFUSED;
        boolean configuration = !negative && CONFIGURATION.stream().anyMatch(type -> type.isInstance(failure));
        String message = configuration || negative
                ? failure.getMessage()
                : failure.getClass().getSimpleName()
                        + (failure.getMessage() == null ? "" : ": " + failure.getMessage());
        command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + message);
        command.getErr().flush();
        if (negative) {
            return ExitCode.NEGATIVE;
        }
        return configuration ? ExitCode.CONFIGURATION : ExitCode.FAULT;
    }
}

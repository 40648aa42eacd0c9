package io.veilflow.pipeline.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** Entry of the command line. */
@Command(
        name = "veilflow",
        mixinStandardHelpOptions = true,
        version = "veilflow 0.1.0",
        description = "One number about many institutions, computed on secret shares, proven, acted on by a contract.",
        subcommands = {
            DemoCommand.class,
            PartyCommand.class,
            StatusCommand.class,
            ContributeCommand.class,
            FeedCommand.class,
            AuditCommand.class,
            KeysCommand.class,
            SignCommand.class,
            SigningCommand.class,
            SetupCommand.class,
            DeployCommand.class,
            JobCommand.class,
            BenchCommand.class,
            SimulateCommand.class,
            ChaosCommand.class,
            LoadCommand.class,
            HelpCommand.class
        })
public final class Veilflow {
    private Veilflow() {}

    public static void main(String[] arguments) {
        ParentWatch.begin();
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Veilflow())
                .setExecutionExceptionHandler(new Failures())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(110);
    }
}

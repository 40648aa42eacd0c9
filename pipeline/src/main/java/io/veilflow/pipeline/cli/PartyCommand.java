package io.veilflow.pipeline.cli;

import io.veilflow.pipeline.party.PartyProcess;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code veilflow party}. */
@Command(
        name = "party",
        mixinStandardHelpOptions = true,
        description = {
            "Run one of the three parties until the feeder has ended. The job file says with which security profile: M,",
            "malicious with abort, unless it asks for S, semi-honest."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:Everything was decided and posted.",
            " 1:The job holds at this party; the reason is on the terminal and in events.jsonl.",
            " 2:The party did not start; every reason is on the terminal.",
            " 3:A fault of this program or its machine.",
            " 143:It was asked to stop (SIGTERM; 130 for SIGINT) and has parked its window: started again, it goes on."
        },
        footer = {"", "Example:", "  ./veilflow party --config party-0/party.json"})
final class PartyCommand implements Callable<Integer> {
    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The party's configuration (JSON).")
    private Path configuration;

    @Option(
            names = "--rebuild-journal",
            description = {
                "Build the journal again that was lost with the party's machine, from the board, and end. The shares have to be",
                "refreshed before (keys replace); see docs/recovery.md."
            })
    private boolean rebuildJournal;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        return rebuildJournal
                ? PartyProcess.rebuildJournal(
                        configuration, command.commandLine().getErr())
                : PartyProcess.run(configuration, command.commandLine().getErr());
    }
}

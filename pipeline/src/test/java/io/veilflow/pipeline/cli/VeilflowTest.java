package io.veilflow.pipeline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class VeilflowTest {
    @TempDir
    Path folder;

    @Test
    void everyCommandHasHelpWithAnExample() {
        List<CommandLine> leaves = leaves(Veilflow.commandLine());
        assertTrue(leaves.size() >= 10, leaves.size() + " commands");
        for (CommandLine command : leaves) {
            String help = command.getUsageMessage();
            assertTrue(help.contains("Example"), command.getCommandSpec().qualifiedName());
            assertTrue(help.contains("--help"), command.getCommandSpec().qualifiedName());
        }
    }

    @Test
    void wrongCallsEndWithExitCodeTwo() {
        assertEquals(ExitCode.CONFIGURATION, CommandRun.of("demo", "--nonsense").exitCode());
        assertEquals(ExitCode.CONFIGURATION, CommandRun.of("audit").exitCode());
        assertEquals(
                ExitCode.CONFIGURATION,
                CommandRun.of("demo", "--data", "x", "--positions", "8").exitCode());
    }

    @Test
    void missingFilesAreNamedWithoutAStackTrace() {
        CommandRun run = CommandRun.of("job", "show", folder.resolve("job.json").toString());
        assertEquals(ExitCode.CONFIGURATION, run.exitCode());
        assertTrue(run.errors().contains("job.json"), run.errors());
        assertTrue(!run.errors().contains("\tat "), run.errors());
        CommandRun demo = CommandRun.of("demo", "--data", folder.toString());
        assertEquals(ExitCode.CONFIGURATION, demo.exitCode());
        assertTrue(demo.errors().contains("aave-v2-positions"), demo.errors());
    }

    @Test
    void demoWithTooFewPositionsSaysWhatIsNeeded() {
        CommandRun run = CommandRun.of("demo", "--positions", "2");
        assertEquals(ExitCode.CONFIGURATION, run.exitCode());
        assertTrue(run.errors().contains("positions"), run.errors());
    }

    @Test
    void keysAreMadeAndTheirPublicPartIsShownWithoutAPassphrase() {
        Path keys = folder.resolve("north.keys");
        Path passphrase = folder.resolve("north.pass");
        CommandRun made = CommandRun.of(
                "keys",
                "create",
                "contributor",
                "north-bank",
                "--keys",
                keys.toString(),
                "--passphrase",
                passphrase.toString(),
                "--json");
        assertEquals(ExitCode.OK, made.exitCode(), made.errors());
        assertTrue(Files.exists(passphrase));
        CommandRun shown = CommandRun.of("keys", "show", keys.toString(), "--json");
        assertEquals(made.lines(), shown.lines());
        assertTrue(
                shown.lines().get(0).contains("\"name\":\"north-bank\""),
                shown.lines().get(0));
        CommandRun again = CommandRun.of(
                "keys",
                "create",
                "contributor",
                "north-bank",
                "--keys",
                keys.toString(),
                "--passphrase",
                passphrase.toString());
        assertEquals(ExitCode.CONFIGURATION, again.exitCode(), "a key file is never replaced");
    }

    private static List<CommandLine> leaves(CommandLine command) {
        List<CommandLine> leaves = new ArrayList<>();
        for (CommandLine child : command.getSubcommands().values()) {
            if (child.getSubcommands().isEmpty()) {
                if (!child.getCommandName().equals("help")) {
                    leaves.add(child);
                }
            } else {
                leaves.addAll(leaves(child));
            }
        }
        return leaves;
    }
}

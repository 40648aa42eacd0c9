package io.veilflow.pipeline.cli;

import io.veilflow.pipeline.identity.IdentityFile;
import io.veilflow.pipeline.key.GroupKeyStore;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code veilflow keys}. */
@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        description = "Make and show key files; make, renew and hand on the shares of the group's keys.",
        subcommands = {
            KeysCreateCommand.class,
            KeysCommand.Show.class,
            KeysGroupCommand.Refresh.class,
            KeysGroupCommand.Replace.class,
            KeysRotateCommand.class
        })
final class KeysCommand {
    /** {@code veilflow keys show}. */
    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Print the public part of a key file or of a group key's store; no passphrase is needed.",
            footer = {"", "Examples:", "  ./veilflow keys show north.keys --json", "  ./veilflow keys show result.group"
            })
    static final class Show implements Callable<Integer> {
        @Parameters(index = "0", paramLabel = "FILE", description = "The key file or the store.")
        private Path keys;

        @Option(names = "--json", description = "Print it as JSON.")
        private boolean json;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() {
            ShownKeys shown = GroupKeyStore.isStore(keys)
                    ? ShownKeys.of(GroupKeyStore.readPublic(keys))
                    : ShownKeys.of(IdentityFile.readPublic(keys));
            shown.print(spec, json);
            return ExitCode.OK;
        }
    }
}

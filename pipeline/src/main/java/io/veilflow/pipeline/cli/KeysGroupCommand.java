package io.veilflow.pipeline.cli;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.config.ConfigurationException;
import io.veilflow.pipeline.identity.IdentityFile;
import io.veilflow.pipeline.identity.Passphrase;
import io.veilflow.pipeline.job.EnrolledParty;
import io.veilflow.pipeline.job.PartiesFile;
import io.veilflow.pipeline.key.CeremonyTask;
import io.veilflow.pipeline.key.GroupKeyCeremony;
import io.veilflow.pipeline.key.KeyPurpose;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The commands that the three operators give at once, each on its own machine. */
abstract class KeysGroupCommand implements Callable<Integer> {
    private static final int PARTIES_BYTES_MAX = 16 << 20;

    @Option(
            names = "--purpose",
            required = true,
            paramLabel = "result|sign|account",
            description = "What the key is for: results, the signing service, or the group's Ethereum account.")
    private KeyPurpose purpose;

    @Option(
            names = "--parties",
            required = true,
            paramLabel = "FILE",
            description = "The job file, or a JSON object with its member 'parties'.")
    private Path parties;

    @Option(names = "--keys", required = true, paramLabel = "FILE", description = "Your party's key file.")
    private Path keys;

    @Mixin
    private PassphraseOptions passphrase;

    @Option(
            names = "--store",
            required = true,
            paramLabel = "FILE",
            description = "Where your share lies or is to lie, encrypted under the same passphrase.")
    private Path store;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "300",
            description = "How long to wait for the two others to come (default: ${DEFAULT-VALUE}).")
    private int wait;

    @Option(names = "--json", description = "Print the key's public part as JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    abstract CeremonyTask task();

    @Override
    public final Integer call() {
        String name = IdentityFile.readPublic(keys).name();
        PartyId self = Arrays.stream(PartyId.values())
                .filter(party -> EnrolledParty.writer(party).equals(name))
                .findFirst()
                .orElseThrow(() -> new ConfigurationException(
                        keys.toString(), List.of("is the key file of '" + name + "', not of a party")));
        GroupKeyCeremony ceremony = new GroupKeyCeremony(
                task(), purpose, read(), self, keys, store.toAbsolutePath(), Duration.ofSeconds(wait));
        PrintWriter told = spec.commandLine().getErr();
        try (Passphrase opened = passphrase.read()) {
            ShownKeys.of(ceremony.run(opened, new SecureRandom(), line -> {
                        told.println(name + ": " + line);
                        told.flush();
                    }))
                    .print(spec, json);
        }
        return ExitCode.OK;
    }

    private List<EnrolledParty> read() {
        try {
            if (Files.size(parties) > PARTIES_BYTES_MAX) {
                throw new ConfigurationException(parties.toString(), List.of("larger than 16 MiB"));
            }
            return PartiesFile.read(parties.toString(), Files.readAllBytes(parties));
        } catch (IOException e) {
            throw new ConfigurationException(parties.toString(), List.of("cannot be read: " + e.getMessage()));
        }
    }

    /** {@code veilflow keys create group}. */
    @Command(
            name = "group",
            mixinStandardHelpOptions = true,
            description = {
                "Make a key that nobody holds and of which two parties together can use their shares. All three operators",
                "give this command at once, while their parties do not run; afterwards each has its share in its store."
            },
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {
                " 0:All three have stored their shares.",
                " 1:The others did not come or went away, or one of them cheated; the message says which.",
                " 2:The call, a file, or where the three stand does not allow it; nothing was changed.",
                " 3:A fault of this program or its machine."
            },
            footer = {
                "",
                "Example, at the operator of party 0:",
                "  ./veilflow keys create group --purpose result --parties parties.json --keys party-0.keys"
                        + " --passphrase party-0.pass --store result.group"
            })
    static final class Create extends KeysGroupCommand {
        @Override
        CeremonyTask task() {
            return CeremonyTask.create();
        }
    }

    /** {@code veilflow keys refresh}. */
    @Command(
            name = "refresh",
            mixinStandardHelpOptions = true,
            description = {
                "Give all three new shares of the same key; the old ones become useless. All three operators give this",
                "command at once. It also finishes or undoes what a broken ceremony left behind."
            },
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {
                " 0:All three have stored their new shares.",
                " 1:The others did not come or went away, or one of them cheated; the old shares stay in use.",
                " 2:The call, a file, or where the three stand does not allow it, for example an old copy of a store.",
                " 3:A fault of this program or its machine."
            },
            footer = {
                "",
                "Example, at the operator of party 0:",
                "  ./veilflow keys refresh --purpose result --parties job.json --keys party-0.keys"
                        + " --passphrase party-0.pass --store result.group"
            })
    static final class Refresh extends KeysGroupCommand {
        @Override
        CeremonyTask task() {
            return CeremonyTask.refresh();
        }
    }

    /** {@code veilflow keys replace}. */
    @Command(
            name = "replace",
            mixinStandardHelpOptions = true,
            description = {
                "Give a party whose machine was lost a share again: the two others deal new shares of the same key, and all",
                "old ones become useless. All three operators give this command at once, the replaced party with its",
                "identity on the new machine and a store file that does not exist yet."
            },
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {
                " 0:All three have stored their new shares.",
                " 1:The others did not come or went away, or one of them cheated; the old shares stay in use.",
                " 2:The call, a file, or where the three stand does not allow it.",
                " 3:A fault of this program or its machine."
            },
            footer = {
                "",
                "Example, at the operator of party 0, for party 1:",
                "  ./veilflow keys replace --party 1 --purpose result --parties job.json --keys party-0.keys"
                        + " --passphrase party-0.pass --store result.group"
            })
    static final class Replace extends KeysGroupCommand {
        @Option(names = "--party", required = true, paramLabel = "N", description = "Who is replaced: 0, 1 or 2.")
        private int party;

        @Override
        CeremonyTask task() {
            if (party < 0 || party > 2) {
                throw new ConfigurationException("--party", List.of("a party is 0, 1 or 2"));
            }
            return CeremonyTask.replace(PartyId.of(party));
        }
    }
}

package io.veilflow.pipeline.cli;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.config.ConfigurationException;
import io.veilflow.pipeline.identity.IdentityFile;
import io.veilflow.pipeline.identity.IdentityKind;
import io.veilflow.pipeline.identity.KdfParameters;
import io.veilflow.pipeline.identity.PublicIdentity;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code veilflow keys}. */
@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        description = "Make and show key files.",
        subcommands = {KeysCommand.Create.class, KeysCommand.Show.class})
final class KeysCommand {
    private static final Pattern PARTY = Pattern.compile("party-([012])");

    /** {@code veilflow keys create}. */
    @Command(
            name = "create",
            mixinStandardHelpOptions = true,
            description = "Make new keys in a file encrypted under a passphrase; the public part is printed.",
            footer = {
                "",
                "Example:",
                "  ./veilflow keys create contributor north-bank --keys north.keys --passphrase north.pass",
                "A passphrase file that does not exist is made, with a random passphrase and mode 0600."
            })
    static final class Create implements Callable<Integer> {
        @Parameters(index = "0", paramLabel = "KIND", description = "party, contributor or feeder.")
        private IdentityKind kind;

        @Parameters(index = "1", paramLabel = "NAME", description = "As in the job; a party's is party-0 to party-2.")
        private String name;

        @Option(names = "--keys", required = true, paramLabel = "FILE", description = "The key file to make.")
        private Path keys;

        @Option(names = "--passphrase", required = true, paramLabel = "FILE", description = "The passphrase's file.")
        private Path passphrase;

        @Option(names = "--json", description = "Print the public part as JSON.")
        private boolean json;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() {
            SecureRandom random = new SecureRandom();
            if (Files.notExists(passphrase)) {
                IdentityFile.createPassphrase(passphrase, random);
            }
            print(spec, create(random), json);
            return ExitCode.OK;
        }

        private PublicIdentity create(SecureRandom random) {
            if (kind != IdentityKind.PARTY) {
                return IdentityFile.createSigner(keys, kind, name, passphrase, KdfParameters.standard(), random);
            }
            Matcher party = PARTY.matcher(name);
            if (!party.matches()) {
                throw new ConfigurationException(
                        "keys create", List.of("a party's name is party-0, party-1 or party-2"));
            }
            return IdentityFile.createParty(
                    keys,
                    PartyId.of(Integer.parseInt(party.group(1))),
                    passphrase,
                    KdfParameters.standard(),
                    Instant.now(),
                    random);
        }
    }

    /** {@code veilflow keys show}. */
    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Print the public part of a key file; no passphrase is needed.",
            footer = {"", "Example:", "  ./veilflow keys show north.keys --json"})
    static final class Show implements Callable<Integer> {
        @Parameters(index = "0", paramLabel = "FILE", description = "The key file.")
        private Path keys;

        @Option(names = "--json", description = "Print it as JSON.")
        private boolean json;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() {
            print(spec, IdentityFile.readPublic(keys), json);
            return ExitCode.OK;
        }
    }

    private static void print(CommandSpec spec, PublicIdentity identity, boolean json) {
        HexFormat hex = HexFormat.of();
        Map<String, String> shown = new LinkedHashMap<>();
        shown.put("kind", identity.kind().text());
        shown.put("name", identity.name());
        shown.put("identityKey", identity.identityKey().toString());
        identity.party().ifPresent(party -> {
            shown.put("tlsPin", hex.formatHex(party.certificatePin()));
            shown.put("resultAddress", "0x" + hex.formatHex(party.resultAddress()));
            shown.put("encryptionKey", hex.formatHex(party.encryptionKey()));
        });
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            JsonLines.print(out, shown);
        } else {
            shown.forEach((key, value) -> out.printf("%-14s %s%n", key, value));
            out.flush();
        }
    }
}

package io.veilflow.pipeline.cli;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.config.ConfigurationException;
import io.veilflow.pipeline.identity.IdentityFile;
import io.veilflow.pipeline.identity.IdentityKind;
import io.veilflow.pipeline.identity.KdfParameters;
import io.veilflow.pipeline.identity.PublicIdentity;
import io.veilflow.pipeline.job.EnrolledParty;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code veilflow keys create}. */
@Command(
        name = "create",
        mixinStandardHelpOptions = true,
        description = "Make new keys: of a party, contributor or feeder alone, or of the three parties together.",
        subcommands = {
            KeysCreateCommand.Party.class,
            KeysCreateCommand.Contributor.class,
            KeysCreateCommand.Feeder.class,
            KeysGroupCommand.Create.class
        })
final class KeysCreateCommand {
    /** An identity in a file encrypted under a passphrase. */
    private abstract static class Identity implements Callable<Integer> {
        private final IdentityKind kind;

        @Parameters(index = "0", paramLabel = "NAME", description = "As in the job; a party's is party-0 to party-2.")
        private String name;

        @Option(names = "--keys", required = true, paramLabel = "FILE", description = "The key file to make.")
        private Path keys;

        @Option(
                names = "--passphrase",
                required = true,
                paramLabel = "FILE",
                description =
                        "The passphrase's file; one that does not exist is made, with a random passphrase and mode 0600.")
        private Path passphrase;

        @Option(names = "--json", description = "Print the public part as JSON.")
        private boolean json;

        @Spec
        private CommandSpec spec;

        Identity(IdentityKind kind) {
            this.kind = kind;
        }

        @Override
        public final Integer call() {
            SecureRandom random = new SecureRandom();
            if (Files.notExists(passphrase)) {
                IdentityFile.createPassphrase(passphrase, random);
            }
            ShownKeys.of(create(random)).print(spec, json);
            return ExitCode.OK;
        }

        private PublicIdentity create(SecureRandom random) {
            if (kind != IdentityKind.PARTY) {
                return IdentityFile.createSigner(keys, kind, name, passphrase, KdfParameters.standard(), random);
            }
            PartyId party = Arrays.stream(PartyId.values())
                    .filter(id -> EnrolledParty.writer(id).equals(name))
                    .findFirst()
                    .orElseThrow(() -> new ConfigurationException(
                            "keys create", List.of("a party's name is party-0, party-1 or party-2")));
            return IdentityFile.createParty(keys, party, passphrase, KdfParameters.standard(), Instant.now(), random);
        }
    }

    /** {@code veilflow keys create party}. */
    @Command(
            name = "party",
            mixinStandardHelpOptions = true,
            description = "Make a party's identity in a file encrypted under a passphrase; the public part is printed.",
            footer = {
                "",
                "Example:",
                "  ./veilflow keys create party party-0 --keys party-0.keys --passphrase party-0.pass"
            })
    static final class Party extends Identity {
        Party() {
            super(IdentityKind.PARTY);
        }
    }

    /** {@code veilflow keys create contributor}. */
    @Command(
            name = "contributor",
            mixinStandardHelpOptions = true,
            description =
                    "Make a contributor's key in a file encrypted under a passphrase; the public part is printed.",
            footer = {
                "",
                "Example:",
                "  ./veilflow keys create contributor north-bank --keys north.keys --passphrase north.pass"
            })
    static final class Contributor extends Identity {
        Contributor() {
            super(IdentityKind.CONTRIBUTOR);
        }
    }

    /** {@code veilflow keys create feeder}. */
    @Command(
            name = "feeder",
            mixinStandardHelpOptions = true,
            description = "Make a feeder's key in a file encrypted under a passphrase; the public part is printed.",
            footer = {
                "",
                "Example:",
                "  ./veilflow keys create feeder feeder --keys feeder.keys --passphrase feeder.pass"
            })
    static final class Feeder extends Identity {
        Feeder() {
            super(IdentityKind.FEEDER);
        }
    }
}

package io.veilflow.pipeline.cli;

import io.veilflow.pipeline.identity.Passphrase;
import java.nio.file.Path;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Where a passphrase comes from: never from the command line itself (THREATS H4). */
final class PassphraseOptions {
    @ArgGroup(exclusive = true, multiplicity = "1")
    private Source source;

    /** One of two. */
    static final class Source {
        @Option(
                names = "--passphrase",
                required = true,
                paramLabel = "FILE",
                description = "The file with the passphrase of the key file, mode 0600.")
        private Path file;

        @Option(
                names = "--passphrase-fd",
                required = true,
                paramLabel = "N",
                description = "An open file descriptor from which the passphrase is read.")
        private Integer descriptor;
    }

    /** The caller closes it. */
    Passphrase read() {
        return Passphrase.read(source.file == null ? Path.of("/dev/fd/" + source.descriptor) : source.file);
    }
}

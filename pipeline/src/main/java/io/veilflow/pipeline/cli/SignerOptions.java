package io.veilflow.pipeline.cli;

import io.veilflow.pipeline.identity.IdentityFile;
import io.veilflow.pipeline.identity.IdentityKind;
import io.veilflow.pipeline.identity.SignerIdentity;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options by which a contributor or feeder names its key file. */
final class SignerOptions {
    @Option(names = "--keys", required = true, paramLabel = "FILE", description = "Your encrypted key file.")
    private Path keys;

    @Option(
            names = "--passphrase",
            required = true,
            paramLabel = "FILE",
            description = "The file with its passphrase, mode 0600.")
    private Path passphrase;

    SignerIdentity open(IdentityKind kind, String name) {
        return IdentityFile.openSigner(keys, kind, name, passphrase);
    }

    /** Whose the key file says it is. */
    String name() {
        return IdentityFile.readPublic(keys).name();
    }
}

package io.veilflow.pipeline.key;

import io.veilflow.pipeline.identity.IdentityFile;
import io.veilflow.pipeline.identity.KdfParameters;
import io.veilflow.pipeline.identity.Passphrase;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.List;

/** What the tests of stores are sealed with. */
final class SampleStores {
    /** The cheapest that is allowed. */
    static final KdfParameters CHEAP = new KdfParameters(16 << 10, 1, 1);

    /** Three words of the right size; stores do not look into them. */
    static final List<byte[]> CERTIFICATE = Collections.nCopies(3, new byte[Confirmation.BYTES]);

    private SampleStores() {}

    /** Makes the file and reads it; the caller closes the passphrase. */
    static Passphrase passphrase(Path file, SecureRandom random) {
        IdentityFile.createPassphrase(file, random);
        return Passphrase.read(file);
    }
}

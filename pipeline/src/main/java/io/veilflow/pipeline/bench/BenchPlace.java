package io.veilflow.pipeline.bench;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.identity.IdentityFile;
import io.veilflow.pipeline.identity.KdfParameters;
import io.veilflow.pipeline.identity.PartyIdentity;
import io.veilflow.pipeline.identity.PublicIdentity;
import io.veilflow.pipeline.job.EnrolledParty;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;

/** The files of one measurement in its private folder: new identities of the three, their logs and figures. */
record BenchPlace(Path folder) {
    /** A passphrase of 128 random bits needs no stretching, so the cheapest parameters do. */
    private static final KdfParameters KDF = new KdfParameters(16 << 10, 1, 1);

    void createIdentities(SecureRandom random) {
        for (PartyId party : PartyId.values()) {
            IdentityFile.createPassphrase(passphrase(party), random);
            IdentityFile.createParty(keys(party), party, passphrase(party), KDF, Instant.now(), random);
        }
    }

    PublicIdentity readPublic(PartyId party) {
        return IdentityFile.readPublic(keys(party));
    }

    PartyIdentity open(PartyId party) {
        return IdentityFile.openParty(keys(party), party, passphrase(party));
    }

    Path log(PartyId party) {
        return file(party, ".log");
    }

    Path figures(PartyId party) {
        return file(party, ".figures");
    }

    private Path keys(PartyId party) {
        return file(party, ".keys");
    }

    private Path passphrase(PartyId party) {
        return file(party, ".passphrase");
    }

    private Path file(PartyId party, String ending) {
        return folder.resolve(EnrolledParty.writer(party) + ending);
    }
}

package io.veilflow.pipeline.cli;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.config.ConfigurationException;
import io.veilflow.pipeline.identity.IdentityFile;
import io.veilflow.pipeline.identity.PartyIdentity;
import io.veilflow.pipeline.identity.Passphrase;
import io.veilflow.pipeline.job.EnrolledParty;
import io.veilflow.pipeline.job.JobTerms;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** By which the operator of a party says who it is. */
final class OperatorOptions {
    @Option(names = "--keys", required = true, paramLabel = "FILE", description = "Your party's encrypted key file.")
    private Path keys;

    @Mixin
    private PassphraseOptions passphrase;

    /** Whose the key file says it is. */
    PartyId party() {
        String name = IdentityFile.readPublic(keys).name();
        return Arrays.stream(PartyId.values())
                .filter(party -> EnrolledParty.writer(party).equals(name))
                .findFirst()
                .orElseThrow(() -> new ConfigurationException(
                        keys.toString(), List.of("belongs to " + name + ", which is no party")));
    }

    /**
     * Opens the identity; the caller closes it.
     *
     * @throws ConfigurationException if it is not the one that the job enrols
     */
    PartyIdentity open(JobTerms job) {
        try (Passphrase opened = passphrase.read()) {
            PartyIdentity identity = IdentityFile.openParty(keys, party(), opened);
            byte[] enrolled =
                    job.definition().party(identity.party()).identityKey().toByteArray();
            if (!Arrays.equals(enrolled, identity.publicIdentity().identityKey().bytes())) {
                identity.close();
                throw new ConfigurationException(
                        keys.toString(), List.of("is not the identity that the job enrols for " + identity.name()));
            }
            return identity;
        }
    }
}

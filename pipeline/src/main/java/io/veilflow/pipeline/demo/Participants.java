package io.veilflow.pipeline.demo;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.identity.IdentityFile;
import io.veilflow.pipeline.identity.IdentityKind;
import io.veilflow.pipeline.identity.KdfParameters;
import io.veilflow.pipeline.identity.PublicIdentity;
import io.veilflow.pipeline.job.EnrolledParty;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** The new identities of a demo run: key files in the participants' folders, each under a random passphrase. */
record Participants(List<PublicIdentity> parties, List<PublicIdentity> institutions, PublicIdentity feeder) {
    static final String FEEDER = "feeder";

    /** A passphrase of 128 random bits needs no stretching, so the cheapest parameters do. */
    private static final KdfParameters KDF = new KdfParameters(16 << 10, 1, 1);

    static Participants create(DemoFolder folder, List<String> institutions, SecureRandom random) {
        List<PublicIdentity> parties = Arrays.stream(PartyId.values())
                .map(party -> party(folder, party, random))
                .toList();
        // thousands of them under load, each key file with a stretched passphrase
        List<PublicIdentity> contributors = institutions.parallelStream()
                .map(institution -> signer(folder, IdentityKind.CONTRIBUTOR, institution, random))
                .toList();
        return new Participants(parties, contributors, signer(folder, IdentityKind.FEEDER, FEEDER, random));
    }

    private static PublicIdentity party(DemoFolder folder, PartyId party, SecureRandom random) {
        String name = EnrolledParty.writer(party);
        IdentityFile.createPassphrase(folder.passphrase(name), random);
        return IdentityFile.createParty(folder.keys(name), party, folder.passphrase(name), KDF, Instant.now(), random);
    }

    private static PublicIdentity signer(DemoFolder folder, IdentityKind kind, String name, SecureRandom random) {
        IdentityFile.createPassphrase(folder.passphrase(name), random);
        return IdentityFile.createSigner(folder.keys(name), kind, name, folder.passphrase(name), KDF, random);
    }
}

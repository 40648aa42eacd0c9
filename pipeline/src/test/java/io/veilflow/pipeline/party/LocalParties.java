package io.veilflow.pipeline.party;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.transport.LinkConfiguration;
import io.veilflow.mpc.transport.LinkLimits;
import io.veilflow.mpc.transport.PartyEndpoint;
import io.veilflow.pipeline.identity.IdentityFile;
import io.veilflow.pipeline.identity.KdfParameters;
import io.veilflow.pipeline.identity.PartyIdentity;
import io.veilflow.pipeline.identity.PublicIdentity;
import io.veilflow.pipeline.job.EnrolledParty;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.journal.FileJournal;
import io.veilflow.pipeline.journal.JournalKey;
import io.veilflow.pipeline.local.FreePorts;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Three parties on this machine: identities in files, and free ports. */
final class LocalParties {
    private static final LinkLimits LINKS = new LinkLimits(
            LinkLimits.LARGEST_FRAME_BYTES,
            1_000,
            2L * LinkLimits.LARGEST_FRAME_BYTES,
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofMillis(500));

    private LocalParties() {}

    /** The caller closes them. */
    static List<PartyIdentity> identities(Path directory, SecureRandom random) {
        List<PartyIdentity> identities = new ArrayList<>();
        for (PartyId party : PartyId.values()) {
            Path passphrase = directory.resolve(EnrolledParty.writer(party) + ".pass");
            Path file = directory.resolve(EnrolledParty.writer(party) + ".keys");
            IdentityFile.createPassphrase(passphrase, random);
            IdentityFile.createParty(file, party, passphrase, new KdfParameters(16 << 10, 1, 1), Instant.now(), random);
            identities.add(IdentityFile.openParty(file, party, passphrase));
        }
        return identities;
    }

    static List<EnrolledParty> enrolled(List<PartyIdentity> identities) {
        List<EnrolledParty> parties = new ArrayList<>();
        List<Integer> ports = freePorts();
        for (PartyIdentity identity : identities) {
            PublicIdentity known = identity.publicIdentity();
            PublicIdentity.PartyKeys partyKeys = known.party().orElseThrow();
            parties.add(new EnrolledParty(
                    identity.party(),
                    "127.0.0.1",
                    ports.get(identity.party().index()),
                    ByteString.copyFrom(known.identityKey().bytes()),
                    ByteString.copyFrom(partyKeys.certificatePin())));
        }
        return parties;
    }

    static List<PartyEndpoint> endpoints(List<EnrolledParty> parties) {
        return parties.stream()
                .map(party -> new PartyEndpoint(
                        party.host(),
                        party.port(),
                        party.tlsPin().toByteArray(),
                        party.identityKey().toByteArray()))
                .toList();
    }

    static LinkConfiguration links(PartyId self, JobTerms terms) {
        return new LinkConfiguration(
                self,
                endpoints(terms.definition().parties()),
                terms.configurationHash().toByteArray(),
                terms.ruleHash().toByteArray(),
                new byte[16],
                LINKS);
    }

    /** A new one, or the one that the party has left. */
    static FileJournal journal(Path directory, PartyId self, SecureRandom random) {
        String name = EnrolledParty.writer(self);
        return new FileJournal(
                directory.resolve(name + ".journal"), name.getBytes(), new JournalKey(new byte[32], random));
    }

    private static List<Integer> freePorts() {
        try {
            return FreePorts.find(PartyId.values().length);
        } catch (IOException none) {
            throw new AssertionError(none);
        }
    }
}

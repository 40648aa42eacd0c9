package io.veilflow.pipeline.party;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.transport.PartyEndpoint;
import io.veilflow.pipeline.identity.IdentityFile;
import io.veilflow.pipeline.identity.KdfParameters;
import io.veilflow.pipeline.identity.PartyIdentity;
import io.veilflow.pipeline.identity.PublicIdentity;
import io.veilflow.pipeline.job.EnrolledParty;
import io.veilflow.pipeline.local.FreePorts;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Three parties on this machine: identities in files, and free ports. */
final class LocalParties {
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

    private static List<Integer> freePorts() {
        try {
            return FreePorts.find(PartyId.values().length);
        } catch (IOException none) {
            throw new AssertionError(none);
        }
    }
}

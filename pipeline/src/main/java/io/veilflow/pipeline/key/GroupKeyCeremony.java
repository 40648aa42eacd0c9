package io.veilflow.pipeline.key;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.Profile;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.session.Session;
import io.veilflow.mpc.session.SessionContext;
import io.veilflow.mpc.transport.FrameTap;
import io.veilflow.mpc.transport.LinkConfiguration;
import io.veilflow.mpc.transport.LinkCredentials;
import io.veilflow.mpc.transport.LinkLimits;
import io.veilflow.mpc.transport.LinkNetwork;
import io.veilflow.mpc.transport.PartyEndpoint;
import io.veilflow.pipeline.encoding.Fields;
import io.veilflow.pipeline.encoding.Hashes;
import io.veilflow.pipeline.identity.IdentityFile;
import io.veilflow.pipeline.identity.KdfParameters;
import io.veilflow.pipeline.identity.PartyIdentity;
import io.veilflow.pipeline.identity.Passphrase;
import io.veilflow.pipeline.identity.VerificationKey;
import io.veilflow.pipeline.job.EnrolledParty;
import io.veilflow.pipeline.key.CeremonyException.Problem;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * One party's process in a ceremony of the three: opens identity and store, connects to the two others, runs the
 * {@link KeyCeremony} in a session of its own, and says in plain words how it ended.
 *
 * @param parties P0, P1, P2
 * @param self whose process this is
 * @param identity key file of this party
 * @param store where its share lies or is to lie
 * @param patience so long it waits for the others to come
 */
public record GroupKeyCeremony(
        CeremonyTask task,
        KeyPurpose purpose,
        List<EnrolledParty> parties,
        PartyId self,
        Path identity,
        Path store,
        Duration patience) {
    private static final byte[] NOTHING = new byte[32];
    private static final int RUN_ID_BYTES = 16;

    public GroupKeyCeremony {
        parties = List.copyOf(parties);
    }

    /**
     * @param passphrase of identity and store; not closed by this
     * @param progress told what is being done
     * @return the key in the generation that this party's store now has
     * @throws CeremonyException if it did not do what it was started for
     * @throws io.veilflow.pipeline.identity.IdentityException by its problem, of identity or store
     */
    public PublicGroupKey run(Passphrase passphrase, SecureRandom random, Consumer<String> progress) {
        KdfParameters kdf = IdentityFile.readKdf(identity);
        try (PartyIdentity opened = IdentityFile.openParty(identity, self, passphrase);
                GroupKeyStore shares = GroupKeyStore.open(store, purpose, self, passphrase)) {
            requireEnrolled(opened);
            KeyCeremony ceremony =
                    new KeyCeremony(task, purpose, shares, kdf, opened.signingKey(), identityKeys(), random, progress);
            return connected(opened, shares, ceremony, progress);
        }
    }

    /** The session ends here, well or not. */
    private PublicGroupKey connected(
            PartyIdentity opened, GroupKeyStore shares, KeyCeremony ceremony, Consumer<String> progress) {
        int before = generation(shares);
        try (LinkNetwork network = network(opened)) {
            progress.accept(
                    "waiting for " + CeremonyTask.name(self.next()) + " and " + CeremonyTask.name(self.previous()));
            network.start();
            network.awaitEpoch(patience);
            progress.accept("connected");
            try (Session session = network.openSession(context(), Profile.M)) {
                return ceremony.run(session);
            }
        } catch (ProtocolAbortException ended) {
            if (generation(shares) > before) {
                // All three have signed that they hold theirs: whoever went after that misses nothing.
                progress.accept("all three hold the new generation; the others ended before they said goodbye");
                return shares.current().orElseThrow().key();
            }
            throw explained(ended);
        } catch (UncheckedIOException unbound) {
            throw new CeremonyException(
                    Problem.REFUSED,
                    unbound.getMessage() + ": " + unbound.getCause().getMessage()
                            + "; the party itself must not run during a ceremony");
        }
    }

    private static int generation(GroupKeyStore shares) {
        return shares.current().map(share -> share.key().generation()).orElse(0);
    }

    private CeremonyException explained(ProtocolAbortException ended) {
        String what = String.valueOf(ended.getMessage());
        if (ended.accused().isPresent()) {
            return new CeremonyException(
                    Problem.CHEATED,
                    CeremonyTask.name(ended.accused().orElseThrow()) + " has broken the protocol (" + what
                            + "); the shares in use are unchanged");
        }
        return switch (ended.reason()) {
            case CONFIGURATION ->
                new CeremonyException(
                        Problem.REFUSED, "the three were not started with the same parties and purpose (" + what + ")");
            case PEER_LOST, TIMEOUT, OVERLOAD ->
                new CeremonyException(
                        Problem.INTERRUPTED,
                        "the links to the others were lost or never stood (" + what
                                + "); give the same command again at all three");
            default ->
                new CeremonyException(
                        Problem.CHEATED,
                        "a check failed, by one of the two others or on the way (" + what
                                + "); the shares in use are unchanged");
        };
    }

    private void requireEnrolled(PartyIdentity opened) {
        EnrolledParty enrolled = parties.get(self.index());
        byte[] pin = opened.publicIdentity().party().orElseThrow().certificatePin();
        if (!Arrays.equals(
                        opened.publicIdentity().identityKey().bytes(),
                        enrolled.identityKey().toByteArray())
                || !Arrays.equals(pin, enrolled.tlsPin().toByteArray())) {
            throw new CeremonyException(
                    Problem.REFUSED,
                    identity + " holds other keys than the parties file lists for " + CeremonyTask.name(self));
        }
    }

    private List<VerificationKey> identityKeys() {
        return parties.stream()
                .map(party -> new VerificationKey(party.identityKey().toByteArray()))
                .toList();
    }

    private LinkNetwork network(PartyIdentity opened) {
        byte[] configuration = configurationHash();
        LinkConfiguration links = new LinkConfiguration(
                self,
                parties.stream().map(GroupKeyCeremony::endpoint).toList(),
                configuration,
                NOTHING,
                Arrays.copyOf(configuration, RUN_ID_BYTES),
                LinkLimits.defaults());
        LinkCredentials credentials =
                new LinkCredentials(opened.tlsKey(), opened.certificate(), opened.signingKey()::sign);
        return new LinkNetwork(links, credentials, new EpochFile(store), FrameTap.none());
    }

    private static PartyEndpoint endpoint(EnrolledParty party) {
        return new PartyEndpoint(
                party.host(),
                party.port(),
                party.tlsPin().toByteArray(),
                party.identityKey().toByteArray());
    }

    /** Of the three and the purpose: parties of different ceremonies never connect (docs/wire.md, section 11). */
    private byte[] configurationHash() {
        List<byte[]> fields = new ArrayList<>(List.of(Fields.text(purpose.text())));
        for (EnrolledParty party : parties) {
            fields.add(party.identityKey().toByteArray());
            fields.add(party.tlsPin().toByteArray());
        }
        return Hashes.sha256Fields("veilflow/ceremony/1", fields.toArray(byte[][]::new));
    }

    private SessionContext context() {
        byte[] subject = Hashes.sha256Fields("veilflow/ceremony-session/1", Fields.text(purpose.text()));
        return new SessionContext(subject, SessionContext.Kind.WINDOW, 0, NOTHING, 1, NOTHING);
    }
}

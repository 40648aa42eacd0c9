package io.veilflow.pipeline.key;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.Session;
import io.veilflow.mpc.testing.Outcome;
import io.veilflow.mpc.testing.ThreePartyWorld;
import io.veilflow.mpc.threshold.KeyShare;
import io.veilflow.mpc.threshold.TestKeys;
import io.veilflow.pipeline.identity.Passphrase;
import io.veilflow.pipeline.identity.SigningKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Three parties in one process, with real stores in folders of their own and links in memory. */
final class CeremonyWorld implements AutoCloseable {
    private final KeyPurpose purpose;
    private final Path folder;
    private final SecureRandom random = TestKeys.seeded(12);
    private final List<SigningKey> identities;
    private final Passphrase passphrase;
    private long runs;

    CeremonyWorld(Path folder, KeyPurpose purpose) {
        this.folder = folder;
        this.purpose = purpose;
        this.identities = Stream.of(PartyId.values())
                .map(party -> SigningKey.generate(random))
                .toList();
        this.passphrase = SampleStores.passphrase(folder.resolve("passphrase"), random);
        for (PartyId party : PartyId.values()) {
            loseMachine(party);
        }
    }

    /** All three run the task. */
    List<Outcome<PublicGroupKey>> run(CeremonyTask task) {
        return run(List.of(task, task, task), Optional.empty(), session -> session);
    }

    /** All three run the task, and one has this session instead of its own. */
    List<Outcome<PublicGroupKey>> run(CeremonyTask task, PartyId one, UnaryOperator<Session> changed) {
        return run(List.of(task, task, task), Optional.of(one), changed);
    }

    List<Outcome<PublicGroupKey>> run(List<CeremonyTask> tasks, Optional<PartyId> one, UnaryOperator<Session> changed) {
        return ThreePartyWorld.seeded(++runs).attempt(session -> {
            PartyId self = session.self();
            try (GroupKeyStore store = open(self)) {
                KeyCeremony ceremony = new KeyCeremony(
                        tasks.get(self.index()),
                        purpose,
                        store,
                        SampleStores.CHEAP,
                        identities.get(self.index()),
                        identities.stream().map(SigningKey::verificationKey).toList(),
                        random,
                        line -> {});
                return ceremony.run(one.equals(Optional.of(self)) ? changed.apply(session) : session);
            }
        });
    }

    GroupKeyStore open(PartyId party) {
        return GroupKeyStore.open(file(party), purpose, party, passphrase);
    }

    Path file(PartyId party) {
        return folder.resolve("party-" + party.index()).resolve("store");
    }

    /** What each has in use. */
    List<Optional<PublicGroupKey>> inUse() {
        List<Optional<PublicGroupKey>> keys = new ArrayList<>();
        for (PartyId party : PartyId.values()) {
            try (GroupKeyStore store = open(party)) {
                keys.add(store.current().map(GroupShare::key));
            }
        }
        return keys;
    }

    /** Whether each pair of shares makes the key; not of account keys. */
    boolean everyPairFits() {
        List<KeyShare> shares = new ArrayList<>();
        for (PartyId party : PartyId.values()) {
            try (GroupShare share = GroupKeyStore.openShare(file(party), purpose, party, passphrase)) {
                shares.add(share.keyShare());
            }
        }
        boolean fits = true;
        for (PartyId party : PartyId.values()) {
            KeyShare one = shares.get(party.index());
            KeyShare other = shares.get(party.next().index());
            fits &= TestKeys.combined(one, other).equals(one.group().publicPoint());
        }
        shares.forEach(KeyShare::close);
        return fits;
    }

    /** Every file of a party, as a backup holds them. */
    void copy(PartyId party, Path target) {
        try {
            Files.createDirectories(target);
            for (Path file : files(folder(party))) {
                Files.copy(file, target.resolve(file.getFileName()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void restore(PartyId party, Path backup) {
        loseMachine(party);
        try {
            for (Path file : files(backup)) {
                Files.copy(file, folder(party).resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its folder is empty; its identity is not lost. */
    void loseMachine(PartyId party) {
        try {
            Files.createDirectories(folder(party));
            for (Path file : files(folder(party))) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path folder(PartyId party) {
        return file(party).getParent();
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted(Comparator.naturalOrder()).toList();
        }
    }

    @Override
    public void close() {
        passphrase.close();
        identities.forEach(SigningKey::close);
    }
}

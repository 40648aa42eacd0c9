package io.veilflow.pipeline.key;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.session.Session;
import io.veilflow.pipeline.encoding.Hashes;
import io.veilflow.pipeline.identity.IdentityException;
import io.veilflow.pipeline.identity.KdfParameters;
import io.veilflow.pipeline.identity.SigningKey;
import io.veilflow.pipeline.identity.VerificationKey;
import io.veilflow.pipeline.key.CeremonyException.Problem;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes, renews or hands on the shares of a group key: afterwards each of the three has its share of one new generation in its
 * store, with everybody's signed word that it has its own.
 *
 * <p><b>Protocol</b> (ours). Round by round the three tell each other where they stand and compare what they heard; what an
 * earlier, broken ceremony left aside is settled first ({@link Settlement}). Then the share protocol of {@code mpc.threshold} runs,
 * its result is written aside, and the next rounds settle that: three confirmations put it in the place of the old share, and
 * only then the old one is gone.
 *
 * <p><b>Security.</b> As {@link Settlement}; shares are made with abort, the culprit named where that is provable.
 */
final class KeyCeremony {
    private static final int ROUNDS_MAX = 8;

    private final CeremonyTask task;
    private final KeyPurpose purpose;
    private final GroupKeyStore store;
    private final KdfParameters kdf;
    private final SigningKey signer;
    private final List<VerificationKey> parties;
    private final SecureRandom random;
    private final Consumer<String> progress;

    /**
     * @param kdf for the file of the new share
     * @param signer of this party's identity
     * @param parties identity keys of P0, P1, P2
     * @param progress told what is being done
     */
    KeyCeremony(
            CeremonyTask task,
            KeyPurpose purpose,
            GroupKeyStore store,
            KdfParameters kdf,
            SigningKey signer,
            List<VerificationKey> parties,
            SecureRandom random,
            Consumer<String> progress) {
        this.task = task;
        this.purpose = purpose;
        this.store = store;
        this.kdf = kdf;
        this.signer = signer;
        this.parties = List.copyOf(parties);
        this.random = random;
        this.progress = progress;
    }

    /**
     * @param session of this ceremony alone
     * @return the key in the generation that all three now have
     * @throws io.veilflow.mpc.session.ProtocolAbortException if a protocol ended; whatever the store holds then is settled by the next
     *     ceremony
     * @throws CeremonyException if the task does not fit, or a party cheats
     * @throws IdentityException STALE if this party's store is behind the two others
     */
    PublicGroupKey run(Session session) {
        Rounds rounds = new Rounds(session);
        List<Standing> begun = rounds.next();
        List<Standing> standings = settle(rounds, begun);
        if (areEqual(standings)
                && standings.get(0).current().filter(key -> isAside(key, begun)).isPresent()) {
            progress.accept("finished what was begun earlier");
            return store.current().orElseThrow().key();
        }
        requireFit(session.self(), standings);
        progress.accept("making the shares of generation " + (target(standings) + 1));
        store.stash(newShare(session, standings), kdf, random);
        progress.accept("the new share is stored; waiting for the others' word");
        List<Standing> after = settle(rounds, rounds.next());
        if (!areEqual(after) || generation() != target(standings) + 1) {
            throw new CeremonyException(
                    Problem.INTERRUPTED,
                    "not all three have stored their new shares; the old ones stay in use, give the command again");
        }
        return store.current().orElseThrow().key();
    }

    private static boolean isAside(PublicGroupKey key, List<Standing> standings) {
        return standings.stream().anyMatch(standing -> standing.next().equals(Optional.of(key)));
    }

    private int generation() {
        return store.current().map(share -> share.key().generation()).orElse(0);
    }

    /** Rounds until nobody keeps anything aside. */
    private List<Standing> settle(Rounds rounds, List<Standing> begun) {
        List<Standing> standings = begun;
        for (int round = 0; round < ROUNDS_MAX; round++) {
            if (Settlement.isSettled(standings)) {
                return standings;
            }
            Settlement.Step step = Settlement.step(rounds.self(), standings);
            if (step instanceof Settlement.Commit commit) {
                store.commit(commit.certificate());
            } else if (step == Settlement.Plain.GIVE_UP) {
                store.giveUp();
            } else if (step == Settlement.Plain.DROP) {
                store.drop();
            }
            standings = rounds.next();
        }
        throw new CeremonyException(
                Problem.CHEATED,
                "the three contradict each other about a generation that is kept aside; if it stays so, replace the party"
                        + " whose operator cannot show its store");
    }

    private GroupShare newShare(Session session, List<Standing> standings) {
        ShareProtocols protocols = new ShareProtocols(purpose, session, random);
        return switch (task.kind()) {
            case CREATE -> protocols.create();
            case REFRESH -> protocols.refresh(store.current().orElseThrow());
            case REPLACE -> {
                PartyId replaced = task.replaced().orElseThrow();
                PublicGroupKey key =
                        standings.get(replaced.next().index()).current().orElseThrow();
                yield protocols.replace(store.current(), key, replaced);
            }
        };
    }

    private static int target(List<Standing> standings) {
        return standings.stream().mapToInt(Standing::generation).max().orElseThrow();
    }

    private static boolean areEqual(List<Standing> standings) {
        return standings.stream().map(Standing::current).distinct().count() == 1;
    }

    /** Refuses what the standings do not allow, in words that say what to do. */
    private void requireFit(PartyId self, List<Standing> standings) {
        for (PartyId party : PartyId.values()) {
            CeremonyTask other = standings.get(party.index()).task();
            if (!other.equals(task)) {
                throw refused(CeremonyTask.name(party) + " was started with " + other + ", this party with " + task);
            }
        }
        List<PartyId> holders = new ArrayList<>(List.of(PartyId.values()));
        task.replaced().ifPresent(replaced -> {
            holders.remove(replaced);
            if (standings.get(replaced.index()).current().isPresent()) {
                throw refused(CeremonyTask.name(replaced)
                        + " has a store: a party that is replaced begins without one; move the file away");
            }
        });
        if (task.kind() == CeremonyTask.Kind.CREATE) {
            for (PartyId party : holders) {
                if (standings.get(party.index()).current().isPresent()) {
                    throw refused(CeremonyTask.name(party)
                            + " has a key for this purpose already; to renew shares use keys refresh, for a lost machine"
                            + " keys replace");
                }
            }
            return;
        }
        requireSameGeneration(self, holders, standings);
    }

    private void requireSameGeneration(PartyId self, List<PartyId> holders, List<Standing> standings) {
        int newest = target(standings);
        for (PartyId party : holders) {
            Standing standing = standings.get(party.index());
            if (standing.current().isEmpty()) {
                throw refused(
                        CeremonyTask.name(party) + " has no store; if its machine was lost, use keys replace --party "
                                + party.index() + " at all three");
            }
            if (standing.generation() < newest && party == self) {
                throw new IdentityException(
                        IdentityException.Problem.STALE,
                        store.file(),
                        "has generation " + standing.generation() + ", and another party shows everybody's word for "
                                + newest
                                + ": it is an old copy, useless now; move it away and use keys replace --party "
                                + self.index() + " at all three");
            }
            if (standing.generation() < newest) {
                throw refused(CeremonyTask.name(party) + " has an old copy of its store, generation "
                        + standing.generation() + " instead of " + newest + "; use keys replace --party "
                        + party.index()
                        + " at all three");
            }
        }
        if (holders.stream()
                        .map(party -> standings.get(party.index()).current())
                        .distinct()
                        .count()
                > 1) {
            throw refused("the stores belong to different keys; look at them with keys show");
        }
    }

    private static CeremonyException refused(String what) {
        return new CeremonyException(Problem.REFUSED, what);
    }

    /** Tells where this party stands, hears where the others stand, and compares with them what was heard. */
    private final class Rounds {
        private final Session session;
        private int count;

        Rounds(Session session) {
            this.session = session;
        }

        PartyId self() {
            return session.self();
        }

        List<Standing> next() {
            Operation operation = session.operation("standing-" + count++);
            List<PartyId> peers = List.of(self().next(), self().previous());
            byte[][] said = new byte[PartyId.values().length][];
            Standing own = Standing.of(task, store, signer);
            said[self().index()] = own.encoded();
            for (PartyId peer : peers) {
                operation.send(peer, "standing", own.encoded());
            }
            for (PartyId peer : peers) {
                said[peer.index()] = operation.receive(peer, "standing", Standing.BYTES);
            }
            compare(operation, peers, Hashes.sha256Fields("veilflow/standings/1", said));
            List<Standing> standings = new ArrayList<>();
            for (PartyId party : PartyId.values()) {
                Optional<Standing> read = party == self()
                        ? Optional.of(own)
                        : Standing.decode(said[party.index()], purpose, parties.get(party.index()), parties);
                standings.add(read.orElseThrow(() -> new CeremonyException(
                        Problem.CHEATED,
                        CeremonyTask.name(party) + " says where it stands with signatures that are none")));
            }
            return standings;
        }

        private void compare(Operation operation, List<PartyId> peers, byte[] heard) {
            for (PartyId peer : peers) {
                operation.send(peer, "heard", heard.clone());
            }
            for (PartyId peer : peers) {
                if (!MessageDigest.isEqual(heard, operation.receive(peer, "heard", heard.length))) {
                    throw new CeremonyException(
                            Problem.CHEATED, "a party did not say the same to both others; nothing was changed");
                }
            }
        }
    }
}

package io.veilflow.zk.key;

import io.veilflow.nativelib.NativeCeremony;
import io.veilflow.nativelib.NativeException;
import io.veilflow.nativelib.NativeStatus;
import io.veilflow.nativelib.SharedKeyMaterial;
import io.veilflow.zk.key.CeremonyFiles.Phase;
import io.veilflow.zk.rule.Rule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A multi-party setup for one rule, as a transcript in a folder that its members pass on or publish (see {@link
 * NativeCeremony} for the protocol and what it promises).
 *
 * <p>The folder holds {@code phase-1-000}, what everybody can compute, then one file a contribution; {@code phase-1.beacon}
 * ends the phase and {@code phase-2-000} follows from it; {@code phase-2.beacon} ends the second phase, and the keys follow.
 * Every command checks the whole transcript first, so that nobody builds on a broken chain. All of it is public. Not
 * thread-safe; one person at a time has the folder.
 */
public final class Ceremony {
    private final Rule rule;
    private final byte[] ruleBytes;
    private final CeremonyFiles files;

    public Ceremony(Path directory, Rule rule) {
        this.rule = rule;
        this.ruleBytes = rule.canonicalBytes();
        this.files = new CeremonyFiles(directory);
    }

    /**
     * Checks everything that is there and adds a contribution to the phase that is open; the first one begins the ceremony.
     *
     * @return the contribution; its author keeps the digest and looks for it in the published transcript
     * @throws KeyException TRANSCRIPT if a file is wrong or the ceremony is finished; STORAGE
     */
    public Contribution contribute() {
        Transcript before = verify();
        Phase phase = openPhase(before);
        if (files.count(phase) == 0) {
            files.write(phase, 0, firstFile(phase));
        }
        int last = files.count(phase) - 1;
        byte[] previous = files.read(phase, last, sizeOf(phase, last));
        byte[] next = NativeCeremony.contribute(ruleBytes, previous);
        files.write(phase, last + 1, next);
        return Contribution.of(phase, last + 1, next);
    }

    /**
     * Ends the open phase with a beacon: the first one opens the second phase, the second one makes the keys and keeps them in
     * the cache.
     *
     * @param beacon 32 to 64 bytes of a public source that nobody could know when the last contribution was made
     * @return the keys, or empty after the first phase
     * @throws KeyException TRANSCRIPT if a file is wrong, nobody contributed or the ceremony is finished; STORAGE
     */
    public Optional<JobKeys> finish(byte[] beacon, KeyCache cache) {
        Transcript before = verify();
        Phase phase = openPhase(before);
        int last = files.count(phase) - 1;
        if (last < 1) {
            throw wrong(phase + ": nobody has contributed");
        }
        if (phase == Phase.FIRST) {
            // the beacon first: what a crash leaves out here, the next contribution makes
            byte[] begun = NativeCeremony.secondPhase(ruleBytes, lastOf(Phase.FIRST), beacon);
            files.writeBeacon(Phase.FIRST, beacon);
            files.write(Phase.SECOND, 0, begun);
            return Optional.empty();
        }
        SharedKeyMaterial keys = keys(beacon);
        JobKeys stored = cache.store(rule, keys);
        files.writeBeacon(Phase.SECOND, beacon);
        return Optional.of(stored);
    }

    /**
     * Checks the whole transcript: first files and beacons, every contribution against the one before it; and if it is finished,
     * computes the keys again.
     *
     * @throws KeyException TRANSCRIPT naming the file that is not what has to stand there
     */
    public Transcript verify() {
        List<Contribution> contributions = new ArrayList<>();
        Optional<byte[]> first = files.beacon(Phase.FIRST);
        Optional<byte[]> second = files.beacon(Phase.SECOND);
        if (first.isEmpty() && (files.count(Phase.SECOND) > 0 || second.isPresent())) {
            throw wrong("there is a second phase and no beacon of the first");
        }
        for (Phase phase : Phase.values()) {
            if (files.count(phase) > 0) {
                verifyChain(phase, firstFile(phase), contributions);
            }
        }
        Optional<VerifyingKey> key =
                second.map(beacon -> VerifyingKey.of(keys(beacon).verifyingKey()));
        return new Transcript(List.copyOf(contributions), first.isPresent(), key);
    }

    private void verifyChain(Phase phase, byte[] begun, List<Contribution> contributions) {
        byte[] previous = files.read(phase, 0, begun.length);
        if (!Arrays.equals(previous, begun)) {
            throw wrong(CeremonyFiles.name(phase, 0) + " is not what follows from the rule and the files before it");
        }
        for (int number = 1; number < files.count(phase); number++) {
            byte[] next = files.read(phase, number, begun.length + CeremonyFiles.CHALLENGE_BYTES);
            try {
                NativeCeremony.verify(ruleBytes, previous, next);
            } catch (NativeException e) {
                if (e.status() != NativeStatus.INVALID_KEY) {
                    throw e;
                }
                throw new KeyException(
                        KeyException.Reason.TRANSCRIPT,
                        CeremonyFiles.name(phase, number) + " is no contribution to the file before it",
                        e);
            }
            contributions.add(Contribution.of(phase, number, next));
            previous = next;
        }
    }

    /** What everybody can compute: from the rule, or from the first phase and its beacon. */
    private byte[] firstFile(Phase phase) {
        return switch (phase) {
            case FIRST -> NativeCeremony.begin(ruleBytes);
            case SECOND -> NativeCeremony.secondPhase(ruleBytes, lastOf(Phase.FIRST), beaconOfFirst());
        };
    }

    private byte[] beaconOfFirst() {
        return files.beacon(Phase.FIRST).orElseThrow(() -> wrong("no beacon of the first phase"));
    }

    private SharedKeyMaterial keys(byte[] beacon) {
        return NativeCeremony.finish(ruleBytes, lastOf(Phase.FIRST), beaconOfFirst(), lastOf(Phase.SECOND), beacon);
    }

    private byte[] lastOf(Phase phase) {
        int last = files.count(phase) - 1;
        if (last < 1) {
            throw wrong(phase + ": nobody has contributed");
        }
        return files.read(phase, last, sizeOf(phase, last));
    }

    /** A contribution is longer than the first file by its challenge; the first files were compared with the right ones. */
    private long sizeOf(Phase phase, int number) {
        return files.size(phase, 0) + (number == 0 ? 0 : CeremonyFiles.CHALLENGE_BYTES);
    }

    private static Phase openPhase(Transcript transcript) {
        if (transcript.key().isPresent()) {
            throw wrong("the ceremony is finished");
        }
        return transcript.firstPhaseEnded() ? Phase.SECOND : Phase.FIRST;
    }

    private static KeyException wrong(String message) {
        return new KeyException(KeyException.Reason.TRANSCRIPT, message);
    }

    /**
     * One contribution.
     *
     * @param phase 1 or 2
     * @param number from 1
     * @param digest SHA-256 of the file
     */
    public record Contribution(int phase, int number, byte[] digest) {
        static Contribution of(Phase phase, int number, byte[] file) {
            return new Contribution(1 + phase.ordinal(), number, CeremonyFiles.sha256(file));
        }

        @Override
        public byte[] digest() {
            return digest.clone();
        }
    }

    /**
     * What stands in the folder, checked.
     *
     * @param contributions in order
     * @param key what the keys' digest must be, if the ceremony is finished
     */
    public record Transcript(List<Contribution> contributions, boolean firstPhaseEnded, Optional<VerifyingKey> key) {}
}

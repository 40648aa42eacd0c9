package io.veilflow.pipeline.contributor;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.board.Board;
import io.veilflow.pipeline.board.BoardEntry;
import io.veilflow.pipeline.board.BoardTail;
import io.veilflow.pipeline.board.RecordVerifier;
import io.veilflow.pipeline.job.EnrolledParty;
import io.veilflow.pipeline.job.JobDefinition;
import io.veilflow.pipeline.window.Manifests;
import io.veilflow.pipeline.window.RootedManifest;
import io.veilflow.pipeline.wire.ManifestEntry;
import io.veilflow.pipeline.wire.ManifestSignature;
import io.veilflow.pipeline.wire.Payload;
import io.veilflow.pipeline.wire.UnitKind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Tells a contributor from the board alone in which windows a submission of its own was counted: a window's manifest lists the
 * record with its hash, and all three parties have signed the manifest's root. Not thread-safe.
 */
public final class CountedCheck {
    private static final int PARTIES = 3;

    private final BoardTail tail;
    private final RecordVerifier verifier;
    private final Map<ByteString, RootedManifest> manifests = new HashMap<>();
    private final SortedMap<Long, Map<ByteString, Set<String>>> signers = new TreeMap<>();

    public CountedCheck(JobDefinition job, Board board) {
        Set<String> parties =
                new TreeSet<>(job.parties().stream().map(EnrolledParty::writer).toList());
        this.tail = BoardTail.fromStart(board, parties);
        this.verifier = RecordVerifier.of(job);
    }

    /**
     * The windows so far that counted a submission, ascending.
     *
     * @param submission as {@link Contributor#submit} gave it
     */
    public Set<Long> windows(BoardEntry submission) {
        for (Optional<BoardEntry> entry = tail.poll(); entry.isPresent(); entry = tail.poll()) {
            String party = entry.get().writer();
            verifier.verify(entry.get()).payload().ifPresent(payload -> note(party, payload));
        }
        Set<Long> windows = new TreeSet<>();
        signers.forEach((window, roots) -> roots.forEach((root, parties) -> {
            if (parties.size() == PARTIES && lists(root, window, submission)) {
                windows.add(window);
            }
        }));
        return windows;
    }

    private void note(String party, Payload payload) {
        if (payload.hasManifest()) {
            RootedManifest rooted = Manifests.rooted(payload.getManifest());
            manifests.put(rooted.root(), rooted);
        }
        ManifestSignature signature = payload.getManifestSignature();
        if (payload.hasManifestSignature() && signature.getKind() == UnitKind.WINDOW) {
            signers.computeIfAbsent(signature.getId(), window -> new HashMap<>())
                    .computeIfAbsent(signature.getRoot(), root -> new HashSet<>())
                    .add(party);
        }
    }

    private boolean lists(ByteString root, long window, BoardEntry submission) {
        RootedManifest rooted = manifests.get(root);
        return rooted != null
                && rooted.manifest().getHeader().getKind() == UnitKind.WINDOW
                && rooted.manifest().getHeader().getId() == window
                && rooted.manifest().getEntriesList().stream().anyMatch(entry -> isOf(entry, submission));
    }

    private static boolean isOf(ManifestEntry entry, BoardEntry submission) {
        return entry.getContributor().equals(submission.writer())
                && entry.getRecord() == submission.index()
                && entry.getSubmissionHash().equals(submission.recordHash());
    }
}

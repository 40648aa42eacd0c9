package io.veilflow.pipeline.audit;

import io.veilflow.mpc.session.Profile;
import io.veilflow.pipeline.job.ProfileStatement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an audit has checked and, if it failed, where.
 *
 * @param counts how often each kind of check has passed
 * @param windows that are proven on the board and recorded on the chain
 * @param attested windows that the group has signed without a proof and the chain records so: unproven
 * @param awaiting windows that are signed on the board and not on the chain yet, nothing later being there
 * @param skipped windows that were sealed with fewer contributors than the job asks for
 * @param elsewhere windows that the chain closed under other terms or another key than this job file's, and of which nothing stands on
 *     this board: another board's, not looked at
 * @param profile under which the job's parties say they computed; empty if the job could not be read
 * @param failure the first check that did not pass; the audit ended there
 */
public record AuditReport(
        Map<Check, Long> counts,
        long windows,
        long attested,
        long awaiting,
        long skipped,
        long elsewhere,
        Optional<Profile> profile,
        Optional<Failure> failure) {
    /** Kinds of checks, in the order in which an audit comes to them. */
    public enum Check {
        DOCUMENTS("job file, verifying key and basis against their digests and the registry"),
        RECORDS("records: frame, checksum, place"),
        SIGNATURES("signatures of records"),
        REFUSED("records of contributors that count for nothing, each with its reason"),
        ACCEPT_LISTS("accept lists: form, heads of their cuts, every decision that anyone can check"),
        MANIFESTS("manifests computed again from three lists"),
        SEALS("signatures under manifests"),
        OUTCOMES("outcomes of admission batches"),
        BOOKS("books in windows: one for each slot, the newest admitted"),
        COMMITMENTS("sums of commitments against the proof's"),
        PROOFS("proofs"),
        RESULTS("results, and the group's signatures"),
        OPENINGS("openings of outputs: READYs, countersignatures, components"),
        CHAIN("windows on the chain against the board");

        private final String title;

        Check(String title) {
            this.title = title;
        }

        /** For people. */
        public String title() {
            return title;
        }
    }

    /**
     * @param place what did not pass: a record of a log, a window or a file
     * @param what one sentence without secret data
     */
    public record Failure(String place, String what) {}

    public AuditReport {
        counts = Map.copyOf(counts);
    }

    public boolean passed() {
        return failure.isEmpty();
    }

    /** One line for each kind of check that came up, then the windows or the failure. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        Arrays.stream(Check.values())
                .filter(counts::containsKey)
                .forEach(check -> lines.add(String.format("%7d  %s", counts.get(check), check.title())));
        profile.ifPresent(known -> lines.add("security " + ProfileStatement.of(known)));
        lines.add(failure.map(failed -> "FAILED at " + failed.place() + ": " + failed.what())
                .orElse("passed: " + windows + " windows proven and on the chain, " + attested + " attested only, "
                        + awaiting + " awaiting the chain, "
                        + skipped + " skipped"
                        + (elsewhere == 0 ? "" : ", " + elsewhere + " under other terms, which are another board's")));
        return lines;
    }
}

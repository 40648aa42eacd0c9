package io.veilflow.pipeline.window;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.admit.CheckOutcome;
import io.veilflow.pipeline.encoding.Fields;
import io.veilflow.pipeline.encoding.Hashes;
import io.veilflow.pipeline.job.EnrolledContributor;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.wire.AcceptList;
import io.veilflow.pipeline.wire.Cut;
import io.veilflow.pipeline.wire.Decision;
import io.veilflow.pipeline.wire.Manifest;
import io.veilflow.pipeline.wire.ManifestEntry;
import io.veilflow.pipeline.wire.ManifestHeader;
import io.veilflow.pipeline.wire.Reason;
import io.veilflow.pipeline.wire.Submission;
import io.veilflow.pipeline.wire.UnitKind;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Manifests as pure functions of three accept lists and the records that they speak of (DESIGN 7, PROTOCOLS 11.3; docs/wire.md,
 * section 8). The cut of a manifest is the componentwise smallest of the three. A party signs the root that it finds here
 * and no other; an auditor finds the same.
 *
 * <p><b>Security.</b> A list that says of a record what anyone can see to be otherwise is refused, the party named: so one party
 * can stop a unit but can neither smuggle a submission in nor leave one out without its signature showing it.
 */
public final class Manifests {
    private final JobTerms terms;
    private final CheckedRecords records;

    public Manifests(JobTerms terms, CheckedRecords records) {
        this.terms = terms;
        this.records = records;
    }

    /**
     * The manifest of an admission batch: every record after {@code decidedUpTo} within the cut is decided. A submission that
     * all three accept is an entry. A private reason (one that only the party itself can check) of two parties names the
     * contributor; of one party alone it leaves the record out as DISPUTED and names nobody. If there is such a one in the first
     * round, the lists of the second decide ({@link Disputes}).
     *
     * @param lists of party 0, 1, 2, for the same batch and round
     * @throws SealingException naming the party whose list is at fault, or FORKED
     */
    public BatchManifest batch(Cut decidedUpTo, List<AcceptList> lists) {
        Cut cut = cut(UnitKind.BATCH, lists);
        List<ManifestEntry> entries = new ArrayList<>();
        List<Decision> decided = new ArrayList<>();
        List<Dispute> disputes = new ArrayList<>();
        List<Map<Decision, Reason>> reasons = BatchReasons.of(terms, records, decidedUpTo, cut, lists);
        for (EnrolledContributor contributor : byName()) {
            long end = Cuts.records(cut, contributor.name());
            for (long index = Cuts.records(decidedUpTo, contributor.name()); index < end; index++) {
                CheckOutcome outcome = records.outcome(contributor.name(), index);
                Decision decision = outcome.decision(Reason.ACCEPTED);
                List<Reason> said =
                        reasons.stream().map(list -> list.get(decision)).toList();
                Reason reason = joint(outcome, said, disputes);
                if (reason == Reason.ACCEPTED && outcome instanceof CheckOutcome.Submitted submitted) {
                    entries.add(entry(submitted));
                } else {
                    decided.add(outcome.decision(reason));
                }
            }
        }
        Manifest manifest = Manifest.newBuilder()
                .setHeader(header(lists.get(0), cut))
                .addAllEntries(entries)
                .build();
        return new BatchManifest(rooted(manifest), decided, disputes);
    }

    /**
     * The manifest of a window: for every contributor its book in force. Each slot has one book at most.
     *
     * @param closed what the feeder's ticks say of the window
     * @param inForce of the admissions so far; every list must say exactly this
     * @param lists of party 0, 1, 2, for the same window and round
     * @throws SealingException naming the party whose list is at fault, or FORKED
     */
    public RootedManifest window(ClosedWindow closed, List<Decision> inForce, List<AcceptList> lists) {
        Cut cut = cut(UnitKind.WINDOW, lists);
        for (PartyId party : PartyId.values()) {
            AcceptList list = lists.get(party.index());
            long ticks = Cuts.records(list.getCut(), terms.definition().feeder().name());
            if (list.getId() != closed.window() || ticks <= closed.closingTick()) {
                throw wrong(party, "window " + list.getId() + " is not closed within the list's cut");
            }
            if (!list.getDecisionsList().equals(inForce)) {
                throw wrong(party, "the books of window " + list.getId() + " are not those that the batches admitted");
            }
        }
        List<ManifestEntry> entries = new ArrayList<>();
        for (Decision decision : inForce) {
            CheckOutcome outcome = records.outcome(decision.getContributor(), decision.getRecord());
            entries.add(entry((CheckOutcome.Submitted) outcome));
        }
        entries.sort(Comparator.comparingInt(ManifestEntry::getRole).thenComparingInt(ManifestEntry::getFirstSlot));
        ManifestHeader.Builder header = header(lists.get(0), cut).toBuilder().setClosingTick(closed.closingTick());
        for (BigInteger value : terms.publicInputs(closed.feedValues())) {
            header.addPublicValues(canonical(value));
        }
        return rooted(
                Manifest.newBuilder().setHeader(header).addAllEntries(entries).build());
    }

    /** Whether a window's manifest has the contributors that the job asks for; with fewer the window is skipped. */
    public boolean hasEnoughContributors(Manifest manifest) {
        return manifest.getEntriesCount() >= terms.definition().windows().minimumContributors();
    }

    /** A manifest with its root (docs/wire.md, section 8). */
    public static RootedManifest rooted(Manifest manifest) {
        byte[] entries = MerkleTree.root(manifest.getEntriesList().stream()
                .map(ManifestEntry::toByteArray)
                .toList());
        byte[] root = Hashes.sha256Fields(
                "veilflow/manifest/1",
                manifest.getHeader().toByteArray(),
                Fields.u32(manifest.getEntriesCount()),
                entries);
        return new RootedManifest(manifest, ByteString.copyFrom(root));
    }

    /** A non-negative number, big-endian without leading zero byte; zero is empty. */
    public static ByteString canonical(BigInteger value) {
        if (value.signum() < 0) {
            throw new IllegalArgumentException("a negative public value");
        }
        byte[] bytes = value.toByteArray();
        return bytes[0] == 0 ? ByteString.copyFrom(bytes, 1, bytes.length - 1) : ByteString.copyFrom(bytes);
    }

    private Cut cut(UnitKind kind, List<AcceptList> lists) {
        if (lists.size() != PartyId.values().length) {
            throw new IllegalArgumentException(lists.size() + " accept lists");
        }
        AcceptList first = lists.get(0);
        for (PartyId party : PartyId.values()) {
            AcceptList list = lists.get(party.index());
            AcceptLists.requireForm(terms, party, list);
            if (list.getKind() != kind || list.getId() != first.getId() || list.getRound() != first.getRound()) {
                throw new IllegalArgumentException("accept lists of different units");
            }
        }
        return Cuts.minimum(lists.stream().map(AcceptList::getCut).toList());
    }

    private List<EnrolledContributor> byName() {
        return terms.definition().contributors().stream()
                .sorted(Comparator.comparing(EnrolledContributor::name))
                .toList();
    }

    private static Reason joint(CheckOutcome outcome, List<Reason> said, List<Dispute> disputes) {
        if (outcome.reason() != Reason.ACCEPTED) {
            return outcome.reason();
        }
        List<PartyId> refusing = new ArrayList<>();
        for (PartyId party : PartyId.values()) {
            if (said.get(party.index()) != Reason.ACCEPTED) {
                refusing.add(party);
            }
        }
        if (refusing.isEmpty()) {
            return Reason.ACCEPTED;
        }
        if (refusing.size() == 1) {
            disputes.add(new Dispute(refusing.get(0), outcome.decision(Reason.DISPUTED)));
            return Reason.DISPUTED;
        }
        return said.get(refusing.get(0).index());
    }

    private ManifestHeader header(AcceptList list, Cut cut) {
        return ManifestHeader.newBuilder()
                .setJobId(terms.jobId())
                .setKind(list.getKind())
                .setId(list.getId())
                .setRound(list.getRound())
                .setRuleHash(terms.ruleHash())
                .setKeyDigest(terms.definition().keyDigest())
                .setConfigurationHash(terms.configurationHash())
                .setCut(cut)
                .build();
    }

    private static ManifestEntry entry(CheckOutcome.Submitted submitted) {
        Submission submission = submitted.submission();
        return ManifestEntry.newBuilder()
                .setContributor(submitted.entry().writer())
                .setRole(submission.getRole())
                .setFirstSlot(submission.getFirstSlot())
                .setSlots(submission.getSlots())
                .setUsedSlots(submission.getUsedSlots())
                .setRecord(submitted.entry().index())
                .setSequence(submission.getSequence())
                .setSubmissionHash(submitted.entry().recordHash())
                .addAllCommitments(submission.getCommitmentsList())
                .build();
    }

    private static SealingException wrong(PartyId party, String what) {
        return new SealingException(SealingException.Reason.WRONG_LIST, party, what);
    }
}

package io.veilflow.pipeline.simulate;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.threshold.KeyShare;
import io.veilflow.pipeline.admit.ContributorHistory;
import io.veilflow.pipeline.admit.SubmissionCheck;
import io.veilflow.pipeline.board.Board;
import io.veilflow.pipeline.board.BoardEntry;
import io.veilflow.pipeline.board.BoardException;
import io.veilflow.pipeline.board.BoardTail;
import io.veilflow.pipeline.board.RecordOutcome;
import io.veilflow.pipeline.board.RecordSigner;
import io.veilflow.pipeline.board.RecordVerifier;
import io.veilflow.pipeline.encoding.Fields;
import io.veilflow.pipeline.encoding.Hashes;
import io.veilflow.pipeline.identity.VerificationKey;
import io.veilflow.pipeline.job.EnrolledParty;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.journal.FileJournal;
import io.veilflow.pipeline.journal.JournalException;
import io.veilflow.pipeline.journal.JournalKey;
import io.veilflow.pipeline.journal.JournalledEpochs;
import io.veilflow.pipeline.party.CheckedEntry;
import io.veilflow.pipeline.party.EventLog;
import io.veilflow.pipeline.party.PartyCore;
import io.veilflow.pipeline.party.PartyLimits;
import io.veilflow.pipeline.party.PartyPorts;
import io.veilflow.pipeline.party.PeerHeads;
import io.veilflow.pipeline.party.TranscriptStore;
import io.veilflow.pipeline.service.SigningAuditLog;
import io.veilflow.pipeline.submission.BasisCommitments;
import io.veilflow.pipeline.submission.DecryptionKey;
import io.veilflow.pipeline.wire.Reason;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/** One party of a run: the process of its core with everything around it that is simulated, fed from the board as by the Flink job. */
final class SimulatedParty {
    private static final long LOOK_MILLIS = 5;
    private static final double LONGEST_ABSENCE_MILLIS = 6_000;

    private final SimulatedWorld world;
    private final PartyId id;
    private final String name;
    private final SeededRandom random;
    private final SimulatedFile journalFile;
    private final StringWriter events = new StringWriter();
    private SimulatedProcess process;
    private VirtualClock clock;
    private Optional<PartyLinks> links = Optional.empty();
    private final List<SigningAuditLog> audits = new ArrayList<>();
    private Optional<String> held = Optional.empty();
    private boolean finished;
    private int crashIn;
    private int crashes;
    private int holds;
    private int refusals;

    SimulatedParty(SimulatedWorld world, PartyId id) {
        this.world = world;
        this.id = id;
        this.name = EnrolledParty.writer(id);
        this.random = new SeededRandom(world.schedule().random().split());
        this.journalFile = new SimulatedFile(world.schedule(), world.disksKeep());
        this.process = newProcess();
        this.clock = new VirtualClock(world.schedule(), process);
    }

    /** A process on this party's disk, the first or the next one. */
    void start() {
        process = newProcess();
        links = Optional.empty();
        clock = new VirtualClock(world.schedule(), process);
        new SimulatedThread(world.schedule(), process, "main", this::liveOrHold).start();
    }

    /** It is killed over its next operations but so many, and started again later. */
    void crashIn(int operations) {
        if (!isOver()) {
            crashIn = operations;
        }
    }

    /** It is killed, and started again on the copy of its disk. */
    void goBackToCopy() {
        if (!isOver()) {
            process.kill();
            if (journalFile.replaceByCopy()) {
                world.schedule().note(name, "has an older copy of its journal");
            }
        }
    }

    /** For good. */
    void stop() {
        finished = true;
        process.kill();
        audits.forEach(SigningAuditLog::close);
    }

    String name() {
        return name;
    }

    /** How often it was killed. */
    int crashes() {
        return crashes;
    }

    /** How often it held, or could not begin, over a fault that was injected. */
    int holds() {
        return holds;
    }

    /** How often it stood back from an older copy of its journal. */
    int refusals() {
        return refusals;
    }

    SimulatedFile disk() {
        return journalFile;
    }

    private SimulatedProcess newProcess() {
        return new SimulatedProcess(world.schedule(), name, operation -> crashIn > 0 && --crashIn == 0, this::killed);
    }

    private void killed() {
        if (finished) {
            return;
        }
        crashes++;
        if (isTaken()) {
            journalFile.keepCopy();
        }
        Schedule schedule = world.schedule();
        schedule.at(schedule.now(), () -> {
            links.ifPresent(PartyLinks::close);
            journalFile.crash();
        });
        schedule.after(schedule.between(50, LONGEST_ABSENCE_MILLIS), () -> {
            if (!finished) {
                start();
            }
        });
    }

    SimulatedProcess process() {
        return process;
    }

    VirtualClock clock() {
        return clock;
    }

    /** Why the job holds here, if it does. */
    Optional<String> held() {
        return held;
    }

    /** Whether everything was decided and recorded, or the job holds. */
    boolean isOver() {
        return finished || held.isPresent() || !process.failures().isEmpty();
    }

    /** What is stored of the journal. */
    byte[] journal() {
        return journalFile.bytes();
    }

    String events() {
        return events.toString();
    }

    /** Over a fault that is a reason to hold, its operator starts it again. */
    private void liveOrHold() {
        try {
            live();
        } catch (JournalException | BoardException failed) {
            if (!world.excusesHolds() && !isOnCopy()) {
                throw failed;
            }
            held = Optional.of(failed.getMessage());
        } catch (ProtocolAbortException refused) {
            if (!isOnCopy()) {
                throw refused;
            }
            held = Optional.of(refused.getMessage());
        }
        if (held.isPresent() && isOnCopy()) {
            refusals++;
            stopAndStart();
            journalFile.putBack();
        } else if (held.isPresent() && world.excusesHolds()) {
            holds++;
            stopAndStart();
        }
    }

    private void stopAndStart() {
        world.schedule().note(name, "is stopped: " + held.orElseThrow());
        held = Optional.empty();
        process.kill();
    }

    /** And the others have not taken it for the newest one. */
    private boolean isOnCopy() {
        return journalFile.isOlderCopy() && !isTaken();
    }

    private boolean isTaken() {
        return links.filter(PartyLinks::isTaken).isPresent();
    }

    private void live() {
        JobTerms terms = world.job().terms();
        byte[] context = Fields.of(terms.configurationHash().toByteArray(), Fields.u32(id.index()));
        byte[] secret = Hashes.sha256(Fields.text("simulated journal secret of " + id));
        try (FileJournal journal = new FileJournal(
                        Path.of(name + ".journal"),
                        journalFile.open(process),
                        context,
                        new JournalKey(secret, random));
                Board board = world.board().view(name).open(process);
                PartyLinks network =
                        new PartyLinks(world.links(), process, id, new JournalledEpochs(journal, heads(journal)));
                DecryptionKey decryption = new DecryptionKey(SimulatedJob.encryptionSecret(id));
                KeyShare share = world.job().resultShare(id);
                EventLog log = new EventLog(events, events.toString().lines().toList())) {
            links = Optional.of(network);
            SigningAuditLog audit = new SigningAuditLog(
                    world.directory().resolve(name + ".signing-audit"),
                    SimulatedJob.signer(name),
                    new VerificationKey(SimulatedJob.publicKey(name).toByteArray()));
            audits.add(audit);
            BasisCommitments commitments =
                    BasisCommitments.of(terms, world.job().basis().bytes(), random);
            PartyPorts ports = new PartyPorts(
                    terms,
                    clock,
                    new SimulatedThreads(world.schedule(), process),
                    random,
                    network,
                    world.records(),
                    board,
                    board.writer(new RecordSigner(terms.configurationHash(), name, SimulatedJob.signer(name))),
                    new ChainNode(world.schedule(), world.chain(), process, terms, world::nodeFails),
                    journal,
                    log,
                    world.engine(),
                    decryption,
                    commitments,
                    List.of(share),
                    Optional.empty(),
                    Optional.empty(),
                    audit,
                    SimulatedJob.signer(name),
                    new TranscriptStore(
                            world.directory().resolve(name + ".transcripts"), SimulatedJob.signer(name), journal));
            run(ports, SimulatedWorld.LIMITS, board, new SubmissionCheck(terms, world.records(), commitments));
        }
    }

    private PeerHeads heads(FileJournal journal) {
        return new PeerHeads(id, world.job().terms(), journal, SimulatedJob.signer(name), SimulatedJob.KEY_GENERATION);
    }

    private void run(PartyPorts ports, PartyLimits limits, Board board, SubmissionCheck check) {
        List<CompletableFuture<Void>> published = new ArrayList<>();
        try (PartyCore core = new PartyCore(ports, limits)) {
            links.orElseThrow().start();
            core.attach(outcome -> published.add(core.publish(outcome)), failure -> world.schedule()
                    .note(name, "holds: " + failure.getMessage()));
            if (core.isFirstStart()) {
                ports.network().awaitEpoch(limits.epoch());
            }
            core.start();
            feed(core, board, check);
            CompletableFuture<Void> drained = core.drain();
            while (core.failure().isEmpty() && !(drained.isDone() && allDone(published))) {
                clock.pause(LOOK_MILLIS);
            }
            held = core.failure().map(String::valueOf);
        }
        finished = held.isEmpty();
        world.schedule().note(name, finished ? "has finished" : "ends: " + held.orElseThrow());
    }

    private static boolean allDone(List<CompletableFuture<Void>> published) {
        return List.copyOf(published).stream().allMatch(CompletableFuture::isDone);
    }

    /** Until the feeder has ended, or the job holds. */
    private void feed(PartyCore core, Board board, SubmissionCheck check) {
        JobTerms terms = world.job().terms();
        BoardTail tail = BoardTail.fromStart(board, new TreeSet<>(terms.logs()));
        RecordVerifier verifier = world.records();
        Map<String, ContributorHistory> histories = new HashMap<>();
        boolean ended = false;
        while (core.failure().isEmpty()) {
            Optional<BoardEntry> entry = tail.poll();
            if (entry.isPresent() && entry.get().writer().equals(SimulatedJob.FEEDER)) {
                ended |= offer(core, verifier.verify(entry.get()), entry.get());
            } else if (entry.isPresent()) {
                ContributorHistory history =
                        histories.computeIfAbsent(entry.get().writer(), any -> new ContributorHistory());
                core.offer(CheckedEntry.of(check.check(entry.get(), history)));
            } else if (ended) {
                return;
            } else {
                clock.pause(LOOK_MILLIS);
            }
        }
    }

    /** Whether that was the end of the feed. */
    private static boolean offer(PartyCore core, RecordOutcome outcome, BoardEntry entry) {
        Reason reason = outcome instanceof RecordOutcome.Refused refused ? refused.reason() : Reason.ACCEPTED;
        core.offer(new CheckedEntry(entry, 0, reason));
        return outcome.payload().filter(payload -> payload.hasEnd()).isPresent();
    }
}

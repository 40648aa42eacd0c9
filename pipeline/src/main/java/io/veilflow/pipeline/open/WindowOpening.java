package io.veilflow.pipeline.open;

import io.veilflow.mpc.fair.FairClock;
import io.veilflow.mpc.fair.FairLimits;
import io.veilflow.mpc.fair.FairOpening;
import io.veilflow.mpc.fair.FairPorts;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.session.Session;
import io.veilflow.pipeline.board.Board;
import io.veilflow.pipeline.board.BoardWriter;
import io.veilflow.pipeline.board.MessageSigner;
import io.veilflow.pipeline.board.RecordVerifier;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.journal.Journal;

/**
 * Opens the outputs of a window fairly ({@link FairOpening}), with READY, countersignatures and components on the board.
 * Once a party has decided to open, a lost epoch changes nothing: the honest parties learn the outputs from the board,
 * though the attempt itself may fail later.
 */
public final class WindowOpening implements OutputOpener {
    /** Operation path of the opening, in hashes and signatures. */
    public static final String PATH = "outputs";

    private final Board board;
    private final BoardWriter log;
    private final RecordVerifier verifier;
    private final Journal journal;
    private final JobSignatures signatures;
    private final FairClock clock;
    private final FairLimits limits;
    private final OpeningDecisions decisions;

    /**
     * @param log this party's own
     * @param decisions kept for whoever closes windows
     * @param identity signs with this party's identity key
     */
    public WindowOpening(
            JobTerms terms,
            RecordVerifier verifier,
            Board board,
            BoardWriter log,
            Journal journal,
            MessageSigner identity,
            FairClock clock,
            FairLimits limits,
            OpeningDecisions decisions) {
        this.board = board;
        this.log = log;
        this.verifier = verifier;
        this.journal = journal;
        this.signatures = new JobSignatures(terms.definition(), identity);
        this.clock = clock;
        this.limits = limits;
        this.decisions = decisions;
    }

    @Override
    public long[] open(Session session, ElementShares outputs) {
        long window = session.context().id();
        int attempt = session.context().attempt();
        OpeningRecords records = new OpeningRecords(window, attempt);
        FairPorts ports = new FairPorts(
                signatures,
                new BoardBulletin(board, log, verifier, records),
                new JournalledOpening(journal, log, decisions, records, window, attempt),
                clock,
                limits);
        return new FairOpening(session, PATH, ports).open(outputs);
    }
}

package io.veilflow.pipeline.party;

import io.veilflow.mpc.session.Session;
import io.veilflow.pipeline.admit.RangeCheck;
import io.veilflow.pipeline.evaluate.SharedReading;
import io.veilflow.pipeline.open.OutputOpener;
import io.veilflow.pipeline.prove.ProvenWindow;
import io.veilflow.pipeline.prove.WindowBook;
import io.veilflow.zk.commitment.G1Point;
import io.veilflow.zk.rule.UsedSlots;
import io.veilflow.zk.statement.ContextHash;
import io.veilflow.zk.statement.Statement;
import io.veilflow.zk.verify.Proof;
import java.math.BigInteger;
import java.util.List;

/**
 * What a party computes on shares together with the two others, each call one step of a session that all three take, and the check
 * of what comes out. All else of a unit (sealing, attempts, opening, signing) is the core's.
 */
public interface PartyEngine {
    /**
     * Whether every number of a submission is in its range.
     *
     * @return per candidate, the same at all three parties
     * @throws io.veilflow.mpc.session.ProtocolAbortException when the session ends
     */
    boolean[] rangeCheck(Session session, List<RangeCheck.Candidate> candidates);

    /**
     * Reads the job's rule on the shares of a window's books.
     *
     * @param publicInputs FEED and PARAMETER values in declared order
     * @return for the caller to close
     * @throws io.veilflow.mpc.session.ProtocolAbortException when the session ends
     */
    SharedReading evaluate(Session session, WindowBook book, List<BigInteger> publicInputs, UsedSlots used);

    /**
     * Proves what was read, and has the outputs opened on the way.
     *
     * @param sealed what the proof is about beside the outputs
     * @param reading stays the caller's, as does {@code book}
     * @throws io.veilflow.mpc.session.ProtocolAbortException when the session ends
     */
    ProvenWindow prove(Session session, Sealed sealed, WindowBook book, SharedReading reading, OutputOpener opener);

    /** Whether the proof holds for the statement and D, the sum of the commitments of all books in the manifest. */
    boolean holds(Statement statement, Proof proof, G1Point commitment);

    /**
     * The public side of a window before its outputs are known.
     *
     * @param commitment D
     */
    record Sealed(ContextHash context, List<BigInteger> publicInputs, UsedSlots used, G1Point commitment) {}
}

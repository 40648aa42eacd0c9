package io.veilflow.pipeline.party;

import io.veilflow.mpc.session.Session;
import io.veilflow.nativelib.ProvingKeyHandle;
import io.veilflow.pipeline.admit.RangeCheck;
import io.veilflow.pipeline.evaluate.RuleOnShares;
import io.veilflow.pipeline.evaluate.SharedReading;
import io.veilflow.pipeline.open.OutputOpener;
import io.veilflow.pipeline.prove.ProvenWindow;
import io.veilflow.pipeline.prove.WindowBook;
import io.veilflow.pipeline.prove.WindowProof;
import io.veilflow.zk.commitment.G1Point;
import io.veilflow.zk.key.VerifyingKey;
import io.veilflow.zk.rule.Rule;
import io.veilflow.zk.rule.UsedSlots;
import io.veilflow.zk.statement.Statement;
import io.veilflow.zk.verify.Proof;
import io.veilflow.zk.verify.ProofVerifier;
import java.math.BigInteger;
import java.util.List;

/** The engine of a party: the MPC protocols, and the joint proof in the native library. Security is {@link RuleOnShares}' and {@link WindowProof}'s. */
public final class ProtocolEngine implements PartyEngine {
    private final Rule rule;
    private final ProvingKeyHandle provingKey;
    private final ProofVerifier verifier;

    /**
     * @param provingKey loaded and checked; stays the caller's
     * @param verifyingKey of the same setup
     */
    public ProtocolEngine(Rule rule, ProvingKeyHandle provingKey, VerifyingKey verifyingKey) {
        this.rule = rule;
        this.provingKey = provingKey;
        this.verifier = new ProofVerifier(verifyingKey);
    }

    @Override
    public boolean[] rangeCheck(Session session, List<RangeCheck.Candidate> candidates) {
        return RangeCheck.run(session, candidates);
    }

    @Override
    public SharedReading evaluate(Session session, WindowBook book, List<BigInteger> publicInputs, UsedSlots used) {
        return RuleOnShares.evaluate(session, rule, book.numbers(), publicInputs, used);
    }

    @Override
    public ProvenWindow prove(
            Session session, Sealed sealed, WindowBook book, SharedReading reading, OutputOpener opener) {
        return new WindowProof(session, rule, provingKey, opener)
                .prove(
                        sealed.context(),
                        sealed.publicInputs(),
                        sealed.used(),
                        reading,
                        book.mask(),
                        sealed.commitment());
    }

    @Override
    public boolean holds(Statement statement, Proof proof, G1Point commitment) {
        return verifier.verify(statement, proof, commitment).accepted();
    }
}

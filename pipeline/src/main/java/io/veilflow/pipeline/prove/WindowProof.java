package io.veilflow.pipeline.prove;

import io.veilflow.mpc.field.FrVector;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.replicated.InputAgreement;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.session.ProtocolAbortException.Reason;
import io.veilflow.mpc.session.Session;
import io.veilflow.nativelib.ProvingKeyHandle;
import io.veilflow.nativelib.WitnessShare;
import io.veilflow.pipeline.evaluate.SharedReading;
import io.veilflow.pipeline.open.OutputOpener;
import io.veilflow.zk.commitment.G1Point;
import io.veilflow.zk.field.ScalarField;
import io.veilflow.zk.joint.FieldShares;
import io.veilflow.zk.joint.JointProofException;
import io.veilflow.zk.joint.JointProvingSession;
import io.veilflow.zk.joint.WindowWitness;
import io.veilflow.zk.rule.PublicValues;
import io.veilflow.zk.rule.Rule;
import io.veilflow.zk.rule.RuleException;
import io.veilflow.zk.rule.UsedSlots;
import io.veilflow.zk.statement.ContextHash;
import io.veilflow.zk.statement.Statement;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Proves one evaluated window in its session; afterwards all three parties know the outputs and hold a proof of them.
 *
 * <p><b>Protocol</b>: PROTOCOLS section 8.3 in two halves with the opening of the outputs between them, so nothing about the
 * result is opened before round one has been checked; with limbs the commitment D2 to limbs and counts is opened before all of it, under
 * a mask that is fresh for every attempt (8.6). The two holders of the mask's components agree on them first (4.5, order (a);
 * for the book's, {@code RuleOnShares} has done it). <b>Security</b>: one malicious party in profile M: every wire comes from agreed
 * inputs and products that the row check has verified before round one is sent. Profile S verifies nothing. How
 * the outputs are opened is the opener's matter; in a party it is the fair opening of 4.3.
 * <b>Cost</b>: with limbs a round for D2 and an inversion with its verification; the levels of the walk, then about 8 rounds. <b>Failure</b>: {@link
 * ProtocolAbortException}, CHECK_FAILED with the prover's own exception as cause where the proof does not come about; no proof left
 * this party then, and shares, r and s are wiped.
 */
public final class WindowProof {
    private static final String OUTPUTS = "outputs";

    /** A value of this session, and so of this attempt, alone: D2 shows nothing of limbs and counts. */
    private static final String LIMB_MASK = "limb-mask";

    private final Session session;
    private final Rule rule;
    private final ProvingKeyHandle key;
    private final OutputOpener opener;

    /** @param key of the rule, stays open until the proof has ended */
    public WindowProof(Session session, Rule rule, ProvingKeyHandle key, OutputOpener opener) {
        this.session = session;
        this.rule = rule;
        this.key = key;
        this.opener = opener;
    }

    /**
     * @param publicInputs FEED and PARAMETER values in declared order
     * @param used slots in use
     * @param reading this party's shares; stays the caller's
     * @param mask this party's components of the sum of all blindings, one element; stays the caller's
     * @param expected D, the sum of the commitments of all books in the manifest
     */
    public ProvenWindow prove(
            ContextHash context,
            List<BigInteger> publicInputs,
            UsedSlots used,
            SharedReading reading,
            ElementShares mask,
            G1Point expected) {
        new InputAgreement(session.operation("prove/inputs")).compare(mask.ownBytes(), mask.nextBytes());
        SessionProvingEngine engine = new SessionProvingEngine(session);
        try (WitnessShare witness = witness(engine, context, publicInputs, used, reading, mask, expected);
                JointProvingSession proving = new JointProvingSession(key, engine, witness)) {
            proving.firstHalf();
            PublicValues values = new PublicValues(openOutputs(reading.outputs()), publicInputs, used);
            Statement statement = statement(context, values);
            return new ProvenWindow(values, statement, proving.secondHalf(statement.wordBytes()));
        } catch (JointProofException failed) {
            throw abort(failed);
        }
    }

    /** What the prover finds ends the attempt as every other check does. Which of two senders lied cannot be told. */
    private static ProtocolAbortException abort(JointProofException failed) {
        ProtocolAbortException abort =
                new ProtocolAbortException(Reason.CHECK_FAILED, null, "prove: " + failed.reason());
        abort.initCause(failed);
        return abort;
    }

    private WitnessShare witness(
            SessionProvingEngine engine,
            ContextHash context,
            List<BigInteger> publicInputs,
            UsedSlots used,
            SharedReading reading,
            ElementShares mask,
            G1Point expected) {
        try (FieldShares words = shares(reading.variableWords());
                FieldShares book = shares(reading.book());
                FieldShares limbs = shares(reading.limbs());
                FieldShares counts = shares(reading.counts());
                FieldShares bits = shares(reading.bits());
                FieldShares advice = shares(reading.advice());
                FieldShares blinding = shares(mask);
                FieldShares limbMask = engine.random(LIMB_MASK, rule.limbBits() == 0 ? 0 : 1)) {
            int party = session.self().index();
            return new WindowWitness(
                            party,
                            context,
                            publicInputs,
                            used,
                            words,
                            book,
                            limbs,
                            counts,
                            bits,
                            advice,
                            blinding,
                            limbMask,
                            expected)
                    .share(rule, key.circuit());
        }
    }

    private List<BigInteger> openOutputs(ElementShares outputs) {
        byte[] opened = FrVector.encode(opener.open(session, outputs));
        List<BigInteger> values = new ArrayList<>();
        for (int at = 0; at < opened.length; at += ScalarField.BYTES) {
            values.add(ScalarField.decode(Arrays.copyOfRange(opened, at, at + ScalarField.BYTES)));
        }
        return values;
    }

    /** An output outside its interval comes from a product that somebody changed. */
    private Statement statement(ContextHash context, PublicValues values) {
        try {
            return Statement.of(rule, context, values);
        } catch (RuleException e) {
            throw new ProtocolAbortException(Reason.CHECK_FAILED, null, OUTPUTS);
        }
    }

    private static FieldShares shares(ElementShares shares) {
        return FieldShares.of(shares.ownBytes(), shares.nextBytes());
    }
}

package io.veilflow.pipeline.simulate;

import io.veilflow.mpc.field.FrVector;
import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.replicated.IntegerShares;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.session.ProtocolAbortException.Reason;
import io.veilflow.mpc.session.Session;
import io.veilflow.pipeline.admit.RangeCheck;
import io.veilflow.pipeline.encoding.Fields;
import io.veilflow.pipeline.encoding.Hashes;
import io.veilflow.pipeline.evaluate.SharedReading;
import io.veilflow.pipeline.open.OutputOpener;
import io.veilflow.pipeline.party.PartyEngine;
import io.veilflow.pipeline.prove.ProvenWindow;
import io.veilflow.pipeline.prove.WindowBook;
import io.veilflow.zk.commitment.G1Point;
import io.veilflow.zk.field.ScalarField;
import io.veilflow.zk.rule.PublicValues;
import io.veilflow.zk.rule.Rule;
import io.veilflow.zk.rule.RuleException;
import io.veilflow.zk.rule.UsedSlots;
import io.veilflow.zk.statement.Statement;
import io.veilflow.zk.verify.Proof;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * The engine of a simulated party: one round of messages in place of each protocol, so that each can be cut off or outlive its epoch, and
 * the {@link IdealFunctionality} behind it. A party whose peers compute on something else (unit, root, attempt, public inputs) aborts.
 */
final class IdealEngine implements PartyEngine {
    private static final String LABEL = "ideal";

    private final Rule rule;
    private final IdealFunctionality functionality;

    IdealEngine(Rule rule, IdealFunctionality functionality) {
        this.rule = rule;
        this.functionality = functionality;
    }

    @Override
    public boolean[] rangeCheck(Session session, List<RangeCheck.Candidate> candidates) {
        Operation operation = session.operation("range-check/ideal");
        String computation = computation(operation, session, List.of());
        functionality.give(
                computation,
                session.self(),
                IntegerShares.concat(
                        candidates.stream().map(RangeCheck.Candidate::numbers).toList()));
        round(operation, computation);
        return functionality
                .inRange(
                        computation,
                        candidates.stream().map(RangeCheck.Candidate::fields).toList())
                .orElseThrow(() -> abort(Reason.HOLDERS_DISAGREE, operation));
    }

    @Override
    public SharedReading evaluate(Session session, WindowBook book, List<BigInteger> publicInputs, UsedSlots used) {
        Operation operation = session.operation("evaluate/ideal");
        String computation = computation(operation, session, publicInputs);
        functionality.give(computation, session.self(), book.numbers());
        round(operation, computation);
        ElementShares outputs = functionality
                .outputs(computation, session.self(), publicInputs, used)
                .orElseThrow(() -> abort(Reason.HOLDERS_DISAGREE, operation));
        return new SharedReading(none(), none(), none(), none(), none(), outputs, none());
    }

    @Override
    public ProvenWindow prove(
            Session session, Sealed sealed, WindowBook book, SharedReading reading, OutputOpener opener) {
        Operation firstHalf = session.operation("prove/ideal-1");
        round(firstHalf, computation(firstHalf, session, sealed.publicInputs()));
        List<BigInteger> outputs = numbers(opener.open(session, reading.outputs()));
        PublicValues values = new PublicValues(outputs, sealed.publicInputs(), sealed.used());
        Operation secondHalf = session.operation("prove/ideal-2");
        Statement statement = statement(sealed, values, secondHalf);
        round(secondHalf, computation(secondHalf, session, outputs));
        return new ProvenWindow(values, statement, functionality.prove(statement, sealed.commitment()));
    }

    @Override
    public boolean holds(Statement statement, Proof proof, G1Point commitment) {
        return functionality.holds(statement, proof, commitment);
    }

    private Statement statement(Sealed sealed, PublicValues values, Operation operation) {
        try {
            return Statement.of(rule, sealed.context(), values);
        } catch (RuleException outside) {
            throw abort(Reason.CHECK_FAILED, operation);
        }
    }

    /** All three have begun, and on the same. */
    private static void round(Operation operation, String computation) {
        byte[] hash = Hashes.sha256(Fields.text(computation));
        PartyId self = operation.self();
        operation.send(self.next(), LABEL, hash.clone());
        operation.send(self.previous(), LABEL, hash.clone());
        for (PartyId peer : List.of(self.next(), self.previous())) {
            if (!Arrays.equals(operation.receive(peer, LABEL, hash.length), hash)) {
                throw abort(Reason.CHECK_FAILED, operation);
            }
        }
    }

    private static String computation(Operation operation, Session session, List<BigInteger> publicNumbers) {
        return operation.path() + " " + HexFormat.of().formatHex(operation.epoch()) + " "
                + session.context().kind() + " " + session.context().id() + " "
                + session.context().attempt() + " "
                + HexFormat.of().formatHex(session.context().manifestRoot()) + " " + publicNumbers;
    }

    private static ElementShares none() {
        return ElementShares.zeros(PrimeField.FR, 0);
    }

    private static List<BigInteger> numbers(long[] elements) {
        byte[] bytes = FrVector.encode(elements);
        List<BigInteger> numbers = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += ScalarField.BYTES) {
            numbers.add(ScalarField.decode(Arrays.copyOfRange(bytes, at, at + ScalarField.BYTES)));
        }
        return numbers;
    }

    private static ProtocolAbortException abort(Reason reason, Operation operation) {
        return new ProtocolAbortException(reason, null, operation.path());
    }
}

package io.veilflow.mpc.fair;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.session.ProtocolAbortException.Reason;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Agreement on T1 and T2, signed by all three before the first hash: P0 proposes, the others check that the times are
 * plausible, sign, and show each other what P0 signed. Two rounds; nothing secret. Any failure ends the session before
 * anybody is ready.
 */
final class FairStart {
    private static final String LABEL = "start";
    private static final int TIMES_BYTES = 2 * Long.BYTES;
    private static final int SIGNATURE_BYTES = FairStatement.SIGNATURE_BYTES;

    private final Operation operation;
    private final FairStatement statement;
    private final PartySignatures signatures;
    private final FairClock clock;
    private final FairLimits limits;

    FairStart(Operation operation, FairStatement statement, FairPorts ports) {
        this.operation = operation;
        this.statement = statement;
        this.signatures = ports.signatures();
        this.clock = ports.clock();
        this.limits = ports.limits();
    }

    /** @throws ProtocolAbortException also CONTRADICTION if P0 signed other times for the third party */
    FairTimes agree() {
        return operation.self() == PartyId.P0 ? propose() : follow();
    }

    private FairTimes propose() {
        FairTimes times = limits.propose(clock.millis());
        byte[] proposal = signed(times, signatures.sign(statement.start(times)));
        for (PartyId peer : new PartyId[] {PartyId.P1, PartyId.P2}) {
            operation.send(peer, LABEL, proposal.clone());
        }
        for (PartyId peer : new PartyId[] {PartyId.P1, PartyId.P2}) {
            byte[] signature = operation.receive(peer, LABEL, SIGNATURE_BYTES);
            require(signatures.verify(peer, statement.start(times), signature), Reason.UNEXPECTED_MESSAGE, peer);
        }
        return times;
    }

    private FairTimes follow() {
        byte[] proposal = operation.receive(PartyId.P0, LABEL, TIMES_BYTES + SIGNATURE_BYTES);
        FairTimes times = times(PartyId.P0, proposal);
        byte[] message = statement.start(times);
        require(signatures.verify(PartyId.P0, message, signature(proposal, 0)), Reason.UNEXPECTED_MESSAGE, PartyId.P0);
        // no accusation: the proposal may have been on its way for too long
        require(limits.allows(times, clock.millis()), Reason.TIMEOUT, PartyId.P0);
        byte[] own = signatures.sign(message);
        PartyId other = operation.self() == PartyId.P1 ? PartyId.P2 : PartyId.P1;
        operation.send(PartyId.P0, LABEL, own);
        operation.send(other, LABEL, joined(proposal, own));
        compare(other, proposal);
        return times;
    }

    /** What the other follower was shown, and its signature under it. */
    private void compare(PartyId other, byte[] proposal) {
        byte[] shown = operation.receive(other, LABEL, TIMES_BYTES + 2 * SIGNATURE_BYTES);
        byte[] message = statement.start(times(other, shown));
        boolean genuine = signatures.verify(PartyId.P0, message, signature(shown, 0))
                && signatures.verify(other, message, signature(shown, 1));
        require(genuine, Reason.UNEXPECTED_MESSAGE, other);
        boolean same = Arrays.equals(shown, 0, TIMES_BYTES, proposal, 0, TIMES_BYTES);
        require(same, Reason.CONTRADICTION, PartyId.P0);
    }

    private FairTimes times(PartyId from, byte[] message) {
        ByteBuffer in = ByteBuffer.wrap(message);
        long ready = in.getLong();
        long echo = in.getLong();
        require(ready >= 0 && echo >= ready, Reason.UNEXPECTED_MESSAGE, from);
        return new FairTimes(ready, echo);
    }

    private static byte[] signature(byte[] message, int index) {
        int from = TIMES_BYTES + index * SIGNATURE_BYTES;
        return Arrays.copyOfRange(message, from, from + SIGNATURE_BYTES);
    }

    private static byte[] signed(FairTimes times, byte[] signature) {
        return joined(FairStatement.bytes(times), signature);
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] out = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, out, first.length, second.length);
        return out;
    }

    private void require(boolean holds, Reason reason, PartyId peer) {
        if (!holds) {
            throw new ProtocolAbortException(reason, peer, operation.path() + "/" + LABEL);
        }
    }
}

package io.veilflow.mpc.threshold.ecdsa;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.replicated.ContextHash;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.session.ProtocolAbortException.Reason;
import java.util.Arrays;

/** Words of one operation that every party says to both others. */
final class Broadcast {
    private final Operation operation;

    Broadcast(Operation operation) {
        this.operation = operation;
    }

    /** @return what each party said to this one, by party index; this party's own among them */
    byte[][] exchange(String label, byte[] mine) {
        PartyId self = operation.self();
        operation.send(self.next(), label, mine.clone());
        operation.send(self.previous(), label, mine.clone());
        byte[][] out = new byte[PartyId.values().length][];
        out[self.index()] = mine;
        out[self.next().index()] = operation.receive(self.next(), label, mine.length);
        out[self.previous().index()] = operation.receive(self.previous(), label, mine.length);
        return out;
    }

    /**
     * All three compare a hash of what they hold.
     *
     * @throws ProtocolAbortException of this reason, about the peer that holds something else
     */
    void agree(String label, Reason reason, byte[]... held) {
        byte[] mine = ContextHash.of(operation, "veilflow/account/" + label + "/1", bound(held));
        byte[][] all = exchange(label, mine);
        for (PartyId peer : PartyId.values()) {
            if (!Arrays.equals(mine, all[peer.index()])) {
                throw new ProtocolAbortException(reason, peer, operation.path() + "/" + label);
            }
        }
    }

    /** With the epoch before them, so that a hash of one connection means nothing in another. */
    private byte[][] bound(byte[][] held) {
        byte[][] out = new byte[held.length + 1][];
        out[0] = operation.epoch();
        System.arraycopy(held, 0, out, 1, held.length);
        return out;
    }
}

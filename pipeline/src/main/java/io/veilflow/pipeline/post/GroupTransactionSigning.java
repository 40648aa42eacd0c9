package io.veilflow.pipeline.post;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.session.ProtocolAbortException.Reason;
import io.veilflow.mpc.session.Session;
import io.veilflow.mpc.threshold.ecdsa.AccountKeyShare;
import io.veilflow.mpc.threshold.ecdsa.AccountSigner;
import io.veilflow.mpc.threshold.ecdsa.EcdsaSignature;
import io.veilflow.pipeline.post.GroupTransactionPolicy.Refusal;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Function;

/**
 * One transaction of the group's account in a session of all three: the party on duty proposes it, the two others look at it, and if
 * both agree the three sign its hash.
 *
 * <p><b>Protocol.</b> "length" and "transaction" from the proposer to both; "answer" from each of the two to both others, one byte, 0 for yes;
 * then one presignature and one signature ({@link AccountSigner}), in which the three compare the hash, so that a proposer that shows the two
 * different transactions gets no signature of either.
 *
 * <p><b>Security.</b> One of three, malicious, with abort: nothing is signed that an honest party refused. <b>Failure.</b> CONFIGURATION
 * about whoever refused or proposed; LENGTH, naming the proposer, for a length out of bounds; and as {@code AccountSigner}.
 */
public final class GroupTransactionSigning {
    /** More than any post. */
    static final int MOST_BYTES = 1 << 16;

    private static final byte YES = 0;

    private final Session session;
    private final String path;
    private final AccountKeyShare share;

    /** @param path where in the session; this object claims it and what is below */
    public GroupTransactionSigning(Session session, String path, AccountKeyShare share) {
        this.session = session;
        this.path = path;
        this.share = share;
    }

    /**
     * What the three have signed.
     *
     * @param signature verified
     */
    public record Signed(GroupTransaction transaction, EcdsaSignature signature) {}

    /** At the party on duty. */
    public Signed propose(GroupTransaction own) {
        byte[] bytes = own.encoded().toByteArray();
        if (bytes.length > MOST_BYTES) {
            throw new IllegalArgumentException("a transaction of " + bytes.length + " bytes is no post");
        }
        Operation operation = session.operation(path);
        PartyId self = operation.self();
        byte[] length = ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array();
        for (PartyId peer : new PartyId[] {self.next(), self.previous()}) {
            operation.send(peer, "length", length.clone());
            operation.send(peer, "transaction", bytes.clone());
        }
        for (PartyId peer : new PartyId[] {self.next(), self.previous()}) {
            requireYes(operation, peer);
        }
        return sign(own);
    }

    /**
     * At the two others.
     *
     * @param check why this party does not sign it, if it does not
     */
    public Signed answer(PartyId proposer, Function<GroupTransaction, Optional<Refusal>> check) {
        Operation operation = session.operation(path);
        Optional<GroupTransaction> proposed = GroupTransaction.decode(received(operation, proposer));
        Optional<Refusal> refusal = proposed.isEmpty() ? Optional.of(Refusal.MALFORMED) : check.apply(proposed.get());
        PartyId other = third(operation.self(), proposer);
        for (PartyId peer : new PartyId[] {proposer, other}) {
            operation.send(peer, "answer", new byte[] {
                refusal.map(reason -> (byte) (reason.ordinal() + 1)).orElse(YES)
            });
        }
        refusal.ifPresent(reason -> {
            throw new ProtocolAbortException(Reason.CONFIGURATION, proposer, operation.path() + ", refused: " + reason);
        });
        requireYes(operation, other);
        return sign(proposed.orElseThrow());
    }

    private static ByteString received(Operation operation, PartyId proposer) {
        int length = ByteBuffer.wrap(operation.receive(proposer, "length", Integer.BYTES))
                .getInt();
        if (length < 1 || length > MOST_BYTES) {
            throw new ProtocolAbortException(Reason.LENGTH, proposer, operation.path() + "/transaction");
        }
        return ByteString.copyFrom(operation.receive(proposer, "transaction", length));
    }

    private static PartyId third(PartyId one, PartyId other) {
        return one.next() == other ? other.next() : one.next();
    }

    private static void requireYes(Operation operation, PartyId peer) {
        if (operation.receive(peer, "answer", 1)[0] != YES) {
            throw new ProtocolAbortException(Reason.CONFIGURATION, peer, operation.path() + "/answer");
        }
    }

    private Signed sign(GroupTransaction transaction) {
        try (AccountSigner signer = new AccountSigner(session, path + "/account", share)) {
            signer.prepare(1);
            return new Signed(transaction, signer.sign(transaction.signingHash()));
        }
    }
}

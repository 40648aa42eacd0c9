package io.veilflow.mpc.threshold.ecdsa;

import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.replicated.InputAgreement;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.session.ProtocolAbortException.Reason;
import io.veilflow.mpc.session.Session;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.Supplier;

/**
 * The account of the group in one session of the three parties: prepares presignatures and signs hashes with them (PROTOCOLS 9). All
 * three call the same methods in the same order, with the same arguments.
 *
 * <p><b>Security.</b> One of three, malicious, with abort: one party can stop a signature, not make, change or divert one, and
 * learns nothing of the key. All three take part. Whether a hash should be signed the caller decides before; here the three make sure
 * that they sign the same one, with the same presignature of the same generation. A signature is verified before it is given out.
 *
 * <p><b>Presignatures</b> stay in this object and serve once. Any failure erases all of them and ends this object: the next signature
 * needs a new session, hence new randomness. A signature that was opened and is none suspends the key share as well (THREATS G13).
 *
 * <p><b>Cost.</b> {@link Presigning} once per batch and one round before the first; two rounds a signature. Belongs to the session's thread.
 */
public final class AccountSigner implements AutoCloseable {
    /** Of one batch; each takes about 2 KB. */
    public static final int MOST_PREPARED = 1024;

    private final Session session;
    private final String path;
    private final AccountKeyShare share;
    private final Deque<Presignature> prepared = new ArrayDeque<>();
    private int batches;
    private int signatures;
    private boolean ended;

    /**
     * @param path where in the session; this object claims it and what is below
     * @param share stays the caller's, open until the end
     * @throws IllegalArgumentException if it is another party's, or suspended
     */
    public AccountSigner(Session session, String path, AccountKeyShare share) {
        if (share.holder() != session.self() || share.isSuspended()) {
            throw new IllegalArgumentException(
                    session.self() + " does not sign with " + (share.isSuspended() ? "suspended " : "") + share);
        }
        this.session = session;
        this.path = path;
        this.share = share;
    }

    /**
     * Makes presignatures.
     *
     * @param count 1 to {@link #MOST_PREPARED}
     * @throws ProtocolAbortException HOLDERS_DISAGREE if parties hold other components or generations, CHECK_FAILED, or naming a sender
     */
    public void prepare(int count) {
        if (count < 1 || count > MOST_PREPARED - prepared.size()) {
            throw new IllegalArgumentException(
                    count + " presignatures beside " + prepared.size() + ", at most " + MOST_PREPARED);
        }
        endingUnlessDone(() -> {
            ElementShares key = share.shares();
            if (batches == 0) {
                compareShares(key);
            }
            prepared.addAll(new Presigning(session.operation(path + "/presign/" + batches)).presign(key, count));
            key.wipe();
            batches++;
            return prepared;
        });
    }

    /** How many hashes can be signed before {@link #prepare} is due again. */
    public int prepared() {
        return prepared.size();
    }

    /**
     * Signs a hash with the next presignature.
     *
     * @param hash 32 bytes, not zero modulo the order
     * @throws IllegalArgumentException if the hash is zero or of another length; nothing has been sent then
     * @throws IllegalStateException if nothing is prepared
     * @throws ProtocolAbortException CONFIGURATION if a peer wants to sign something else; HOLDERS_DISAGREE or CHECK_FAILED; or naming a sender
     */
    public EcdsaSignature sign(byte[] hash) {
        if (!Signing.isSignable(hash)) {
            throw new IllegalArgumentException("a hash of zero is not signed");
        }
        if (prepared.isEmpty()) {
            throw new IllegalStateException("no presignature is prepared");
        }
        return endingUnlessDone(() -> {
            Operation operation = session.operation(path + "/sign/" + signatures);
            try (Presignature presignature = prepared.remove()) {
                new Broadcast(operation)
                        .agree("agree", Reason.CONFIGURATION, Signing.statement(share.key(), presignature, hash));
                EcdsaSignature signature = new Signing(operation)
                        .sign(share.key().publicPoint(), presignature, hash)
                        .orElseThrow(() -> failed(operation));
                signatures++;
                return signature;
            }
        });
    }

    private <T> T endingUnlessDone(Supplier<T> step) {
        if (ended) {
            throw new IllegalStateException("this account signer has ended");
        }
        boolean done = false;
        try {
            T out = step.get();
            done = true;
            return out;
        } finally {
            if (!done) {
                close();
            }
        }
    }

    private void compareShares(ElementShares key) {
        byte[] named = share.key().encoded();
        byte[] own = joined(named, key.ownBytes());
        byte[] next = joined(named, key.nextBytes());
        new InputAgreement(session.operation(path + "/key")).compare(own, next);
        Arrays.fill(own, (byte) 0);
        Arrays.fill(next, (byte) 0);
    }

    /** Wipes the second. */
    private static byte[] joined(byte[] first, byte[] second) {
        byte[] out = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, out, first.length, second.length);
        Arrays.fill(second, (byte) 0);
        return out;
    }

    private ProtocolAbortException failed(Operation operation) {
        share.suspend();
        return new ProtocolAbortException(Reason.CHECK_FAILED, null, operation.path() + "/signature");
    }

    /** Erases what is left of the presignatures. */
    @Override
    public void close() {
        ended = true;
        prepared.forEach(Presignature::close);
        prepared.clear();
    }

    @Override
    public String toString() {
        return "AccountSigner[" + share.key() + "]";
    }
}

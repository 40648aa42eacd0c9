package io.veilflow.mpc.verification;

import io.veilflow.mpc.field.NotCanonicalException;
import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.field.Words;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.randomness.PrssContext;
import io.veilflow.mpc.randomness.PrssStream;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.session.ProtocolAbortException.Reason;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Messages and randomness of one proof: labels {@code <name>/<kind>/<prover>/<message>}, PRSS purposes {@code
 * <name>/<kind>/<what>}.
 */
final class ProofChannel {
    static final int ECHO_BYTES = 32;

    private final Operation operation;
    private final PrimeField field;
    private final PartyId prover;
    private final String purposes;
    private final String labels;

    ProofChannel(Operation operation, PrimeField field, String name, String kind, PartyId prover) {
        this.operation = operation;
        this.field = field;
        this.prover = prover;
        this.purposes = name + "/" + kind + "/";
        this.labels = purposes + prover.index();
    }

    PrimeField field() {
        return field;
    }

    PartyId prover() {
        return prover;
    }

    PartyId left() {
        return prover.previous();
    }

    PartyId right() {
        return prover.next();
    }

    /** Elements of F_i that the prover shares with the left verifier. */
    long[] withLeft(String purpose, int count) {
        return elements(stream(prover, purpose), count);
    }

    /** Elements of F_{i+1} that the prover shares with the right verifier. */
    long[] withRight(String purpose, int count) {
        return elements(stream(prover.next(), purpose), count);
    }

    /** Coins of F_{i+2}, which the prover lacks. */
    PrssStream coins(String purpose) {
        return stream(prover.previous(), purpose);
    }

    private PrssStream stream(PartyId key, String purpose) {
        return operation.stream(key.index(), purposes + purpose);
    }

    long[] elements(PrssStream stream, int count) {
        long[] out = new long[count * field.words()];
        stream.elements(field, out, 0, count);
        return out;
    }

    void send(PartyId to, String message, byte[] payload) {
        operation.send(to, labels + "/" + message, payload);
    }

    void send(PartyId to, String message, long[] elements) {
        send(to, message, field.encode(elements));
    }

    byte[] receive(PartyId from, String message, int bytes) {
        return operation.receive(from, labels + "/" + message, bytes);
    }

    long[] receiveElements(PartyId from, String message, int count) {
        byte[] payload = receive(from, message, count * field.bytes());
        try {
            return field.decode(payload);
        } catch (NotCanonicalException e) {
            throw new ProtocolAbortException(Reason.NOT_CANONICAL, from, where(message));
        }
    }

    /** The hash by which the right verifier and the prover see that the left verifier told both the same. */
    byte[] echo(byte[] seed, long[] challenges) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(PrssContext.encode(
                            PrssContext.text("veilflow/echo"),
                            PrssContext.text(labels),
                            seed,
                            field.encode(challenges)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no SHA-256", e);
        }
    }

    /** The 16 bytes of the seed of the weights. */
    byte[] seed() {
        long[] words = new long[PrssStream.KEY_BYTES / Long.BYTES];
        coins("rho").words(words, 0, words.length);
        return Words.encode(words);
    }

    /** Nobody is accused: who failed cannot be told. */
    ProtocolAbortException failed(String what) {
        return new ProtocolAbortException(Reason.CHECK_FAILED, null, where(what));
    }

    private String where(String message) {
        return operation.path() + "/" + labels + "/" + message;
    }
}

package io.veilflow.pipeline.admit;

import io.veilflow.mpc.field.Int192;
import io.veilflow.mpc.field.Words;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.session.Session;
import io.veilflow.pipeline.submission.ComponentLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The components of disputed submissions, forwarded by their other holders to the party that could not open its ciphertext
 * (PROTOCOLS 4.1). P_(i-1) sends component i and its blinding to P_i, P_(i+1) sends component i+1: nothing that P_i is not meant
 * to hold, so a party that refuses for no reason learns nothing by it. What arrives is as trustworthy as its sender: the
 * receiver checks it against the commitments ({@link SubmissionOpener#openForwarded}).
 *
 * <p><b>Cost</b>: one round; 24 bytes a number and 32 bytes, from each of two parties. <b>Security</b>: one malicious party, in both
 * profiles; encrypted by the links. <b>Failure</b>: what ends a session, LENGTH among it.
 */
public final class ComponentForwarding {
    private static final int NUMBER_BYTES = Int192.WORDS * Long.BYTES;

    private final Session session;

    public ComponentForwarding(Session session) {
        this.session = session;
    }

    /**
     * One disputed submission.
     *
     * @param refuser who gets its components
     * @param wires numbers of the book
     * @param book what this party holds of it; empty at the refuser
     */
    public record Claim(PartyId refuser, int wires, Optional<OpenedBook> book) {}

    /**
     * What came for this party, in the order of its claims. Secret; the caller wipes it.
     *
     * @param own component i: numbers of 24 bytes, little-endian two's complement, then the blinding, 32 bytes
     * @param next component i+1, the same
     */
    public record Forwarded(byte[] own, byte[] next) {
        @Override
        public String toString() {
            return "Forwarded[" + own.length + " bytes]";
        }
    }

    /** Messages at "dispute/" and the number of the claim. All parties have the same claims in the same order. */
    public List<Forwarded> run(List<Claim> claims) {
        List<Operation> operations = new ArrayList<>();
        for (int k = 0; k < claims.size(); k++) {
            operations.add(session.operation("dispute/" + k));
            forward(operations.get(k), claims.get(k));
        }
        List<Forwarded> received = new ArrayList<>();
        for (int k = 0; k < claims.size(); k++) {
            Claim claim = claims.get(k);
            if (claim.refuser() == session.self()) {
                int bytes = bytes(claim.wires());
                byte[] own = operations.get(k).receive(session.self().previous(), "component", bytes);
                byte[] next = operations.get(k).receive(session.self().next(), "component", bytes);
                received.add(new Forwarded(own, next));
            }
        }
        return received;
    }

    private void forward(Operation operation, Claim claim) {
        PartyId self = session.self();
        if (claim.refuser() == self) {
            return;
        }
        OpenedBook book = claim.book()
                .orElseThrow(() -> new IllegalStateException("a party that accepted a submission does not hold it"));
        byte[] component = claim.refuser().previous() == self
                ? component(book.numbers().next(), book.blinding().nextBytes())
                : component(book.numbers().own(), book.blinding().ownBytes());
        operation.send(claim.refuser(), "component", component);
    }

    static int bytes(int wires) {
        return Math.addExact(Math.multiplyExact(wires, NUMBER_BYTES), ComponentLayout.BLINDING_BYTES);
    }

    /** The blinding is wiped. */
    private static byte[] component(long[] numbers, byte[] blinding) {
        byte[] words = Words.encode(numbers);
        byte[] out = Arrays.copyOf(words, words.length + blinding.length);
        System.arraycopy(blinding, 0, out, words.length, blinding.length);
        Arrays.fill(words, (byte) 0);
        Arrays.fill(blinding, (byte) 0);
        return out;
    }
}

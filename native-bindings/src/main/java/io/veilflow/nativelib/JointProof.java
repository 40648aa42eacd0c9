package io.veilflow.nativelib;

import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * One party's side of one joint Groth16 proof, as a state machine without input or output (PROTOCOLS section 8.3).
 *
 * <p><b>Protocol</b>: collaborative Groth16 after Ozdemir and Boneh, "Experimenting with Collaborative zk-SNARKs",
 * USENIX Security 2022; the row check, the collinearity checks before use and the zero-sharing of C are ours (8.3), and so
 * are ranges by limbs, for which a circuit has a second commitment and the proof a round zero (8.6).
 * The loop of a caller: take {@link #current}, do what the step asks, give the reply to {@link #step}, until
 * {@link JointStep.Done}.
 *
 * <p><b>Security</b>: the native side makes every check of 8.3 that needs no message. The caller owes verified products,
 * the opened zero of the row check and randomness that no party chose; with unverified products (profile S) there is no
 * malicious claim. Multi-scalar multiplications are not constant-time in the shares.
 *
 * <p><b>Cost</b>: with two commitments a round of 64 bytes to each peer; one round per level of the walk, one inversion of
 * all lookups; one round for the coin, the row check's, then two rounds of 384 and 64 bytes to each peer. Everything heavy is
 * computed at once, before round one. <b>Failure</b>: a {@link NativeException} ends the proof: r, s, masks and all shares are
 * wiped on the native side and every later call is refused, so none of them is used twice.
 *
 * <p>One thread at a time; a second one is refused, not made to wait.
 */
public final class JointProof implements AutoCloseable {
    private final long handle;
    private final CircuitSummary circuit;
    private final AtomicBoolean busy = new AtomicBoolean();
    private boolean closed;
    private JointStep current;

    private JointProof(long handle, CircuitSummary circuit) {
        this.handle = handle;
        this.circuit = circuit;
    }

    /**
     * Begins a proof.
     *
     * @param party 0, 1 or 2
     * @param witness this party's share of every input; copied, the caller closes it
     */
    public static JointProof start(ProvingKeyHandle key, int party, WitnessShare witness) {
        Objects.requireNonNull(witness, "witness");
        if (party < 0 || party > 2) {
            throw new NativeException(NativeStatus.INVALID_ARGUMENT, "party " + party);
        }
        NativeLibrary.loaded();
        byte[] encoded = witness.encode();
        try {
            byte[][] out = new byte[1][];
            NativeLibrary.check(NativeLibrary.startProof(key.handle(), party, encoded, out), out);
            JointProof proof = new JointProof(NativeLibrary.handleOf(out[0]), key.circuit());
            try {
                proof.current = proof.exchange(new byte[0]);
            } catch (NativeException e) {
                proof.close();
                throw e;
            }
            return proof;
        } finally {
            Arrays.fill(encoded, (byte) 0);
        }
    }

    /** What the prover waits for. */
    public JointStep current() {
        return guarded(() -> {
            requireOpen();
            return current;
        });
    }

    /**
     * Hands over the reply to {@link #current} and computes up to the next step.
     *
     * @param reply layout as the current step says; not kept, not wiped
     * @throws NativeException of the check that failed; the proof is over then
     */
    public JointStep step(byte[] reply) {
        Objects.requireNonNull(reply, "reply");
        return guarded(() -> {
            requireOpen();
            int expected = replyBytes(current);
            if (reply.length != expected) {
                throw new NativeException(
                        NativeStatus.INVALID_ARGUMENT,
                        "reply to " + current + ": " + reply.length + " bytes, expected " + expected);
            }
            current = exchange(reply);
            return current;
        });
    }

    /** Wipes this party's shares on the native side. Idempotent; refused while another thread is inside a step. */
    @Override
    public void close() {
        guarded(() -> {
            if (!closed) {
                closed = true;
                current = null;
                NativeLibrary.releaseProof(handle);
            }
            return null;
        });
    }

    @Override
    public String toString() {
        return "JointProof[" + circuit.constraints() + " constraints]";
    }

    private JointStep exchange(byte[] reply) {
        byte[][] out = new byte[1][];
        NativeLibrary.check(NativeLibrary.stepProof(handle, reply, out), out);
        return JointStepDecoder.decode(out[0], circuit.commitments());
    }

    private int replyBytes(JointStep step) {
        return JointStepDecoder.replyBytes(step, circuit);
    }

    private void requireOpen() {
        if (closed) {
            throw new NativeException(NativeStatus.CLOSED, "joint proof");
        }
    }

    private JointStep guarded(Supplier<JointStep> action) {
        if (!busy.compareAndSet(false, true)) {
            throw new NativeException(NativeStatus.CONCURRENT_USE, "joint proof");
        }
        try {
            return action.get();
        } finally {
            busy.set(false);
        }
    }
}

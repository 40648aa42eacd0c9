package io.veilflow.zk.joint;

import io.veilflow.nativelib.JointProof;
import io.veilflow.nativelib.JointStep;
import io.veilflow.nativelib.NativeException;
import io.veilflow.nativelib.ProvingKeyHandle;
import io.veilflow.nativelib.WitnessShare;
import io.veilflow.zk.verify.Proof;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * One party's side of one joint proof; afterwards every honest party holds the same proof, verified, or none does.
 *
 * <p><b>Protocol</b>: collaborative Groth16 (Ozdemir and Boneh, USENIX Security 2022) with the order and the checks of
 * PROTOCOLS sections 8.3 and 8.6: with limbs, round zero opens the commitment D2 to limbs and counts, which gives the challenge X of
 * the lookups; witness walk with products and inverses; public coin; row check (v = sum of q^k (a_k b_k - c_k) on replicated shares, t * v with a
 * random t opened and zero); r and s; round one, collinearity and commitment checked before use; outputs opened by the
 * caller; round two with a zero-sharing; verification before release.
 *
 * <p><b>Security</b>: nobody learns more than the opened outputs and the proof as long as one party at most is corrupt and
 * products are verified (profile M): limbs and counts are fixed before X is known, D2 hides them under a mask that is fresh for
 * every attempt, every product and inverse is verified before round one. In profile S they are not: the row check still finds every
 * witness that does not satisfy the circuit, but there is no malicious claim. <b>Cost</b>: with limbs one round of 64 bytes; one round
 * per level of the walk, and for levels with inverses two and a verification; four rounds and a verification for coin and row check;
 * two rounds of 384 and 64 bytes. <b>Failure</b>: {@link JointProofException}, or what the engine throws; the session wipes its
 * shares and refuses everything afterwards, so r, s and the masks serve one attempt.
 *
 * <p>One thread; not reusable.
 */
public final class JointProvingSession implements AutoCloseable {
    private enum State {
        NEW,
        FIRST_HALF_DONE,
        ENDED
    }

    private final ProvingEngine engine;
    private final JointProof proof;
    private State state = State.NEW;

    /**
     * @param key the job's proving key; may be closed once this returns
     * @param witness this party's share of all inputs; copied, the caller closes it
     * @throws JointProofException NATIVE if the share does not fit the circuit
     */
    public JointProvingSession(ProvingKeyHandle key, ProvingEngine engine, WitnessShare witness) {
        this.engine = engine;
        try {
            this.proof = JointProof.start(key, engine.party(), witness);
        } catch (NativeException e) {
            throw new JointProofException(e);
        }
    }

    /**
     * Everything up to the checked round one. After it, and not before, the outputs may be opened.
     *
     * @throws JointProofException ROW_CHECK, NOT_COLLINEAR, INCONSISTENT_OPENING, COMMITMENT_MISMATCH, NATIVE, WRONG_STATE
     */
    public void firstHalf() {
        run(State.NEW, State.FIRST_HALF_DONE, () -> {
            walk(roundZero());
            RowCheck check = engine.rowCheck("rows");
            checkRows(check, expect(proof.step(check.openCoin()), JointStep.RowTerms.class));
            JointStep.RoundOne one = expect(stepAndWipe(blindings()), JointStep.RoundOne.class);
            return expect(proof.step(exchange("round-one", one.message())), JointStep.RoundOneChecked.class);
        });
    }

    /**
     * Round two with the opened outputs.
     *
     * @param openedWords all public words without the context, 32 bytes each
     * @return the proof, verified against context and words
     * @throws JointProofException PROOF_INVALID, NATIVE, WRONG_STATE
     */
    public Proof secondHalf(byte[] openedWords) {
        return run(State.FIRST_HALF_DONE, State.ENDED, () -> {
            byte[] zero = engine.zeroShare("round-two/zero");
            JointStep.RoundTwo two = expect(stepAndWipe(concat(openedWords, zero)), JointStep.RoundTwo.class);
            Arrays.fill(zero, (byte) 0);
            JointStep.Done done = expect(proof.step(exchange("round-two", two.message())), JointStep.Done.class);
            proof.close();
            return Proof.of(done.proof());
        });
    }

    /** Wipes this party's shares. Idempotent. */
    @Override
    public void close() {
        state = State.ENDED;
        proof.close();
    }

    @Override
    public String toString() {
        return "JointProvingSession[party " + engine.party() + ", " + state + "]";
    }

    /** D2, where the circuit has a second commitment. */
    private JointStep roundZero() {
        JointStep first = proof.current();
        return first instanceof JointStep.RoundZero zero ? proof.step(exchange("round-zero", zero.message())) : first;
    }

    /** Products and inverses of secret wires, level by level. */
    private void walk(JointStep first) {
        int level = 0;
        JointStep step = first;
        while (!(step instanceof JointStep.RowCoin)) {
            step = step instanceof JointStep.Inversions inversions
                    ? invert("inverses-" + level, inversions)
                    : multiply("walk-" + level, expect(step, JointStep.Products.class));
            level++;
        }
    }

    private JointStep multiply(String label, JointStep.Products products) {
        try (FieldShares x = FieldShares.of(products.xOwn(), products.xNext());
                FieldShares y = FieldShares.of(products.yOwn(), products.yNext());
                FieldShares z = engine.multiply(label, x, y)) {
            return stepAndWipe(concat(z.own(), z.next()));
        }
    }

    private JointStep invert(String label, JointStep.Inversions inversions) {
        try (FieldShares x = FieldShares.of(inversions.xOwn(), inversions.xNext());
                FieldShares w = engine.invert(label, x)) {
            return stepAndWipe(concat(w.own(), w.next()));
        }
    }

    /** Goes on only if t * v is zero; a witness that fails shows nothing else. */
    private void checkRows(RowCheck check, JointStep.RowTerms rows) {
        try (FieldShares x = FieldShares.of(rows.xOwn(), rows.xNext());
                FieldShares y = FieldShares.of(rows.yOwn(), rows.yNext());
                FieldShares rest = FieldShares.of(rows.restOwn(), rows.restNext())) {
            if (!check.holds(x, y, rest)) {
                throw new JointProofException(
                        JointProofException.Reason.ROW_CHECK, "the shared witness does not satisfy the circuit");
            }
        }
    }

    /** r and s, which blind the proof. */
    private byte[] blindings() {
        try (FieldShares r = engine.random("blinding/r", 1);
                FieldShares s = engine.random("blinding/s", 1)) {
            return concat(r.own(), r.next(), s.own(), s.next());
        }
    }

    private byte[] exchange(String label, byte[] message) {
        PeerMessages peers = engine.exchange(label, message);
        return concat(peers.ofNext(), peers.ofPrevious());
    }

    private JointStep stepAndWipe(byte[] reply) {
        try {
            return proof.step(reply);
        } finally {
            Arrays.fill(reply, (byte) 0);
        }
    }

    private <T> T run(State from, State to, Supplier<T> half) {
        if (state != from) {
            throw new JointProofException(JointProofException.Reason.WRONG_STATE, "the session is " + state);
        }
        boolean done = false;
        try {
            T result = half.get();
            state = to;
            done = true;
            return result;
        } catch (NativeException e) {
            throw new JointProofException(e);
        } finally {
            if (!done) {
                close();
            }
        }
    }

    private static <T extends JointStep> T expect(JointStep step, Class<T> kind) {
        if (!kind.isInstance(step)) {
            throw new JointProofException(
                    JointProofException.Reason.NATIVE, step + " where " + kind.getSimpleName() + " belongs");
        }
        return kind.cast(step);
    }

    private static byte[] concat(byte[]... parts) {
        byte[] all = new byte[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }
}

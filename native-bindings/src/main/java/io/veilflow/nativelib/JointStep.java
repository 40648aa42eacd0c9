package io.veilflow.nativelib;

/**
 * What the joint prover asks for next, in the order of PROTOCOLS section 8.3. Each step says what {@link JointProof#step}
 * takes as the reply. All vectors are concatenated 32-byte big-endian field elements; {@code own} and {@code next} are
 * this party's two replicated components. Arrays belong to the caller.
 */
public sealed interface JointStep {
    /**
     * One level of the witness walk: z = x * y element by element, on replicated shares. Secret.
     *
     * <p>Reply: {@code z own || z next}.
     */
    record Products(byte[] xOwn, byte[] xNext, byte[] yOwn, byte[] yNext) implements JointStep {
        public int count() {
            return xOwn.length / WitnessShare.ELEMENT_BYTES;
        }

        @Override
        public String toString() {
            return "Products[" + count() + "]";
        }
    }

    /** The witness is fixed; the row check needs a public coin q, opened only now. Reply: {@code q}. */
    record RowCoin() implements JointStep {}

    /**
     * The row check: v = sum of x_k * y_k - rest, with x_k = q^k * a_k, y_k = b_k, rest = sum of q^k * c_k. The caller
     * computes one dot product, multiplies by a random [t], opens t*v and goes on only if it is zero. Secret.
     *
     * <p>Reply: {@code r own || r next || s own || s next}, fresh random elements nobody knows.
     */
    record RowTerms(byte[] xOwn, byte[] xNext, byte[] yOwn, byte[] yNext, byte[] restOwn, byte[] restNext)
            implements JointStep {
        public int count() {
            return xOwn.length / WitnessShare.ELEMENT_BYTES;
        }

        @Override
        public String toString() {
            return "RowTerms[" + count() + "]";
        }
    }

    /**
     * This party's round-one message {@code A(64) || B in G1(64) || B in G2(128) || D(64) || PoK(64)}, for both peers.
     *
     * <p>Reply: {@code message of party i+1 || message of party i+2} (indices mod 3).
     */
    record RoundOne(byte[] message) implements JointStep {}

    /**
     * All five openings are on a line, B agrees in both groups, D is the expected sum. Now the outputs may be opened.
     *
     * <p>Reply: {@code public words (32 bytes each, without context) || F_i - F_(i+1)}.
     */
    record RoundOneChecked() implements JointStep {}

    /** This party's share of C, 64 bytes, for both peers. Reply: {@code of party i+1 || of party i+2}. */
    record RoundTwo(byte[] message) implements JointStep {}

    /** The proof, 384 bytes ({@code A || B || C || D || PoK}), already verified against context and words. */
    record Done(byte[] proof) implements JointStep {}
}

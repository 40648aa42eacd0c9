package io.veilflow.nativelib;

/**
 * What the joint prover asks for next, in the order of PROTOCOLS section 8.3. Each step says what {@link JointProof#step}
 * takes as the reply. All vectors are concatenated 32-byte big-endian field elements; {@code own} and {@code next} are
 * this party's two replicated components. Arrays belong to the caller.
 */
public sealed interface JointStep {
    /**
     * With two commitments only: this party's share of D2, the commitment to limbs and counts, 64 bytes, for both peers
     * (section 8.6). Its opening is on a line, or the proof ends; its challenge is the X of the lookups.
     *
     * <p>Reply: {@code of party i+1 || of party i+2} (indices mod 3).
     */
    record RoundZero(byte[] message) implements JointStep {}

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

    /**
     * Inverses that the witness walk needs: w = 1 / x element by element, on replicated shares. Secret; a zero ends the proof.
     *
     * <p>Reply: {@code w own || w next}.
     */
    record Inversions(byte[] xOwn, byte[] xNext) implements JointStep {
        public int count() {
            return xOwn.length / WitnessShare.ELEMENT_BYTES;
        }

        @Override
        public String toString() {
            return "Inversions[" + count() + "]";
        }
    }

    /** The witness is fixed; the row check needs a public coin q, opened only now. Reply: {@code q}. */
    record RowCoin() implements JointStep {}

    /**
     * The row check: v = sum of x_k * y_k - rest, with x_k = q^k * a_k and y_k = b_k for every row k with two shared factors,
     * rest = the sum of q^k * c_k over all rows less that of the other rows' products. The caller computes one dot product, multiplies by a random [t], opens t*v and goes on only if it is zero. Secret.
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
     * This party's round-one message {@code A(64) || B in G1(64) || B in G2(128) || D(64) || PoK(64)}, for both peers; with
     * two commitments their PoKs are folded.
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

    /** The proof, {@code A || B || C || D [|| D2] || PoK}, 384 or 448 bytes, already verified against context and words. */
    record Done(byte[] proof) implements JointStep {}
}

package io.veilflow.nativelib;

import java.nio.ByteBuffer;

/**
 * What a rule becomes as a circuit (docs/wire.md section 3): how many wires of each group, in the order of the witness,
 * and how large it is. All of it is public.
 *
 * @param circuitDigest 32 bytes; keys are cached by it
 * @param ruleHash 32 bytes, SHA-256 of the canonical rule
 * @param words public words after {@code context}: variable words, then parameter words
 * @param variableWords words that hold outputs and FEED inputs
 * @param outputBits bits of all outputs together
 * @param bookWires committed wires, and so basis points without the mask
 * @param publicWires one per public input of the rule and one per used bit
 * @param limbs of all ranges that are shown by limbs
 * @param counts entries of the lookup table
 * @param bits of all ranges that are shown by bits
 * @param adviceWires flags of the comparisons
 * @param constraints rows
 * @param internalWires wires that are computed: products, squares, the mask and the challenge
 * @param productLevels rounds of the witness walk
 * @param products shared products of the witness walk
 * @param commitments inside the proof, 1 or 2
 * @param limbBits of the rule
 */
public record CircuitSummary(
        byte[] circuitDigest,
        byte[] ruleHash,
        int words,
        int variableWords,
        int outputBits,
        int bookWires,
        int publicWires,
        int limbs,
        int counts,
        int bits,
        int adviceWires,
        int constraints,
        int internalWires,
        int productLevels,
        int products,
        int commitments,
        int limbBits) {
    private static final int DIGEST_BYTES = 32;
    private static final int ENCODED_BYTES = 2 * DIGEST_BYTES + 15 * Integer.BYTES;

    static CircuitSummary decode(byte[] encoded) {
        if (encoded.length != ENCODED_BYTES) {
            throw new NativeException(NativeStatus.INTERNAL, "circuit summary of " + encoded.length + " bytes");
        }
        ByteBuffer in = ByteBuffer.wrap(encoded);
        byte[] digest = new byte[DIGEST_BYTES];
        byte[] rule = new byte[DIGEST_BYTES];
        in.get(digest).get(rule);
        return new CircuitSummary(
                digest,
                rule,
                in.getInt(),
                in.getInt(),
                in.getInt(),
                in.getInt(),
                in.getInt(),
                in.getInt(),
                in.getInt(),
                in.getInt(),
                in.getInt(),
                in.getInt(),
                in.getInt(),
                in.getInt(),
                in.getInt(),
                in.getInt(),
                in.getInt());
    }

    /** Wires that a witness share supplies, without the mask: context, words, book, publics, limbs, counts, bits, advice. */
    public int inputWires() {
        return publicInputs() + bookWires + publicWires + limbs + counts + bits + adviceWires;
    }

    /** Public inputs of a proof: context and the words. */
    public int publicInputs() {
        return 1 + words;
    }

    @Override
    public byte[] circuitDigest() {
        return circuitDigest.clone();
    }

    @Override
    public byte[] ruleHash() {
        return ruleHash.clone();
    }
}

package io.veilflow.nativelib;

import java.util.Objects;

/**
 * The prover's functions that work on public data: circuits, keys, commitments by whoever owns the values, verification.
 * Stateless and thread-safe. Every call throws {@link NativeException} with {@link NativeStatus#LIBRARY_UNAVAILABLE} if
 * the library is missing; {@link #requireLibrary} does only that, for a program that refuses to start without it.
 */
public final class NativeProver {
    private static final int ELEMENT = WitnessShare.ELEMENT_BYTES;
    private static final int POINT = WitnessShare.POINT_BYTES;

    private NativeProver() {}

    /** Loads the library, or says which paths were tried and why each failed. */
    public static void requireLibrary() {
        NativeLibrary.loaded();
    }

    /**
     * The circuit of a rule.
     *
     * @param rule canonical {@code RuleProgram} bytes
     * @throws NativeException INVALID_RULE, naming the node
     */
    public static CircuitSummary compile(byte[] rule) {
        NativeLibrary.loaded();
        Objects.requireNonNull(rule, "rule");
        byte[][] out = new byte[1][];
        NativeLibrary.check(NativeLibrary.compile(rule, out), out);
        return CircuitSummary.decode(out[0]);
    }

    /**
     * Whether inputs in the clear satisfy every row of a rule's circuit: for tests, and for audits of test data. In a joint
     * proof nobody holds a witness.
     *
     * @param rule canonical {@code RuleProgram} bytes
     * @param witnesses any number of witnesses, each all input wires in order (context, words, book, publics, limbs, counts,
     *     bits, advice), 32 bytes a wire
     * @return one answer per witness
     * @throws NativeException INVALID_RULE or INVALID_WITNESS
     */
    public static boolean[] satisfied(byte[] rule, byte[] witnesses) {
        NativeLibrary.loaded();
        Objects.requireNonNull(rule, "rule");
        requireMultiple(witnesses, ELEMENT, "witnesses");
        byte[][] out = new byte[1][];
        NativeLibrary.check(NativeLibrary.satisfied(rule, witnesses, out), out);
        boolean[] answers = new boolean[out[0].length];
        for (int k = 0; k < answers.length; k++) {
            answers[k] = out[0][k] == 1;
        }
        return answers;
    }

    /** A local single-party setup: <b>unsafe</b>, see {@link UnsafeKeyMaterial}. Takes about 0.2 ms a constraint. */
    public static UnsafeKeyMaterial setupUnsafe(byte[] rule) {
        NativeLibrary.loaded();
        Objects.requireNonNull(rule, "rule");
        byte[][] out = new byte[3][];
        NativeLibrary.check(NativeLibrary.setupUnsafe(rule, out), out);
        return new UnsafeKeyMaterial(out[0], out[1], out[2]);
    }

    /**
     * Checks a key pair against the rule's circuit and keeps it on the native side: digest, counts, every point on its
     * curve and subgroup and not the identity, delta different from gamma, distinct basis points, both halves of one setup.
     *
     * @throws NativeException INVALID_RULE or INVALID_KEY
     */
    public static ProvingKeyHandle loadProvingKey(byte[] rule, byte[] provingKey, byte[] verifyingKey) {
        NativeLibrary.loaded();
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(provingKey, "provingKey");
        Objects.requireNonNull(verifyingKey, "verifyingKey");
        byte[][] out = new byte[2][];
        NativeLibrary.check(NativeLibrary.loadKey(rule, provingKey, verifyingKey, out), out);
        return new ProvingKeyHandle(NativeLibrary.handleOf(out[0]), CircuitSummary.decode(out[1]));
    }

    /**
     * Whether a proof holds, by gnark's own verifier.
     *
     * @param verifyingKey layout of docs/wire.md section 4; INVALID_KEY if malformed
     * @param proof 384 bytes, 448 with two commitments; anything malformed is a proof that does not hold
     * @param publicInputs context and words, 32 bytes each; a value at or above r is no valid input
     */
    public static boolean verify(byte[] verifyingKey, byte[] proof, byte[] publicInputs) {
        NativeLibrary.loaded();
        Objects.requireNonNull(verifyingKey, "verifyingKey");
        Objects.requireNonNull(proof, "proof");
        Objects.requireNonNull(publicInputs, "publicInputs");
        byte[][] out = new byte[1][];
        NativeLibrary.check(NativeLibrary.verify(verifyingKey, proof, publicInputs, out), out);
        return out[0].length == 1 && out[0][0] == 1;
    }

    /**
     * A multi-scalar multiplication: sum of scalar_i times point_i.
     *
     * @param basisPoints n times 64 bytes
     * @param scalars n times 32 bytes, canonical; secret of the caller, not kept
     * @return 64 bytes; zeros if the sum is the identity
     * @throws NativeException INVALID_ARGUMENT, INVALID_POINT or INVALID_WITNESS
     */
    public static byte[] commit(byte[] basisPoints, byte[] scalars) {
        NativeLibrary.loaded();
        requireMultiple(basisPoints, POINT, "basis points");
        requireMultiple(scalars, ELEMENT, "scalars");
        if (basisPoints.length / POINT != scalars.length / ELEMENT) {
            throw new NativeException(
                    NativeStatus.INVALID_ARGUMENT,
                    scalars.length / ELEMENT + " scalars for " + basisPoints.length / POINT + " points");
        }
        byte[][] out = new byte[1][];
        NativeLibrary.check(NativeLibrary.commit(basisPoints, scalars, out), out);
        return out[0];
    }

    /** The sum of n points of 64 bytes each; zeros if it is the identity. The identity among them is refused. */
    public static byte[] addPoints(byte[] points) {
        NativeLibrary.loaded();
        requireMultiple(points, POINT, "points");
        byte[][] out = new byte[1][];
        NativeLibrary.check(NativeLibrary.addPoints(points, out), out);
        return out[0];
    }

    /** Whether every 64-byte point is canonical, on the curve and not the identity. A wrong length is not. */
    public static boolean isOnCurve(byte[] points) {
        NativeLibrary.loaded();
        Objects.requireNonNull(points, "points");
        byte[][] out = new byte[1][];
        NativeLibrary.check(NativeLibrary.isOnCurve(points, out), out);
        return out[0].length == 1 && out[0][0] == 1;
    }

    /**
     * Times one party's joint prover beside gnark's own. For benchmarks: the inputs are in the clear.
     *
     * @param inputs all input wires in witness order, 32 bytes each, satisfying the circuit
     * @param runs of which medians are taken
     * @throws NativeException INVALID_WITNESS, OUT_OF_MEMORY
     */
    public static ProverTimes measure(ProvingKeyHandle key, byte[] inputs, int runs) {
        NativeLibrary.loaded();
        requireMultiple(inputs, ELEMENT, "inputs");
        if (runs < 1) {
            throw new NativeException(NativeStatus.INVALID_ARGUMENT, runs + " runs");
        }
        byte[][] out = new byte[1][];
        NativeLibrary.check(NativeLibrary.measure(key.handle(), inputs, runs, out), out);
        return ProverTimes.decode(out[0]);
    }

    private static void requireMultiple(byte[] bytes, int unit, String what) {
        Objects.requireNonNull(bytes, what);
        if (bytes.length == 0 || bytes.length % unit != 0) {
            throw new NativeException(
                    NativeStatus.INVALID_ARGUMENT, what + ": " + bytes.length + " bytes, not a multiple of " + unit);
        }
    }
}

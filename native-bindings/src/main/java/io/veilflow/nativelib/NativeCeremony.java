package io.veilflow.nativelib;

import java.util.Objects;

/**
 * gnark's multi-party setup for the circuit of one rule (S. Bowe, A. Gabizon, I. Miers, 2017/1050): two phases, each a chain
 * of contributions that begins with a file that everybody can compute and ends with a public beacon. The keys are sound if
 * one contributor of each phase forgot its randomness. All files are public. Stateless and thread-safe.
 *
 * <p>A contribution is bound to the one before it: one that is replaced, reordered or left out breaks the chain after it. Only
 * the end of a chain can be cut unseen, so contributors look for their own file in what is published. Every function checks
 * the length of a file against the circuit before it reads it, then every point. Effort in
 * proportion to the next power of two of the rows; for 4,096 on one core: a contribution 2.6 s, its check 1.1 s, {@link
 * #secondPhase} 12 s, {@link #finish} 13 s (phase two less). A file of phase one has 192 bytes for each.
 */
public final class NativeCeremony {
    private NativeCeremony() {}

    /** The first file of the first phase; it depends on the circuit alone. */
    public static byte[] begin(byte[] rule) {
        requireAll(rule);
        byte[][] out = new byte[1][];
        NativeLibrary.check(NativeLibrary.ceremonyBegin(rule, out), out);
        return out[0];
    }

    /**
     * Adds fresh randomness of the operating system to the last file of either phase and forgets it.
     *
     * @throws NativeException INVALID_KEY if {@code previous} is no file of this circuit's ceremony
     */
    public static byte[] contribute(byte[] rule, byte[] previous) {
        requireAll(rule, previous);
        byte[][] out = new byte[1][];
        NativeLibrary.check(NativeLibrary.ceremonyContribute(rule, previous, out), out);
        return out[0];
    }

    /**
     * Returns if {@code next} is a contribution made to {@code previous}, in the same phase.
     *
     * @throws NativeException INVALID_KEY if it is not
     */
    public static void verify(byte[] rule, byte[] previous, byte[] next) {
        requireAll(rule, previous, next);
        byte[][] out = new byte[1][];
        NativeLibrary.check(NativeLibrary.ceremonyVerify(rule, previous, next, out), out);
    }

    /**
     * Ends the first phase and gives the first file of the second; everybody gets the same.
     *
     * @param last the last contribution of the first phase, its chain verified
     * @param beacon 32 to 64 bytes that nobody could know when that contribution was made
     * @throws NativeException INVALID_KEY or INVALID_ARGUMENT
     */
    public static byte[] secondPhase(byte[] rule, byte[] last, byte[] beacon) {
        requireAll(rule, last, beacon);
        byte[][] out = new byte[1][];
        NativeLibrary.check(NativeLibrary.ceremonySecondPhase(rule, last, beacon, out), out);
        return out[0];
    }

    /**
     * Ends the second phase and makes the keys; everybody gets the same. Both chains must have been verified, and that the
     * second begins with {@link #secondPhase} of the first.
     *
     * @throws NativeException INVALID_KEY or INVALID_ARGUMENT
     */
    public static SharedKeyMaterial finish(
            byte[] rule, byte[] lastFirst, byte[] beaconFirst, byte[] lastSecond, byte[] beaconSecond) {
        requireAll(rule, lastFirst, beaconFirst, lastSecond, beaconSecond);
        byte[][] out = new byte[3][];
        NativeLibrary.check(
                NativeLibrary.ceremonyFinish(rule, lastFirst, beaconFirst, lastSecond, beaconSecond, out), out);
        return new SharedKeyMaterial(out[0], out[1], out[2]);
    }

    private static void requireAll(byte[]... given) {
        NativeLibrary.loaded();
        for (byte[] bytes : given) {
            Objects.requireNonNull(bytes);
        }
    }
}

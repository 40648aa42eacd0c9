package io.veilflow.nativelib;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** What a Java machine of its own runs in {@code OtherMachinesITCase}; prints one line and ends with 0, or fails. */
final class NativeProgram {
    private static final int[] AMOUNTS = {99, 100};
    private static final int LIMIT = 100;
    private static final byte[] CONTEXT = SmallRule.element(BigInteger.TEN);

    private static final byte[] RULE = SmallRule.bytes();

    /** Less than a key. */
    private static final int PIECE_BYTES = 8 << 10;

    private static final int PIECES = 1 << 14;

    private NativeProgram() {}

    public static void main(String[] arguments) throws InterruptedException {
        String done =
                switch (arguments[0]) {
                    case "prove" -> "proofs " + proveBoth();
                    case "native-memory" -> "refused " + runOutOfNativeMemory() + ", proofs " + proveBoth();
                    case "heap" -> "refused " + runOutOfHeap() + ", proofs " + proveBoth();
                    case "require" -> {
                        NativeProver.requireLibrary();
                        yield "loaded";
                    }
                    default -> throw new IllegalArgumentException(arguments[0]);
                };
        System.out.println(done);
    }

    /** With one and with two commitments. */
    private static int proveBoth() {
        int made = 0;
        for (byte[] rule : List.of(SmallRule.bytes(), SmallRule.bytesByLimbs())) {
            UnsafeKeyMaterial keys = NativeProver.setupUnsafe(rule);
            try (ProvingKeyHandle key = NativeProver.loadProvingKey(rule, keys.provingKey(), keys.verifyingKey());
                    ThreeProofs three = new ThreeProofs(key, keys.basis(), CONTEXT, AMOUNTS, LIMIT, new Random(made))) {
                byte[] inputs = SmallRule.concat(CONTEXT, SmallRule.word(AMOUNTS, LIMIT));
                if (NativeProver.verify(keys.verifyingKey(), three.run().get(0), inputs)) {
                    made++;
                }
            }
        }
        return made;
    }

    /** Proofs are begun and kept until there is no room for another; then all are closed. */
    private static NativeStatus runOutOfNativeMemory() {
        UnsafeKeyMaterial keys = NativeProver.setupUnsafe(SmallRule.bytes());
        List<ThreeProofs> begun = new ArrayList<>();
        try (ProvingKeyHandle key =
                NativeProver.loadProvingKey(SmallRule.bytes(), keys.provingKey(), keys.verifyingKey())) {
            while (begun.size() < 1_000) {
                begun.add(new ThreeProofs(key, keys.basis(), CONTEXT, AMOUNTS, LIMIT, new Random(0)));
            }
            throw new IllegalStateException("a thousand proofs are open");
        } catch (NativeException refused) {
            return refused.status();
        } finally {
            begun.forEach(ThreeProofs::close);
        }
    }

    /** The heap is filled until a key that the native side hands out does not fit; everything else has been used before. */
    private static String runOutOfHeap() {
        byte[][] ballast = new byte[PIECES][];
        proveBoth();
        fill(ballast);
        try {
            NativeProver.setupUnsafe(RULE);
            throw new IllegalStateException("the heap is not full");
        } catch (OutOfMemoryError refused) {
            Arrays.fill(ballast, null);
            return "OutOfMemoryError";
        }
    }

    private static void fill(byte[][] ballast) {
        try {
            for (int k = 0; k < PIECES; k++) {
                ballast[k] = new byte[PIECE_BYTES];
            }
        } catch (OutOfMemoryError full) {
            // Less than one piece is left.
        }
    }
}

package io.veilflow.mpc.bits;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** The bit-sliced layout against its definition. */
class PlanesTest {
    private final Random random = new Random(3);

    @Test
    void transpositionSwapsRowsAndColumns() {
        long[] rows = random.longs(64).toArray();
        long[] turned = rows.clone();
        Planes.transpose(turned);
        for (int k = 0; k < 64; k++) {
            for (int b = 0; b < 64; b++) {
                assertEquals(rows[k] >>> b & 1, turned[b] >>> k & 1, k + ", " + b);
            }
        }
        Planes.transpose(turned);
        assertArrayEquals(rows, turned);
    }

    @Test
    void planesHoldTheBitsOfTheirLanes() {
        for (int lanes : new int[] {0, 1, 63, 64, 65, 130}) {
            for (int planes : new int[] {1, 64, 65, 163, 192}) {
                long[] numbers = random.longs(lanes * 3L).toArray();
                long[] out = Planes.fromNumbers(numbers, 3, lanes, planes);
                assertEquals(planes * Planes.wordsOf(lanes), out.length);
                for (int lane = 0; lane < lanes; lane++) {
                    for (int plane = 0; plane < planes; plane++) {
                        long bit = numbers[lane * 3 + plane / 64] >>> (plane % 64) & 1;
                        assertEquals(bit, Planes.bit(out, lanes, plane, lane));
                    }
                }
            }
        }
    }

    @Test
    void numbersComeBackFromTheirPlanes() {
        for (int lanes : new int[] {0, 1, 63, 64, 65, 130}) {
            for (int planes : new int[] {1, 64, 65, 163, 192}) {
                long[] numbers = random.longs(lanes * 3L).toArray();
                for (int k = 0; k < numbers.length; k++) {
                    int kept = Math.max(0, Math.min(64, planes - 64 * (k % 3)));
                    numbers[k] &= kept == 64 ? -1L : (1L << kept) - 1;
                }
                long[] bits = Planes.fromNumbers(numbers, 3, lanes, planes);
                assertArrayEquals(numbers, Planes.toNumbers(bits, 3, lanes, planes));
            }
        }
    }

    @Test
    void cuttingClearsTheLanesBeyondTheLast() {
        long[] ones = {-1, -1, -1, -1};
        assertArrayEquals(new long[] {-1, 1, -1, 1}, Planes.cut(ones, 65));
        assertArrayEquals(ones, Planes.cut(ones, 128));
    }
}

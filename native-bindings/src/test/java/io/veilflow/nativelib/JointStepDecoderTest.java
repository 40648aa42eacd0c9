package io.veilflow.nativelib;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class JointStepDecoderTest {
    @Test
    void productsAreFourVectorsOfOneLength() {
        byte[] encoded = step(2, 4 * 2 * 32);
        Arrays.fill(encoded, 1, 65, (byte) 'a');
        Arrays.fill(encoded, 193, 257, (byte) 'd');
        JointStep.Products products = assertInstanceOf(JointStep.Products.class, JointStepDecoder.decode(encoded, 1));
        assertEquals(2, products.count());
        assertEquals('a', products.xOwn()[63]);
        assertEquals(0, products.xNext()[0]);
        assertEquals('d', products.yNext()[0]);
        assertEquals("Products[2]", products.toString());
    }

    @Test
    void theEncodedStepIsWipedAfterReading() {
        byte[] encoded = step(6, 384);
        Arrays.fill(encoded, 1, encoded.length, (byte) 7);
        JointStepDecoder.decode(encoded, 1);
        assertArrayEquals(new byte[385], encoded);
    }

    @Test
    void rowTermsEndWithTheRest() {
        byte[] encoded = step(5, 4 * 32 + 64);
        encoded[encoded.length - 1] = 9;
        JointStep.RowTerms terms = assertInstanceOf(JointStep.RowTerms.class, JointStepDecoder.decode(encoded, 1));
        assertEquals(1, terms.count());
        assertEquals(9, terms.restNext()[31]);
        assertEquals("RowTerms[1]", terms.toString());
    }

    @Test
    void inversionsAreTwoVectorsOfOneLength() {
        byte[] encoded = step(3, 2 * 3 * 32);
        encoded[encoded.length - 1] = 9;
        JointStep.Inversions x = assertInstanceOf(JointStep.Inversions.class, JointStepDecoder.decode(encoded, 2));
        assertEquals(3, x.count());
        assertEquals(9, x.xNext()[95]);
        assertEquals("Inversions[3]", x.toString());
    }

    @Test
    void aProofIsAsLongAsItsCommitmentsSay() {
        assertEquals(
                384,
                assertInstanceOf(JointStep.Done.class, JointStepDecoder.decode(step(9, 384), 1))
                        .proof()
                        .length);
        assertEquals(
                448,
                assertInstanceOf(JointStep.Done.class, JointStepDecoder.decode(step(9, 448), 2))
                        .proof()
                        .length);
    }

    @Test
    void anyOtherLengthOrKindIsRefused() {
        int[][] kindBytesAndCommitments = {
            {0, 0, 1},
            {1, 63, 2},
            {2, 127, 1},
            {2, 129, 1},
            {3, 32, 2},
            {3, 63, 2},
            {4, 1, 1},
            {5, 63, 1},
            {5, 65, 1},
            {6, 383, 1},
            {7, 1, 1},
            {8, 63, 1},
            {8, 65, 1},
            {9, 0, 1},
            {9, 448, 1},
            {9, 384, 2},
            {10, 0, 1}
        };
        for (int[] bad : kindBytesAndCommitments) {
            NativeException e =
                    assertThrows(NativeException.class, () -> JointStepDecoder.decode(step(bad[0], bad[1]), bad[2]));
            assertEquals(NativeStatus.INTERNAL, e.status());
        }
        assertThrows(NativeException.class, () -> JointStepDecoder.decode(new byte[0], 1));
    }

    private static byte[] step(int kind, int bytes) {
        byte[] encoded = new byte[1 + bytes];
        encoded[0] = (byte) kind;
        return encoded;
    }
}

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
        byte[] encoded = step(1, 4 * 2 * 32);
        Arrays.fill(encoded, 1, 65, (byte) 'a');
        Arrays.fill(encoded, 193, 257, (byte) 'd');
        JointStep.Products products = assertInstanceOf(JointStep.Products.class, JointStepDecoder.decode(encoded));
        assertEquals(2, products.count());
        assertEquals('a', products.xOwn()[63]);
        assertEquals(0, products.xNext()[0]);
        assertEquals('d', products.yNext()[0]);
        assertEquals("Products[2]", products.toString());
    }

    @Test
    void theEncodedStepIsWipedAfterReading() {
        byte[] encoded = step(4, 384);
        Arrays.fill(encoded, 1, encoded.length, (byte) 7);
        JointStepDecoder.decode(encoded);
        assertArrayEquals(new byte[385], encoded);
    }

    @Test
    void rowTermsEndWithTheRest() {
        byte[] encoded = step(3, 4 * 32 + 64);
        encoded[encoded.length - 1] = 9;
        JointStep.RowTerms terms = assertInstanceOf(JointStep.RowTerms.class, JointStepDecoder.decode(encoded));
        assertEquals(1, terms.count());
        assertEquals(9, terms.restNext()[31]);
        assertEquals("RowTerms[1]", terms.toString());
    }

    @Test
    void anyOtherLengthOrKindIsRefused() {
        int[][] kindAndBytes = {
            {0, 0}, {1, 127}, {1, 129}, {2, 1}, {3, 63}, {3, 65}, {4, 383}, {5, 1}, {6, 63}, {6, 65}, {7, 0}, {8, 0}
        };
        for (int[] bad : kindAndBytes) {
            NativeException e =
                    assertThrows(NativeException.class, () -> JointStepDecoder.decode(step(bad[0], bad[1])));
            assertEquals(NativeStatus.INTERNAL, e.status());
        }
        assertThrows(NativeException.class, () -> JointStepDecoder.decode(new byte[0]));
    }

    private static byte[] step(int kind, int bytes) {
        byte[] encoded = new byte[1 + bytes];
        encoded[0] = (byte) kind;
        return encoded;
    }
}

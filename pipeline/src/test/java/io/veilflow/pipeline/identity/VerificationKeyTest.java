package io.veilflow.pipeline.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class VerificationKeyTest {
    // RFC 8032 section 7.1, test 2.
    private static final String SEED = "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb";
    private static final String PUBLIC = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";
    private static final String SIGNATURE = "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";

    @Test
    void signaturesAreThoseOfRfc8032() {
        try (SigningKey key = new SigningKey(hex(SEED))) {
            assertArrayEquals(hex(PUBLIC), key.verificationKey().bytes());
            assertArrayEquals(hex(SIGNATURE), key.sign(new byte[] {0x72}));
            assertTrue(key.verificationKey().verify(new byte[] {0x72}, hex(SIGNATURE)));
        }
    }

    @Test
    void everyChangedBitOfASignatureIsRefused() {
        VerificationKey key = new VerificationKey(hex(PUBLIC));
        for (int bit = 0; bit < 512; bit++) {
            byte[] changed = hex(SIGNATURE);
            changed[bit / 8] ^= (byte) (1 << (bit % 8));
            assertFalse(key.verify(new byte[] {0x72}, changed), "bit " + bit);
        }
        assertFalse(key.verify(new byte[] {0x73}, hex(SIGNATURE)));
        assertFalse(key.verify(new byte[] {0x72}, new byte[63]));
        assertFalse(key.verify(new byte[] {0x72}, new byte[0]));
    }

    @Test
    void a16KeysOfSmallOrderOrWrongFormAreRefused() {
        String identity = "01" + "00".repeat(31);
        String order8 = "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa";
        String aboveTheModulus = "ff".repeat(31) + "7f";
        for (String bad : new String[] {identity, order8, aboveTheModulus, "", PUBLIC + "00"}) {
            assertThrows(IllegalArgumentException.class, () -> new VerificationKey(hex(bad)), bad);
        }
    }

    @Test
    void equalKeysAreEqual() {
        assertEquals(new VerificationKey(hex(PUBLIC)), new VerificationKey(hex(PUBLIC)));
        assertEquals(PUBLIC, new VerificationKey(hex(PUBLIC)).toString());
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}

package io.veilflow.mpc.threshold;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.mpc.party.PartyId;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is a group key, whose share is a share, and what neither shows. */
class GroupKeyTest {
    private static final HexFormat HEX = HexFormat.of();

    private final List<KeyShare> shares = TestKeys.shares(131);
    private final GroupKey group = shares.get(0).group();

    private static byte[] changed(byte[] bytes, int at) {
        byte[] out = bytes.clone();
        out[at] ^= 1;
        return out;
    }

    @Test
    @DisplayName("G9: public values that are not those of one key with threshold two are refused")
    void whatIsNoKey() {
        List<byte[]> right = group.verificationShares();
        byte[] point = group.point();
        byte[] transcript = group.transcript();
        assertEquals(group, new GroupKey(point, right, 1, transcript));
        assertRefused(point, right, 0, transcript);
        assertRefused(point, right, 1, new byte[31]);
        assertRefused(point, right.subList(0, 2), 1, transcript);
        assertRefused(changed(point, 0), right, 1, transcript);
        assertRefused(new byte[CurvePoint.BYTES], right, 1, transcript);
        assertRefused(point, Collections.nCopies(3, point), 1, transcript);
        for (PartyId party : PartyId.values()) {
            List<byte[]> other = new ArrayList<>(right);
            other.set(party.index(), CurvePoint.GENERATOR.encoded());
            assertRefused(point, other, 1, transcript);
            List<byte[]> swapped = new ArrayList<>(right);
            Collections.swap(swapped, party.index(), party.next().index());
            assertRefused(point, swapped, 1, transcript);
        }
    }

    private static void assertRefused(byte[] point, List<byte[]> shares, int generation, byte[] transcript) {
        assertThrows(IllegalArgumentException.class, () -> new GroupKey(point, shares, generation, transcript));
    }

    @Test
    void aKeyIsEqualByContentAndItsArraysAreItsOwn() {
        GroupKey same = new GroupKey(group.point(), group.verificationShares(), 1, group.transcript());
        assertEquals(group.hashCode(), same.hashCode());
        group.point()[0] = 9;
        group.verificationShares().get(0)[0] = 9;
        group.transcript()[0] = 9;
        assertEquals(same, group);
        GroupKey later = new GroupKey(group.point(), group.verificationShares(), 2, group.transcript());
        assertNotEquals(group, later);
        assertTrue(group.isSameKey(later));
        assertNotEquals(group, new GroupKey(group.point(), group.verificationShares(), 1, new byte[32]));
    }

    @Test
    void aShareIsItsHoldersOnly() {
        for (KeyShare share : shares) {
            byte[] secret = share.exposeScalar();
            PartyId other = share.holder().next();
            assertThrows(IllegalArgumentException.class, () -> KeyShare.of(other, group, secret));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> KeyShare.of(share.holder(), group, changed(secret, Scalar.BYTES - 1)));
            assertArrayEquals(secret, KeyShare.of(share.holder(), group, secret).exposeScalar());
        }
        assertThrows(IllegalArgumentException.class, () -> KeyShare.of(PartyId.P0, group, new byte[31]));
        assertThrows(
                IllegalArgumentException.class,
                () -> KeyShare.of(PartyId.P0, group, HEX.parseHex("ff".repeat(Scalar.BYTES))));
    }

    @Test
    @DisplayName("H: a share shows nothing of itself, cannot be written by Java, and is gone when it is closed")
    void aShareShowsNothing() {
        KeyShare share = shares.get(1);
        byte[] secret = share.exposeScalar();
        assertFalse(share.toString().contains(HEX.formatHex(secret)));
        assertFalse(Serializable.class.isAssignableFrom(KeyShare.class));
        assertFalse(Serializable.class.isAssignableFrom(Scalar.class));
        assertEquals("Scalar", share.exposeSecret().toString());
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> KeyShare.of(PartyId.P0, group, secret));
        assertFalse(refused.getMessage().contains(HEX.formatHex(secret)));
        share.close();
        assertThrows(IllegalStateException.class, share::exposeScalar);
        assertThrows(IllegalStateException.class, share::exposeSecret);
    }

    @Test
    void aScalarHasOneEncodingAndAClosedOneIsWiped() {
        String order = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";
        assertTrue(Scalar.decode(HEX.parseHex(order)).isEmpty());
        assertTrue(Scalar.decode(new byte[33]).isEmpty());
        Scalar largest = Scalar.of(1).negated();
        assertEquals(order.substring(0, 63) + "0", HEX.formatHex(largest.encoded()));
        assertTrue(Scalar.reduce(HEX.parseHex(order)).isZero());
        assertTrue(largest.times(largest).isSame(Scalar.of(1)));
        assertTrue(Scalar.of(7).inverse().times(Scalar.of(7)).isSame(Scalar.of(1)));
        assertThrows(IllegalArgumentException.class, () -> Scalar.of(-1));
        largest.close();
        assertTrue(largest.isZero());
    }

    @Test
    void aPointHasOneEncodingAndInfinityNone() {
        byte[] generator = CurvePoint.GENERATOR.encoded();
        assertEquals(CurvePoint.GENERATOR, CurvePoint.decode(generator).orElseThrow());
        assertTrue(CurvePoint.decode(new byte[1]).isEmpty());
        assertTrue(CurvePoint.decode(new byte[CurvePoint.BYTES]).isEmpty());
        byte[] hybrid = generator.clone();
        hybrid[0] = 4;
        assertTrue(CurvePoint.decode(hybrid).isEmpty());
        byte[] aboveTheField = HEX.parseHex("02" + "ff".repeat(32));
        assertTrue(CurvePoint.decode(aboveTheField).isEmpty());
        assertTrue(
                CurvePoint.decode(HEX.parseHex("02" + "00".repeat(31) + "05")).isEmpty(), "no y for x = 5");
        assertThrows(IllegalStateException.class, CurvePoint.INFINITY::encoded);
        assertTrue(CurvePoint.GENERATOR.minus(CurvePoint.GENERATOR).isInfinity());
        assertFalse(CurvePoint.INFINITY.isUsableAsKey());
        String xAboveTheOrder = "02fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2c";
        assertFalse(
                CurvePoint.decode(HEX.parseHex(xAboveTheOrder)).orElseThrow().isUsableAsKey());
    }

    @Test
    void theSecretMultiplicationIsTheOrdinaryOne() {
        for (Scalar number :
                List.of(Scalar.of(1), Scalar.of(2), Scalar.of(1).negated(), Scalar.random(TestKeys.seeded(1)))) {
            assertEquals(CurvePoint.GENERATOR.times(number), CurvePoint.generatorTimesSecret(number));
            assertEquals(CurvePoint.GENERATOR.times(number), CurvePoint.generatorTimes(number));
        }
        assertTrue(CurvePoint.generatorTimesSecret(Scalar.of(0)).isInfinity());
    }

    @Test
    void aSignatureHasOneLength() {
        GroupSignature signature = new GroupSignature(new byte[32], new byte[20]);
        assertEquals(signature, GroupSignature.decode(signature.bytes()).orElseThrow());
        assertTrue(GroupSignature.decode(new byte[51]).isEmpty());
        assertTrue(GroupSignature.decode(new byte[53]).isEmpty());
        assertThrows(IllegalArgumentException.class, () -> new GroupSignature(new byte[31], new byte[20]));
        assertFalse(signature.verifies(group.point(), new byte[32]));
        assertFalse(signature.verifies(new byte[0], new byte[32]));
    }
}

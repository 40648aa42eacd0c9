package io.veilflow.pipeline.post;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.encoding.Hashes;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The owners of a job's slots as {@code EligibilityList} knows them: leaf {@code keccak256(keccak256(abi.encode(slot, owner)))}, inner
 * nodes keccak256 of the two below in ascending order; a last node without another moves up.
 */
public final class ApplicantTree {
    private static final int WORD = 32;

    private final List<List<byte[]>> levels = new ArrayList<>();

    /** @param owners address of each slot's owner, 20 bytes, in slot order; at least one */
    public ApplicantTree(List<ByteString> owners) {
        List<byte[]> level = new ArrayList<>();
        for (int slot = 0; slot < owners.size(); slot++) {
            level.add(leaf(slot, owners.get(slot)));
        }
        levels.add(level);
        while (level.size() > 1) {
            List<byte[]> above = new ArrayList<>();
            for (int i = 0; i < level.size(); i += 2) {
                above.add(i + 1 < level.size() ? pair(level.get(i), level.get(i + 1)) : level.get(i));
            }
            levels.add(above);
            level = above;
        }
    }

    /** 32 bytes. */
    public byte[] root() {
        return levels.get(levels.size() - 1).get(0).clone();
    }

    /** Siblings of a slot's leaf, from the leaf up. */
    public List<byte[]> path(int slot) {
        List<byte[]> path = new ArrayList<>();
        int at = slot;
        for (List<byte[]> level : levels) {
            int sibling = at ^ 1;
            if (sibling < level.size()) {
                path.add(level.get(sibling).clone());
            }
            at >>= 1;
        }
        return path;
    }

    private static byte[] leaf(int slot, ByteString owner) {
        ByteString number = Hex.number(BigInteger.valueOf(slot), WORD);
        ByteString address = Hex.number(Hex.number(owner), WORD);
        return Hashes.keccak256(Hashes.keccak256(number.concat(address).toByteArray()));
    }

    private static byte[] pair(byte[] first, byte[] second) {
        boolean ascending = Arrays.compareUnsigned(first, second) <= 0;
        ByteString low = ByteString.copyFrom(ascending ? first : second);
        return Hashes.keccak256(
                low.concat(ByteString.copyFrom(ascending ? second : first)).toByteArray());
    }
}

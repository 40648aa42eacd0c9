package io.veilflow.contracts.testing;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bouncycastle.jcajce.provider.digest.Keccak;
import org.web3j.utils.Numeric;

/** The tree of slots and their owners' addresses that EligibilityList knows by its root. */
public final class SlotTree {
    private final List<Integer> slots;
    /** Level 0 are the leaves; a node without a sibling moves up. */
    private final List<List<byte[]>> levels = new ArrayList<>();

    /** @param owners address of each slot */
    public SlotTree(Map<Integer, String> owners) {
        slots = List.copyOf(owners.keySet());
        List<byte[]> level = slots.stream()
                .map(slot -> keccak(keccak(
                        Numeric.toBytesPadded(BigInteger.valueOf(slot), 32),
                        Numeric.toBytesPadded(Numeric.toBigInt(owners.get(slot)), 32))))
                .toList();
        levels.add(level);
        while (level.size() > 1) {
            List<byte[]> above = new ArrayList<>();
            for (int i = 0; i < level.size(); i += 2) {
                above.add(i + 1 < level.size() ? parent(level.get(i), level.get(i + 1)) : level.get(i));
            }
            level = above;
            levels.add(level);
        }
    }

    public byte[] root() {
        return levels.get(levels.size() - 1).get(0).clone();
    }

    /** Siblings from the slot's leaf up. */
    public List<byte[]> path(int slot) {
        List<byte[]> path = new ArrayList<>();
        int index = slots.indexOf(slot);
        for (List<byte[]> level : levels) {
            if ((index ^ 1) < level.size()) {
                path.add(level.get(index ^ 1).clone());
            }
            index /= 2;
        }
        return path;
    }

    private static byte[] parent(byte[] left, byte[] right) {
        return Arrays.compareUnsigned(left, right) <= 0 ? keccak(left, right) : keccak(right, left);
    }

    private static byte[] keccak(byte[]... parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            bytes.writeBytes(part);
        }
        return new Keccak.Digest256().digest(bytes.toByteArray());
    }
}

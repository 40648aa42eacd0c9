package io.veilflow.pipeline.window;

import io.veilflow.pipeline.encoding.Hashes;
import java.util.ArrayList;
import java.util.List;

/**
 * The hash over a manifest's entries (docs/wire.md, section 8): leaves and inner nodes have different first bytes, an odd
 * last node moves up as it is.
 */
final class MerkleTree {
    private static final byte[] LEAF = {0};
    private static final byte[] NODE = {1};
    private static final int HASH_BYTES = 32;

    private MerkleTree() {}

    /** 32 bytes; zeros if there is no entry. */
    static byte[] root(List<byte[]> entries) {
        if (entries.isEmpty()) {
            return new byte[HASH_BYTES];
        }
        List<byte[]> level = new ArrayList<>();
        entries.forEach(entry -> level.add(Hashes.sha256(LEAF, entry)));
        while (level.size() > 1) {
            List<byte[]> above = new ArrayList<>();
            for (int i = 0; i < level.size(); i += 2) {
                boolean alone = i + 1 == level.size();
                above.add(alone ? level.get(i) : Hashes.sha256(NODE, level.get(i), level.get(i + 1)));
            }
            level.clear();
            level.addAll(above);
        }
        return level.get(0);
    }
}

package io.veilflow.pipeline.window;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.encoding.Fields;
import io.veilflow.pipeline.encoding.Hashes;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.submission.SampleMarket;
import io.veilflow.pipeline.wire.AcceptList;
import io.veilflow.pipeline.wire.Decision;
import io.veilflow.pipeline.wire.Manifest;
import io.veilflow.pipeline.wire.ManifestEntry;
import io.veilflow.pipeline.wire.UnitKind;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ManifestPropertyTest {
    private static final List<String> BANKS = List.of("bank-a", "bank-b", "bank-c");

    private final JobTerms terms = new SampleMarket().terms();

    @Test
    void theOrderInWhichLogsGrewChangesNothing() {
        for (long seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            List<String> arrivals = new ArrayList<>();
            BANKS.forEach(bank -> arrivals.addAll(Collections.nCopies(random.nextInt(5), bank)));
            ByteString root = batchRoot(arrivals);
            Collections.shuffle(arrivals, random);
            assertEquals(root, batchRoot(arrivals), "seed " + seed);
        }
    }

    @Test
    void oneRecordMoreOrLessChangesTheRoot() {
        for (long seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            List<String> arrivals = new ArrayList<>();
            BANKS.forEach(bank -> arrivals.addAll(Collections.nCopies(1 + random.nextInt(4), bank)));
            ByteString root = batchRoot(arrivals);
            for (String bank : BANKS) {
                List<String> more = new ArrayList<>(arrivals);
                more.add(bank);
                assertNotEquals(root, batchRoot(more), "seed " + seed);
                List<String> less = new ArrayList<>(arrivals);
                less.remove(bank);
                assertNotEquals(root, batchRoot(less), "seed " + seed);
            }
        }
    }

    @Test
    void everyFieldOfAManifestIsInItsRoot() {
        Manifest manifest = manifest(List.of("bank-a", "bank-b", "bank-b"));
        Set<ByteString> roots = new HashSet<>();
        roots.add(Manifests.rooted(manifest).root());
        byte[] header = manifest.getHeader().toByteArray();
        Manifest.Builder changed = manifest.toBuilder();
        assertTrue(header.length > 100);
        assertTrue(roots.add(root(changed, m -> m.getHeaderBuilder().setId(1))));
        assertTrue(roots.add(root(changed, m -> m.getHeaderBuilder().setRound(1))));
        assertTrue(roots.add(root(changed, m -> m.getHeaderBuilder().setKind(UnitKind.WINDOW))));
        assertTrue(roots.add(root(changed, m -> m.getHeaderBuilder().setJobId(ByteString.EMPTY))));
        assertTrue(roots.add(root(changed, m -> m.getHeaderBuilder().setRuleHash(ByteString.EMPTY))));
        assertTrue(roots.add(root(changed, m -> m.getHeaderBuilder().setKeyDigest(ByteString.EMPTY))));
        assertTrue(roots.add(root(changed, m -> m.getHeaderBuilder().setConfigurationHash(ByteString.EMPTY))));
        assertTrue(roots.add(root(changed, m -> m.getHeaderBuilder().addPublicValues(ByteString.EMPTY))));
        assertTrue(roots.add(root(changed, m -> m.getHeaderBuilder().setClosingTick(1))));
        assertTrue(roots.add(root(changed, m -> m.getHeaderBuilder().clearCut())));
        assertTrue(roots.add(root(changed, m -> m.removeEntries(2))));
        assertTrue(roots.add(root(changed, m -> m.addEntries(m.getEntries(2)))));
        assertTrue(roots.add(root(changed, m -> {
            ManifestEntry first = m.getEntries(0);
            m.setEntries(0, m.getEntries(1)).setEntries(1, first);
        })));
        assertTrue(roots.add(root(changed, m -> m.getEntriesBuilder(1).setSequence(99))));
        assertTrue(roots.add(root(changed, m -> m.getEntriesBuilder(1).setCommitments(0, ByteString.EMPTY))));
    }

    /** The tree by hand, for 0 to 3 entries. */
    @Test
    void theTreeIsTheOneOfTheWireDocument() {
        byte[] a = {1};
        byte[] b = {2};
        byte[] c = {3};
        byte[] ab = node(leaf(a), leaf(b));
        assertArrayEquals(new byte[32], MerkleTree.root(List.of()));
        assertArrayEquals(leaf(a), MerkleTree.root(List.of(a)));
        assertArrayEquals(ab, MerkleTree.root(List.of(a, b)));
        assertArrayEquals(node(ab, leaf(c)), MerkleTree.root(List.of(a, b, c)));
        Manifest manifest = manifest(List.of("bank-a"));
        assertEquals(
                ByteString.copyFrom(Hashes.sha256(Fields.of(
                        Fields.text("veilflow/manifest/1"),
                        manifest.getHeader().toByteArray(),
                        Fields.u32(1),
                        leaf(manifest.getEntries(0).toByteArray())))),
                Manifests.rooted(manifest).root());
    }

    /** Computed apart from this code. */
    @Test
    void theRootOfASmallManifest() {
        Manifest.Builder manifest = Manifest.newBuilder();
        manifest.getHeaderBuilder().setKind(UnitKind.BATCH).setId(5);
        for (String contributor : List.of("a", "b", "c")) {
            manifest.addEntries(ManifestEntry.newBuilder().setContributor(contributor));
        }
        assertEquals(
                "1b242e317aa41e911abd90d69ea69e0c68b2dd7b85deeeb56d06490e16337448",
                HexFormat.of()
                        .formatHex(Manifests.rooted(manifest.build()).root().toByteArray()));
    }

    @Test
    void publicValuesHaveOneForm() {
        assertEquals(ByteString.EMPTY, Manifests.canonical(BigInteger.ZERO));
        assertEquals(ByteString.copyFrom(new byte[] {(byte) 128}), Manifests.canonical(BigInteger.valueOf(128)));
        assertEquals(ByteString.copyFrom(new byte[] {1, 0}), Manifests.canonical(BigInteger.valueOf(256)));
    }

    private ByteString batchRoot(List<String> arrivals) {
        return Manifests.rooted(manifest(arrivals)).root();
    }

    private Manifest manifest(List<String> arrivals) {
        SampleRecords records = new SampleRecords(terms);
        for (int i = 0; i < arrivals.size(); i++) {
            String bank = arrivals.get(i);
            records.submit(bank, 1 + Collections.frequency(arrivals.subList(0, i), bank));
        }
        List<Decision> decisions = records.honest(Cuts.empty(terms), records.cut());
        AcceptList list = AcceptLists.of(UnitKind.BATCH, 0, 0, records.cut(), decisions);
        return new Manifests(terms, records)
                .batch(Cuts.empty(terms), List.of(list, list, list))
                .rooted()
                .manifest();
    }

    private static ByteString root(Manifest.Builder manifest, Consumer<Manifest.Builder> change) {
        Manifest.Builder copy = manifest.build().toBuilder();
        change.accept(copy);
        return Manifests.rooted(copy.build()).root();
    }

    private static byte[] leaf(byte[] entry) {
        return Hashes.sha256(new byte[] {0}, entry);
    }

    private static byte[] node(byte[] left, byte[] right) {
        return Hashes.sha256(new byte[] {1}, left, right);
    }
}

package io.veilflow.zk.key;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.nativelib.ProvingKeyHandle;
import io.veilflow.zk.rule.Rule;
import io.veilflow.zk.rule.RuleBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** THREATS E12: keys of a ceremony, and transcripts that somebody changed. */
class CeremonyITCase {
    private static final byte[] BEACON = new byte[32];
    private static final byte[] LATER = new byte[64];

    private final Rule rule = smallRule();

    @TempDir
    private Path folder;

    @TempDir
    private Path keys;

    private KeyCache cache;
    private Ceremony ceremony;

    private static Rule smallRule() {
        RuleBuilder rule = RuleBuilder.named("small");
        rule.output("sum", rule.role("holder", 2).secret("amount", 4).sumOverSlots());
        return rule.build();
    }

    @BeforeEach
    void open() {
        cache = new KeyCache(keys);
        ceremony = new Ceremony(folder, rule);
    }

    private void twoPhases() {
        ceremony.contribute();
        ceremony.contribute();
        assertTrue(ceremony.finish(BEACON, cache).isEmpty());
        ceremony.contribute();
        ceremony.contribute();
    }

    @Test
    void aCeremonyEndsWithKeysThatAProductionProfileTakes() {
        twoPhases();
        JobKeys made = ceremony.finish(LATER, cache).orElseThrow();
        JobKeys read = cache.ceremonyKeysOf(rule);
        assertEquals(SetupOrigin.CEREMONY, read.origin());
        assertEquals(made.verifyingKey(), read.verifyingKey());
        assertFalse(read.toString().contains("UNSAFE"), read.toString());
        assertEquals(made.verifyingKey(), cache.keysOf(rule).verifyingKey(), "no local setup in its place");
        try (ProvingKeyHandle handle = read.loadProvingKey()) {
            assertArrayEquals(read.circuit().circuitDigest(), handle.circuit().circuitDigest());
        }
        assertEquals(made.verifyingKey(), ceremony.verify().key().orElseThrow());
    }

    @Test
    void everyContributorFindsItsOwnDigestInTheTranscript() {
        Ceremony.Contribution first = ceremony.contribute();
        Ceremony.Contribution second = ceremony.contribute();
        List<Ceremony.Contribution> listed = ceremony.verify().contributions();
        assertEquals(2, listed.size());
        assertArrayEquals(first.digest(), listed.get(0).digest());
        assertArrayEquals(second.digest(), listed.get(1).digest());
        assertEquals(1, second.phase());
        assertEquals(2, second.number());
    }

    @Test
    void keysOfACeremonyTakeThePlaceOfLocalOnes() {
        VerifyingKey local = cache.keysOf(rule).verifyingKey();
        twoPhases();
        ceremony.finish(LATER, cache);
        assertFalse(local.equals(cache.keysOf(rule).verifyingKey()));
    }

    @Test
    void aReplacedContributionIsRefused() throws IOException {
        ceremony.contribute();
        ceremony.contribute();
        Files.delete(folder.resolve("phase-1-002"));
        byte[] honest = Files.readAllBytes(folder.resolve("phase-1-001"));
        ceremony.contribute();
        Files.delete(folder.resolve("phase-1-001"));
        byte[] after = Files.readAllBytes(folder.resolve("phase-1-002"));
        Files.delete(folder.resolve("phase-1-002"));
        ceremony.contribute();
        assertFalse(Arrays.equals(honest, Files.readAllBytes(folder.resolve("phase-1-001"))));
        Files.write(folder.resolve("phase-1-002"), after);
        assertRefused("phase-1-002");
    }

    @Test
    void reorderedAndDroppedContributionsAreRefused() throws IOException {
        twoPhases();
        for (String phase : List.of("phase-1-", "phase-2-")) {
            Path one = folder.resolve(phase + "001");
            Path two = folder.resolve(phase + "002");
            byte[] first = Files.readAllBytes(one);
            byte[] second = Files.readAllBytes(two);
            Files.write(one, second);
            Files.write(two, first);
            assertRefused(phase + "001");
            Files.delete(two);
            assertRefused(phase + "001");
            Files.write(one, first);
            Files.write(two, second);
        }
        assertEquals(4, ceremony.verify().contributions().size());
    }

    @Test
    void anotherBeaconBreaksTheSecondPhase() throws IOException {
        twoPhases();
        Files.writeString(folder.resolve("phase-1.beacon"), "11".repeat(32) + "\n");
        assertRefused("phase-2-000");
    }

    /** THREATS E11. */
    @Test
    void cutAndLongerFilesAreRefusedBeforeTheyAreRead() throws IOException {
        ceremony.contribute();
        Path file = folder.resolve("phase-1-001");
        byte[] right = Files.readAllBytes(file);
        for (int length : new int[] {0, 1, right.length - 1, right.length + 1}) {
            Files.write(file, Arrays.copyOf(right, length));
            assertRefused("phase-1-001");
        }
    }

    @Test
    void aPhaseThatNobodyContributedToDoesNotEnd() {
        assertThrows(KeyException.class, () -> ceremony.finish(BEACON, cache));
        ceremony.contribute();
        ceremony.finish(BEACON, cache);
        assertThrows(KeyException.class, () -> ceremony.finish(LATER, cache));
    }

    @Test
    void aSecondPhaseThatACrashLeftOutBeginsWithItsFirstContribution() throws IOException {
        ceremony.contribute();
        ceremony.finish(BEACON, cache);
        byte[] begun = Files.readAllBytes(folder.resolve("phase-2-000"));
        Files.delete(folder.resolve("phase-2-000"));
        assertThrows(KeyException.class, () -> ceremony.finish(LATER, cache));
        assertEquals(2, ceremony.contribute().phase());
        assertArrayEquals(begun, Files.readAllBytes(folder.resolve("phase-2-000")));
    }

    @Test
    void aFinishedCeremonyTakesNothingMore() {
        twoPhases();
        ceremony.finish(LATER, cache);
        assertThrows(KeyException.class, ceremony::contribute);
        assertThrows(KeyException.class, () -> ceremony.finish(LATER, cache));
    }

    private void assertRefused(String file) {
        KeyException refused = assertThrows(KeyException.class, ceremony::verify);
        assertEquals(KeyException.Reason.TRANSCRIPT, refused.reason());
        assertTrue(refused.getMessage().contains(file), refused.getMessage());
    }
}

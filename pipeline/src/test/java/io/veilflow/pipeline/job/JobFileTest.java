package io.veilflow.pipeline.job;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.session.Profile;
import io.veilflow.pipeline.config.ConfigurationException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobFileTest {
    private final JobDefinition job = SampleJob.definition();

    @Test
    void whatIsWrittenIsReadBackEqual() {
        JobDefinition read = JobFile.read("job.json", JobFile.bytes(job));
        assertEquals(job, read);
        assertArrayEquals(job.configurationHash(), read.configurationHash());
    }

    @Test
    void optionalBookAgeSurvivesTheRoundTrip() {
        WindowPolicy windows = new WindowPolicy(0, 1_000, 2, OptionalInt.of(3), 2, PostingPolicy.provenOnly());
        JobDefinition limited = SampleJob.with(job, windows);
        assertEquals(limited, JobFile.read("job.json", JobFile.bytes(limited)));
    }

    @Test
    void keysDeadlinesAndPriceChecksSurviveTheRoundTrip() {
        PriceCheck check = new PriceCheck(1, 8, ByteString.copyFrom(new byte[20]), 150, 3_600);
        WindowPolicy windows =
                new WindowPolicy(0, 1_000, 2, OptionalInt.empty(), 2, new PostingPolicy(60_000, 7_200, List.of(check)));
        ByteString result = job.group().resultKey();
        GroupKeys group = new GroupKeys(result, Optional.empty(), Optional.of(opposite(result)), List.of("custody"));
        JobDefinition full = SampleJob.with(SampleJob.with(job, windows), group);
        assertEquals(full, JobFile.read("job.json", JobFile.bytes(full)));
    }

    private static ByteString opposite(ByteString key) {
        return ByteString.copyFrom(new byte[] {(byte) (5 - key.byteAt(0))}).concat(key.substring(1));
    }

    @Test
    void aGroupThatPaysSurvivesTheRoundTripAndNeedsAnAccount() {
        PostingPolicy groupPays = new PostingPolicy(0, 7_200, List.of(), PostingPolicy.Payer.GROUP);
        JobDefinition paid = SampleJob.with(job, new WindowPolicy(0, 1_000, 2, OptionalInt.empty(), 2, groupPays));
        ConfigurationException refused =
                assertThrows(ConfigurationException.class, () -> JobFile.read("job.json", JobFile.bytes(paid)));
        assertTrue(refused.getMessage().contains("the group has no accountKey"), refused.getMessage());
        GroupKeys group = job.group();
        GroupKeys withAccount = new GroupKeys(
                group.resultKey(), Optional.of(opposite(group.resultKey())), group.signKey(), group.signPurposes());
        JobDefinition able = SampleJob.with(paid, withAccount);
        assertEquals(able, JobFile.read("job.json", JobFile.bytes(able)));
    }

    @Test
    @DisplayName("G6: one key for two purposes is refused")
    void oneKeyForTwoPurposesIsRefused() {
        ByteString result = job.group().resultKey();
        GroupKeys group = new GroupKeys(result, Optional.of(result), Optional.empty(), List.of());
        ConfigurationException refused = assertThrows(
                ConfigurationException.class,
                () -> JobFile.read("job.json", JobFile.bytes(SampleJob.with(job, group))));
        assertTrue(refused.getMessage().contains("group: one key stands for two purposes"), refused.getMessage());
    }

    @Test
    void aJobThatDoesNotSayItsProfileHasProfileM() {
        JobDefinition verified = SampleJob.with(job, Profile.M);
        String text = ByteString.copyFrom(JobFile.bytes(verified)).toStringUtf8();
        String silent = text.replace("  \"profile\": \"M\",\n", "");
        assertNotEquals(text, silent);
        assertEquals(verified, read(silent));
        assertArrayEquals(verified.configurationHash(), read(silent).configurationHash());
        assertEquals(
                Profile.S,
                read(text.replace("\"profile\": \"M\"", "\"profile\": \"S\"")).profile());
    }

    @Test
    @DisplayName("B12: jobs that differ in their profile alone have different configuration hashes")
    void theProfileIsPartOfTheConfiguration() {
        assertFalse(Arrays.equals(
                SampleJob.with(job, Profile.M).configurationHash(),
                SampleJob.with(job, Profile.S).configurationHash()));
    }

    @Test
    void jobIdFollowsTheWireDocument() {
        // SHA-256 of 0000000e "veilflow/job/1" 0000000d "market-health", computed outside of Java
        assertEquals(SampleJob.JOB_ID, HexFormat.of().formatHex(JobDefinition.jobId("market-health")));
    }

    @Test
    void oneChangedValueChangesTheConfigurationHash() {
        JobDefinition other =
                SampleJob.with(job, new WindowPolicy(0, 1_001, 2, OptionalInt.empty(), 2, PostingPolicy.provenOnly()));
        assertFalse(Arrays.equals(job.configurationHash(), other.configurationHash()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"version\": 3|\"version\": 2|version: expected a whole number from 3 to 3",
                "\"version\": 3|\"version\": 3, \"extra\": 0|extra: unknown key",
                "\"limitsBps\": [|\"limitsBps\": [ 1,|parameters.limitsBps: expected a list of 3 whole numbers",
                "\"decimals\": [|\"decimals\": [ 1.5,|parameters.decimals: expected a list of 1 to 16 whole numbers",
                "\"decimals\": [|\"decimals\": [ 6,|parameters.decimals: expected one number for each of the 2 assets",
                "\"weth\"|\"usdc\"|parameters.assets: a name stands twice",
                "\"assets\": [|\"unit\": 1, \"assets\": [|parameters.unit: unknown key",
                "\"name\": \"position\"|\"name\": \"loan\"|roles[0].name: expected position",
                "\"firstSlot\": 2|\"firstSlot\": 1|roles[0].contributors[1].firstSlot: expected 2",
                "\"index\": 2|\"index\": 1|parties[2].index: expected a whole number from 2 to 2",
                "\"bank-b\"|\"bank-a\"|contributors: the name 'bank-a' stands twice",
                "\"bank-b\"|\"party-1\"|roles[0].contributors[1].name: 'party-1' is the name of a party's or operator's log",
                "\"bank-b\"|\"../b\"|roles[0].contributors[1].name: expected",
                "\"bank-b\"|\"b\\nb\"|roles[0].contributors[1].name: expected",
                "\"profile\": \"M\"|\"profile\": \"X\"|profile: expected one of [S, M]",
                "\"environment\": \"DEVELOPMENT\"|\"environment\": \"dev\"|environment: expected one of [DEVELOPMENT,"
                        + " PRODUCTION]",
                "\"windowMillis\": 1000|\"windowMillis\": \"1000\"|windows.windowMillis: expected a whole number",
                "\"resultKey\": \"0|\"resultKey\": \"4|group.resultKey: not a public key on secp256k1",
                "\"proofDeadlineMillis\": 0|\"proofDeadlineMillis\": -1|windows.proofDeadlineMillis: expected a whole",
                "\"kind\": \"market-health\"|\"kind\": \"weather\"|kind: 'weather' is not one of the installed kinds",
            })
    @DisplayName("A17: a value out of its bounds is named, among them names with path parts or line breaks")
    void aBadValueIsNamed(String good, String bad, String error) {
        ConfigurationException refused = assertThrows(ConfigurationException.class, () -> read(replaced(good, bad)));
        assertTrue(refused.getMessage().contains(error), refused.getMessage());
    }

    @Test
    void allErrorsAreReportedAtOnce() {
        String broken = replaced("\"limitsBps\": [", "\"limitsBps\": [ 1,")
                .replace("\"chainId\": 31337", "\"chainId\": 0")
                .replace("\"port\": 7002", "\"port\": 0");
        ConfigurationException refused = assertThrows(ConfigurationException.class, () -> read(broken));
        assertEquals(3, refused.errors().size(), refused.getMessage());
    }

    @Test
    void otherBytesOfTheSameContentAreRefused() {
        ConfigurationException refused =
                assertThrows(ConfigurationException.class, () -> read(replaced("\"version\": 3", "\"version\":  3")));
        assertTrue(refused.getMessage().contains("not in canonical form"), refused.getMessage());
    }

    @Test
    @DisplayName("A15: a file that is deeper, or has longer numbers, than any of ours is refused while it is read")
    void whatIsTooDeepOrTooLongIsRefused() {
        String lists = "[".repeat(100_000);
        assertThrows(ConfigurationException.class, () -> read(lists));
        assertThrows(ConfigurationException.class, () -> read(replaced("\"version\": 3", "\"version\": " + lists)));
        String digits = "9".repeat(1_000_000);
        assertThrows(ConfigurationException.class, () -> read(replaced("\"version\": 3", "\"version\": " + digits)));
        assertThrows(ConfigurationException.class, () -> read(replaced("\"version\": 3", "\"version\": 1e999999999")));
    }

    @Test
    @DisplayName("A15: a key that stands twice, and anything behind the document, is refused")
    void aRepeatedKeyAndTrailingBytesAreRefused() {
        assertThrows(
                ConfigurationException.class, () -> read(replaced("\"version\": 3", "\"version\": 3, \"version\": 3")));
        assertThrows(ConfigurationException.class, () -> read(text() + "{}"));
        assertThrows(ConfigurationException.class, () -> read("[]"));
        assertThrows(ConfigurationException.class, () -> read(""));
    }

    @Test
    void publicInputsAreThoseOfTheRuleInDeclaredOrder() {
        List<BigInteger> prices = List.of(BigInteger.valueOf(7), BigInteger.valueOf(9));
        List<BigInteger> expected = new ArrayList<>(prices);
        for (long parameter : new long[] {8_500, 8_000, 500, 1_500, 3_000}) {
            expected.add(BigInteger.valueOf(parameter));
        }
        JobTerms terms = new JobTerms(job);
        assertEquals(expected, terms.publicInputs(prices));
        assertEquals(4, terms.rule().roles().get(0).slots());
        assertThrows(IllegalArgumentException.class, () -> terms.publicInputs(expected));
    }

    private JobDefinition read(String text) {
        return JobFile.read("job.json", text.getBytes(StandardCharsets.UTF_8));
    }

    private String text() {
        return ByteString.copyFrom(JobFile.bytes(job)).toStringUtf8();
    }

    private String replaced(String good, String bad) {
        assertTrue(text().contains(good), good);
        return text().replaceFirst(Pattern.quote(good), Matcher.quoteReplacement(bad));
    }
}

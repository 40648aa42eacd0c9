package io.veilflow.pipeline.sign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import io.veilflow.datasets.vectors.VectorFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The golden vectors of everything that the group signs; the contracts' tests answer to the same file. */
class GroupStatementVectorTest {
    private static final VectorFile VECTORS = VectorFile.of("statements", "statements");

    @Test
    @DisplayName("E14, G6: the digest of every kind of statement is that of the vectors")
    void digests() {
        for (JsonNode vector : VECTORS.cases()) {
            assertEquals(
                    vector.get("digest").asText(),
                    HexFormat.of().formatHex(statement(vector).digest()),
                    vector.get("name").asText());
        }
    }

    @Test
    @DisplayName("G6, G15: no two statements have the same digest, whatever their kind")
    void digestsDiffer() {
        Set<String> digests = new HashSet<>();
        VECTORS.cases().forEach(vector -> digests.add(vector.get("digest").asText()));
        assertEquals(VECTORS.cases().size(), digests.size());
    }

    @Test
    @DisplayName(
            "G6: a service message under another key, for another purpose, or moved into the purpose, has another digest")
    void serviceMessages() {
        Set<ByteString> digests = new HashSet<>();
        ByteString text = ByteString.copyFromUtf8("abc");
        for (ServiceMessage message : List.of(
                new ServiceMessage(key(2), "ab", text),
                new ServiceMessage(key(3), "ab", text),
                new ServiceMessage(key(2), "a", text),
                new ServiceMessage(key(2), "a", ByteString.copyFromUtf8("babc")),
                new ServiceMessage(key(2), "ababc", ByteString.EMPTY))) {
            digests.add(ByteString.copyFrom(message.digest()));
        }
        assertEquals(5, digests.size());
    }

    @Test
    void whatIsNoStatementIsRefused() {
        ByteString registry = filled(20);
        ByteString job = filled(32);
        assertThrows(IllegalArgumentException.class, () -> new SkipMessage(1, registry, job, 4, 3, SkipReason.NO_TICK));
        assertThrows(IllegalArgumentException.class, () -> new RotationMessage(1, registry, job, 4, filled(33)));
        assertThrows(IllegalArgumentException.class, () -> new ServiceMessage(key(2), "", ByteString.EMPTY));
        assertThrows(
                IllegalArgumentException.class, () -> new SkipMessage(1, job, job, 3, 3, SkipReason.NO_TICK).digest());
    }

    @Test
    void onlyOneToThreeAreReasons() {
        for (SkipReason reason : SkipReason.values()) {
            assertEquals(reason, SkipReason.ofCode(reason.code()).orElseThrow());
        }
        assertEquals(3, SkipReason.values().length);
        assertEquals(
                false, SkipReason.ofCode(0).isPresent() || SkipReason.ofCode(4).isPresent());
    }

    private static GroupStatement statement(JsonNode vector) {
        String kind = vector.get("name").asText().split(" ", 2)[0];
        return switch (kind) {
            case "result" ->
                new ResultMessage(
                        chainId(vector),
                        bytes(vector, "registry"),
                        bytes(vector, "jobId"),
                        vector.get("window").asLong(),
                        bytes(vector, "manifestRoot"),
                        bytes(vector, "ruleHash"),
                        bytes(vector, "commitment"),
                        words(vector),
                        Assurance.ofCode(vector.get("assurance").asInt()).orElseThrow());
            case "skip" ->
                new SkipMessage(
                        chainId(vector),
                        bytes(vector, "registry"),
                        bytes(vector, "jobId"),
                        vector.get("firstWindow").asLong(),
                        vector.get("lastWindow").asLong(),
                        SkipReason.ofCode(vector.get("reason").asInt()).orElseThrow());
            case "rotation" ->
                new RotationMessage(
                        chainId(vector),
                        bytes(vector, "registry"),
                        bytes(vector, "jobId"),
                        vector.get("fromWindow").asLong(),
                        bytes(vector, "newKey"));
            case "service" ->
                new ServiceMessage(
                        bytes(vector, "groupKey"), vector.get("purpose").asText(), bytes(vector, "message"));
            default -> throw new AssertionError("no statement of kind " + kind);
        };
    }

    private static long chainId(JsonNode vector) {
        return Long.parseUnsignedLong(vector.get("chainId").asText());
    }

    private static List<ByteString> words(JsonNode vector) {
        List<ByteString> words = new ArrayList<>();
        vector.get("variableWords").forEach(word -> words.add(hex(word.asText())));
        return words;
    }

    private static ByteString bytes(JsonNode vector, String name) {
        return hex(vector.get(name).asText());
    }

    private static ByteString hex(String text) {
        return ByteString.copyFrom(HexFormat.of().parseHex(text));
    }

    private static ByteString key(int first) {
        return ByteString.copyFrom(new byte[] {(byte) first}).concat(filled(32));
    }

    private static ByteString filled(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 7);
        return ByteString.copyFrom(bytes);
    }
}

package io.veilflow.pipeline.identity;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.veilflow.pipeline.identity.IdentityException.Problem;
import java.io.IOException;
import java.nio.file.Path;

/** How key files are written: canonical, the members of records in their declared order, no spaces, absent ones left out. */
public final class KeyFileJson {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .build();

    private KeyFileJson() {}

    /** @param value a record */
    public static byte[] encode(Record value) {
        try {
            return JSON.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a key file cannot be written as JSON", e);
        }
    }

    /** @throws IdentityException MALFORMED if it is not one such record and nothing else */
    public static <R extends Record> R decode(Path file, byte[] content, Class<R> type) {
        try {
            return JSON.readValue(content, type);
        } catch (IOException e) {
            // The parser's message could quote the file.
            throw new IdentityException(Problem.MALFORMED, file, "is not a whole key file of this version");
        }
    }
}

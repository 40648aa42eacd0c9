package io.veilflow.datasets.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** One file of Project Wycheproof's vectors (its source and licence stand beside the files). */
public final class WycheproofFile {
    /** A test, and the group with what it shares with others, such as a public key. */
    public record Case(JsonNode group, JsonNode test) {
        public String text(String field) {
            return test.get(field).asText();
        }

        @Override
        public String toString() {
            return "case " + test.get("tcId").asInt() + ", " + text("comment");
        }
    }

    private WycheproofFile() {}

    /**
     * @param name without ending, such as "x25519_test"
     * @throws IllegalArgumentException if there is no such file
     */
    public static List<Case> cases(String name) {
        String resource = "/vectors/wycheproof/v1/" + name + ".json";
        try (InputStream in = WycheproofFile.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException("no vectors " + resource);
            }
            List<Case> out = new ArrayList<>();
            for (JsonNode group : new ObjectMapper().readTree(in).get("testGroups")) {
                group.get("tests").forEach(test -> out.add(new Case(group, test)));
            }
            return out;
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }
}

package io.veilflow.datasets.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** One file of vectors: a list of named cases. */
public final class VectorFile {
    private final String name;
    private final List<JsonNode> cases;

    private VectorFile(String name, List<JsonNode> cases) {
        this.name = name;
        this.cases = List.copyOf(cases);
    }

    /**
     * A file of the specification.
     *
     * @param name without ending, such as "prss"
     * @throws IllegalArgumentException if there is no such file
     */
    public static VectorFile spec(String name) {
        return of("spec", name);
    }

    /**
     * Version 1 of a scheme's file.
     *
     * @param scheme its folder
     * @param name without ending
     * @throws IllegalArgumentException if there is no such file
     */
    public static VectorFile of(String scheme, String name) {
        String resource = "/vectors/" + scheme + "/v1/" + name + ".json";
        try (InputStream in = VectorFile.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException("no vectors " + resource);
            }
            List<JsonNode> cases = new ArrayList<>();
            new ObjectMapper().readTree(in).forEach(cases::add);
            return new VectorFile(name, cases);
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }

    public List<JsonNode> cases() {
        return cases;
    }

    /** Cases whose name begins so, at least one. */
    public List<JsonNode> casesNamed(String prefix) {
        List<JsonNode> out = cases.stream()
                .filter(one -> one.get("name").asText().startsWith(prefix))
                .toList();
        if (out.isEmpty()) {
            throw new IllegalArgumentException("no case " + prefix + ".. in vectors " + name);
        }
        return out;
    }

    /** The case of this name. */
    public JsonNode caseNamed(String exact) {
        return cases.stream()
                .filter(one -> one.get("name").asText().equals(exact))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no case " + exact + " in vectors " + name));
    }
}

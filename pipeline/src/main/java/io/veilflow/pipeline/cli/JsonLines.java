package io.veilflow.pipeline.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;

/** One JSON value a line. */
final class JsonLines {
    private static final ObjectWriter WRITER = JsonMapper.builder().build().writer();

    private JsonLines() {}

    /** @param value records, maps, lists, texts and numbers */
    static void print(PrintWriter out, Object value) {
        try {
            out.println(WRITER.writeValueAsString(value));
            out.flush();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a value that is not JSON", e);
        }
    }
}

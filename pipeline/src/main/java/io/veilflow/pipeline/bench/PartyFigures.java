package io.veilflow.pipeline.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * What one party measured.
 *
 * @param nanos of each run, in the order in which all parties ran them
 * @param rounds of one run
 * @param bytes payload that this party sent in one run
 */
record PartyFigures(List<Long> nanos, long rounds, long bytes) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** The file is there with all its content or not at all. */
    void write(Path file) {
        Path unfinished = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.write(unfinished, JSON.writeValueAsBytes(this));
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of numbers", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static PartyFigures read(Path file) {
        try {
            return JSON.readValue(Files.readAllBytes(file), PartyFigures.class);
        } catch (IOException e) {
            throw new UncheckedIOException("the figures of a party cannot be read", e);
        }
    }
}

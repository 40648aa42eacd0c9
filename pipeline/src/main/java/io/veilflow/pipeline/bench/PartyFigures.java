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

    void write(Path file) {
        write(file, this);
    }

    /** A record of numbers as a file, which is there with all its content or not at all. */
    static void write(Path file, Record figures) {
        Path unfinished = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.write(unfinished, JSON.writeValueAsBytes(figures));
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of numbers", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static PartyFigures read(Path file) {
        return read(file, PartyFigures.class);
    }

    static <T extends Record> T read(Path file, Class<T> type) {
        try {
            return JSON.readValue(Files.readAllBytes(file), type);
        } catch (IOException e) {
            throw new UncheckedIOException("the figures of a party cannot be read", e);
        }
    }
}

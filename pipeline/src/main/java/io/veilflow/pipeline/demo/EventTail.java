package io.veilflow.pipeline.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.veilflow.pipeline.party.WindowReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/** Reads a party's event lines as they are written. A line that is not complete yet is left for the next call. */
public final class EventTail {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path file;
    private final Queue<JsonNode> waiting = new ArrayDeque<>();
    private long read;

    EventTail(Path file) {
        this.file = file;
    }

    /** The next event, or nothing for now. */
    public Optional<JsonNode> poll() {
        if (waiting.isEmpty() && Files.exists(file)) {
            read();
        }
        return Optional.ofNullable(waiting.poll());
    }

    private void read() {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            channel.position(read);
            ByteBuffer fresh = ByteBuffer.allocate((int) Math.min(channel.size() - read, 1 << 20));
            while (fresh.hasRemaining() && channel.read(fresh) >= 0) {
                // until the buffer is full or the file ends
            }
            int begin = 0;
            for (int at = 0; at < fresh.position(); at++) {
                if (fresh.get(at) == '\n') {
                    waiting.add(JSON.readTree(new String(fresh.array(), begin, at - begin, StandardCharsets.UTF_8)));
                    begin = at + 1;
                }
            }
            read += begin;
        } catch (IOException e) {
            throw new UncheckedIOException("events of " + file, e);
        }
    }

    public static WindowReport window(JsonNode event) {
        return JSON.convertValue(event, WindowReport.class);
    }
}

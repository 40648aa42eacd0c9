package io.veilflow.pipeline.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.veilflow.pipeline.board.MessageSigner;
import io.veilflow.pipeline.encoding.Fields;
import io.veilflow.pipeline.encoding.Hashes;
import io.veilflow.pipeline.identity.VerificationKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * What the signing service of one party was asked, was allowed, refused, began and signed: one JSON object a line, forced to disk, each
 * with its number, the hash of the line before it, and a signature of the party's identity over both and the content. A line that is
 * changed, removed or moved is found; lines cut off at the end are found against the board, where requests and signatures stand too.
 */
public final class SigningAuditLog implements AutoCloseable {
    private static final String LABEL = "veilflow/signing-audit/1";
    private static final String FIRST = "0".repeat(64);
    private static final int LINE_BYTES_MAX = 16 << 10;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final FileChannel channel;
    private final MessageSigner identity;
    private final List<Entry> before;
    private final Set<String> found = new HashSet<>();
    private String previous;
    private long next;

    /** What a line is about. */
    public enum Event {
        REQUEST,
        APPROVAL,
        REFUSAL,
        /** Stands before anything of the signature is given to others. */
        BEGUN,
        SIGNATURE
    }

    /**
     * One line.
     *
     * @param subject who asked or approved, why it is refused, or the signature in hex; empty for what has begun
     * @param request hash of the request, hex
     * @param statement hash of what is to be signed, hex; empty for a request that is refused
     */
    public record Entry(long index, Event event, String request, String statement, String title, String subject) {}

    /**
     * Continues the file or begins it, readable by its owner only. A last line that a crash cut off is dropped.
     *
     * @param key of the party's identity
     * @throws SigningAuditException if the file is not a log of this party
     */
    public SigningAuditLog(Path file, MessageSigner identity, VerificationKey key) {
        this.identity = identity;
        try {
            List<String> lines = Files.exists(file) ? wholeLines(file) : List.of();
            this.before = List.copyOf(verify(lines, key));
            before.forEach(entry -> found.add(what(entry.event(), entry.request(), entry.subject())));
            this.next = before.size();
            this.previous = lines.isEmpty() ? FIRST : hash(lines.get(lines.size() - 1));
            this.channel = FileChannel.open(
                    file,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (IOException failed) {
            throw new UncheckedIOException("the audit log " + file + " cannot be opened", failed);
        }
    }

    private static List<String> wholeLines(Path file) throws IOException {
        String content = Files.readString(file);
        String whole = content.substring(0, content.lastIndexOf('\n') + 1);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(whole.getBytes(StandardCharsets.UTF_8).length);
        }
        return whole.lines().toList();
    }

    /** What stood there when the log was opened, in order. */
    List<Entry> before() {
        return before;
    }

    private static String what(Event event, String request, String subject) {
        return event + " " + request + " " + subject;
    }

    /** Returns when the line is on disk. What was there when the log was opened is not written again: a restarted party reads it anew. */
    synchronized void append(Event event, String request, String statement, String title, String subject) {
        if (found.contains(what(event, request, subject))) {
            return;
        }
        ObjectNode line = content(new Entry(next, event, request, statement, title, subject));
        line.put("previous", previous);
        String signed = line.toString();
        line.put("signature", HexFormat.of().formatHex(identity.sign(preimage(signed))));
        String text = line.toString();
        try {
            ByteBuffer bytes = ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(false);
        } catch (IOException failed) {
            throw new UncheckedIOException("the audit log cannot be written", failed);
        }
        previous = hash(text);
        next++;
    }

    /**
     * Verifies a log.
     *
     * @param key of the party's identity
     * @return its entries, in order
     * @throws SigningAuditException naming the first line that does not fit
     */
    public static List<Entry> verify(List<String> lines, VerificationKey key) {
        List<Entry> entries = new ArrayList<>();
        String before = FIRST;
        for (String line : lines) {
            entries.add(verify(line, entries.size(), before, key));
            before = hash(line);
        }
        return entries;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failed) {
            throw new UncheckedIOException("the audit log cannot be closed", failed);
        }
    }

    private static Entry verify(String line, long index, String before, VerificationKey key) {
        try {
            if (line.length() > LINE_BYTES_MAX) {
                throw new SigningAuditException(index, "is longer than a line can be");
            }
            JsonNode read = JSON.readTree(line);
            Entry entry = new Entry(
                    read.required("index").asLong(),
                    Event.valueOf(read.required("event").asText()),
                    read.required("request").asText(),
                    read.required("statement").asText(),
                    read.required("title").asText(),
                    read.required("subject").asText());
            ObjectNode signed = content(entry).put("previous", before);
            byte[] signature =
                    HexFormat.of().parseHex(read.required("signature").asText());
            if (entry.index() != index || !key.verify(preimage(signed.toString()), signature)) {
                throw new SigningAuditException(index, "is not what its party wrote there");
            }
            return entry;
        } catch (IOException | IllegalArgumentException malformed) {
            throw new SigningAuditException(index, "is no line of an audit log");
        }
    }

    private static ObjectNode content(Entry entry) {
        return JSON.createObjectNode()
                .put("index", entry.index())
                .put("event", entry.event().name())
                .put("request", entry.request())
                .put("statement", entry.statement())
                .put("title", entry.title())
                .put("subject", entry.subject());
    }

    private static byte[] preimage(String content) {
        return Fields.of(Fields.text(LABEL), Fields.text(content));
    }

    private static String hash(String line) {
        return HexFormat.of().formatHex(Hashes.sha256(Fields.text(line)));
    }
}

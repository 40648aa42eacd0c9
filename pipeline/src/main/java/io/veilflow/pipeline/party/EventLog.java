package io.veilflow.pipeline.party;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.ProtocolAbortException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * What happened at this party, for people and programs that look on: one JSON object and line each, written through at
 * once. Public facts only. What became of a window, a record or a statement is told once, over all restarts. Thread-safe.
 */
public final class EventLog implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Writer out;
    private final Set<String> told;
    private final List<Consumer<JsonNode>> listeners = new CopyOnWriteArrayList<>();

    /**
     * @param file is made, or continued: what stands there already about windows, records and statements is not told again; a line
     *     that a crash cut off is dropped
     */
    public EventLog(Path file) {
        try {
            List<String> before = wholeLines(file);
            told = told(before);
            out = Files.newBufferedWriter(
                    file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot write " + file, failed);
        }
    }

    /**
     * Writes somewhere else. Closed with this log.
     *
     * @param before lines that stand there already
     */
    public EventLog(Writer out, List<String> before) {
        this.out = new BufferedWriter(out);
        this.told = told(before);
    }

    /** @param listener is given every event from now on, after it was written, on whatever thread tells it; returns quickly */
    public void addListener(Consumer<JsonNode> listener) {
        listeners.add(listener);
    }

    public void window(WindowReport report) {
        write(JSON.valueToTree(report));
    }

    /** A record that does not count, and why. */
    public void rejected(WindowReport.Rejection rejection) {
        ObjectNode event = event("rejected");
        event.put("contributor", rejection.contributor())
                .put("record", rejection.record())
                .put("reason", rejection.reason());
        write(event);
    }

    public void skipped(long window, String reason) {
        write(event("skipped").put("window", window).put("reason", reason));
    }

    /** An attempt that failed, of what, and who provably broke the protocol, if that is known. */
    void attemptFailed(UnitId unit, int attempt, AttemptFailures.Kind kind, ProtocolAbortException abort) {
        write(event("attempt-failed")
                .put("unit", unit.toString())
                .put("attempt", attempt)
                .put("kind", kind.name().toLowerCase(Locale.ROOT))
                .put("accused", abort.accused().map(PartyId::toString).orElse(null))
                .put("reason", abort.getMessage()));
    }

    /** A party came with a journal that is not the one that it has told the others of; perhaps this party itself. */
    void journalRefused(PartyId party, String reason) {
        write(event("journal-refused").put("party", party.toString()).put("reason", reason));
    }

    /** A share that does not match what its party had committed to: provably that party's doing. */
    void wrongSignatureShare(PartyId culprit, String statement) {
        write(event("wrong-signature-share").put("accused", culprit.toString()).put("statement", statement));
    }

    /** Something that the operators asked for is signed. */
    void groupSigned(String statement) {
        write(event("group-signed").put("statement", statement));
    }

    /** A signature of the group's account failed: this party signs no more with it until its share is refreshed. */
    void accountSuspended(ProtocolAbortException abort) {
        write(event("account-suspended")
                .put("accused", abort.accused().map(PartyId::toString).orElse(null))
                .put("reason", abort.getMessage()));
    }

    public void held(String reason) {
        write(event("held").put("reason", reason));
    }

    /** Something that people should know from the start, such as keys of an unsafe setup. */
    public void warning(String what) {
        write(event("warning").put("what", what));
    }

    public void started(String party, String job, String profile) {
        write(event("started").put("party", party).put("job", job).put("profile", profile));
    }

    /** Asked to stop, and parked. */
    void stopped() {
        write(event("stopped"));
    }

    public void finished() {
        write(event("finished"));
    }

    @Override
    public synchronized void close() {
        try {
            out.close();
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot close the event log", failed);
        }
    }

    private static ObjectNode event(String name) {
        return JsonNodeFactory.instance.objectNode().put("event", name);
    }

    private synchronized void write(ObjectNode event) {
        if (told.contains(subject(event))) {
            return;
        }
        try {
            out.write(JSON.writeValueAsString(event));
            out.write('\n');
            out.flush();
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot write an event", failed);
        }
        listeners.forEach(listener -> listener.accept(event));
    }

    private static List<String> wholeLines(Path file) throws IOException {
        if (Files.notExists(file)) {
            return List.of();
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            byte[] content = Files.readAllBytes(file);
            int end = content.length;
            while (end > 0 && content[end - 1] != '\n') {
                end--;
            }
            channel.truncate(end);
            return new String(content, 0, end, StandardCharsets.UTF_8).lines().toList();
        }
    }

    private static Set<String> told(List<String> lines) {
        Set<String> subjects = new HashSet<>();
        for (String line : lines) {
            try {
                subjects.add(subject(JSON.readTree(line)));
            } catch (JsonProcessingException notOurs) {
                // a line of somebody else tells nothing of this party's
            }
        }
        subjects.remove("");
        return subjects;
    }

    /** What happens once and is told once, over all restarts; empty for everything else. */
    private static String subject(JsonNode event) {
        String name = event.path("event").asText();
        return switch (name) {
            case WindowReport.EVENT, "skipped" -> name + " " + event.path("window") + " " + event.path("assurance");
            case "rejected" -> name + " " + event.path("contributor") + " " + event.path("record");
            case "group-signed" -> name + " " + event.path("statement");
            default -> "";
        };
    }
}

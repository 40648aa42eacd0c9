package io.veilflow.mpc.session;

import io.veilflow.mpc.party.PartyId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What one party sent and received in one session, in its order: where, how long and under which hash, never the content. Two
 * parties' transcripts of the same attempt agree on every message between them, unless one of them lies or a link does.
 *
 * @param context of the session as in its frames, 32 bytes
 * @param omitted messages after the entries that no longer fitted
 */
public record Transcript(PartyId self, byte[] context, long epoch, List<Entry> entries, long omitted) {
    private static final String TITLE = "veilflow/transcript/1";
    private static final HexFormat HEX = HexFormat.of();

    /**
     * One message.
     *
     * @param sent or received
     * @param sequence from 0, for each peer and direction
     * @param place operation path and label
     * @param hash SHA-256 of the payload
     */
    public record Entry(boolean sent, PartyId peer, long sequence, String place, int bytes, byte[] hash) {
        private boolean isSameMessage(Entry other) {
            return place.equals(other.place) && bytes == other.bytes && Arrays.equals(hash, other.hash);
        }
    }

    /** The first message about which two parties do not say the same. */
    public record Difference(PartyId from, PartyId to, long sequence, String place) {}

    public Transcript {
        entries = List.copyOf(entries);
    }

    /**
     * Compares what one says it sent with what the other says it received, in both directions. A message that was sent and
     * not received, because the session ended, is no difference.
     *
     * @throws IllegalArgumentException if they are not of two parties about one attempt
     */
    public static Optional<Difference> firstDifference(Transcript one, Transcript other) {
        if (one.self == other.self || one.epoch != other.epoch || !Arrays.equals(one.context, other.context)) {
            throw new IllegalArgumentException("not two parties' transcripts of one attempt");
        }
        return Stream.of(arriving(one, other), arriving(other, one))
                .flatMap(Optional::stream)
                .min((a, b) -> Long.compare(a.sequence, b.sequence));
    }

    private static Optional<Difference> arriving(Transcript from, Transcript to) {
        Map<Long, Entry> sent = new HashMap<>();
        from.between(true, to.self).forEach(entry -> sent.put(entry.sequence, entry));
        return to.between(false, from.self)
                .filter(entry -> {
                    Entry matching = sent.get(entry.sequence);
                    return matching == null ? from.omitted == 0 : !matching.isSameMessage(entry);
                })
                .findFirst()
                .map(entry -> new Difference(from.self, to.self, entry.sequence, entry.place));
    }

    private Stream<Entry> between(boolean sent, PartyId peer) {
        return entries.stream().filter(entry -> entry.sent == sent && entry.peer == peer);
    }

    /** One line for each message, for people and for {@link #parse} (docs/wire.md 13). */
    public String text() {
        StringBuilder text = new StringBuilder(TITLE + "\n");
        text.append("party ").append(self).append('\n');
        text.append("context ").append(HEX.formatHex(context)).append('\n');
        text.append("epoch ").append(epoch).append('\n');
        for (Entry entry : entries) {
            text.append(entry.sent ? "> " : "< ")
                    .append(entry.peer)
                    .append(' ')
                    .append(entry.sequence)
                    .append(' ')
                    .append(entry.bytes)
                    .append(' ')
                    .append(HEX.formatHex(entry.hash))
                    .append(' ')
                    .append(entry.place)
                    .append('\n');
        }
        return text.append("omitted ").append(omitted).append('\n').toString();
    }

    /** @throws IllegalArgumentException if it is no such text */
    public static Transcript parse(String text) {
        String[] lines = text.split("\n");
        if (lines.length < 5 || !lines[0].equals(TITLE)) {
            throw new IllegalArgumentException("not a transcript");
        }
        List<Entry> entries =
                Arrays.stream(lines, 4, lines.length - 1).map(Transcript::entry).toList();
        return new Transcript(
                PartyId.valueOf(value(lines[1], "party ")),
                HEX.parseHex(value(lines[2], "context ")),
                Long.parseLong(value(lines[3], "epoch ")),
                entries,
                Long.parseLong(value(lines[lines.length - 1], "omitted ")));
    }

    private static Entry entry(String line) {
        String[] parts = line.split(" ", 6);
        if (parts.length != 6 || !parts[0].equals(">") && !parts[0].equals("<")) {
            throw new IllegalArgumentException("not a line of a transcript");
        }
        return new Entry(
                parts[0].equals(">"),
                PartyId.valueOf(parts[1]),
                Long.parseLong(parts[2]),
                parts[5],
                Integer.parseInt(parts[3]),
                HEX.parseHex(parts[4]));
    }

    private static String value(String line, String name) {
        if (!line.startsWith(name)) {
            throw new IllegalArgumentException("no line " + name.trim());
        }
        return line.substring(name.length());
    }

    @Override
    public String toString() {
        return "Transcript[" + self + ", " + entries.size() + " messages]";
    }
}

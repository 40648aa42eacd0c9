package io.veilflow.mpc.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.field.Words;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.replicated.BitShares;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.replicated.IntegerShares;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.session.Profile;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** One protocol case of the specification's vectors: runs it with the listed K_ctx and compares every message. */
public final class SpecCase {
    private static final HexFormat HEX = HexFormat.of();

    private final JsonNode node;
    private final ThreePartyWorld world;

    /** In profile S. */
    public SpecCase(JsonNode node) {
        this(node, Profile.S);
    }

    public SpecCase(JsonNode node, Profile profile) {
        this.node = node;
        this.world = ThreePartyWorld.seeded(0)
                .withProfile(profile)
                .withContextKeys((key, path, purpose) -> contextKey(key, purpose));
    }

    private byte[] contextKey(int key, String purpose) {
        for (JsonNode entry : node.get("k_ctx")) {
            if (entry.get("key").asInt() == key && entry.get("purpose").asText().equals(purpose)) {
                return HEX.parseHex(entry.get("k_ctx").asText());
            }
        }
        throw new IllegalArgumentException("the case lists no K_ctx " + key + " " + purpose);
    }

    public String name() {
        return node.get("name").asText();
    }

    public JsonNode inputs() {
        return node.get("inputs");
    }

    public JsonNode outputs() {
        return node.get("outputs");
    }

    public ThreePartyWorld world() {
        return world;
    }

    /** Runs the protocol at the case's path; every message must equal the listed ones. */
    public <T> List<T> run(Function<Operation, T> protocol) {
        return run(protocol, label -> true);
    }

    /** The same where only labels that pass the filter belong to the protocol. */
    public <T> List<T> run(Function<Operation, T> protocol, Predicate<String> labels) {
        String path = node.get("path").asText();
        List<T> results = world.run(session -> protocol.apply(session.operation(path)));
        assertEquals(expectedMessages(labels), sentMessages(), name());
        return results;
    }

    /** Per direction, since each direction is a channel of its own. */
    private List<String> expectedMessages(Predicate<String> labels) {
        List<String> out = new ArrayList<>();
        for (JsonNode message : node.get("messages")) {
            if (labels.test(message.get(3).asText())) {
                out.add(line(
                        message.get(1).asInt(),
                        message.get(2).asInt(),
                        message.get(3).asText(),
                        message.get(4).asText()));
            }
        }
        return byDirection(out);
    }

    private List<String> sentMessages() {
        List<String> out = new ArrayList<>();
        for (Message message : world.messages()) {
            out.add(line(
                    message.from().index(), message.to().index(), message.label(), HEX.formatHex(message.payload())));
        }
        return byDirection(out);
    }

    private static String line(int from, int to, String label, String hex) {
        return from + ">" + to + " " + label + " " + hex;
    }

    /** Stable: the order within one direction stays. */
    private static List<String> byDirection(List<String> lines) {
        return lines.stream()
                .sorted((a, b) -> a.substring(0, 3).compareTo(b.substring(0, 3)))
                .toList();
    }

    /** P_i's view of three components of a vector over Fr in hex. */
    public static ElementShares fr(PartyId self, JsonNode components) {
        return elements(PrimeField.FR, self, components);
    }

    /** P_i's view of three components of a vector over the field in hex. */
    public static ElementShares elements(PrimeField field, PartyId self, JsonNode components) {
        return ElementShares.fromBytes(
                field,
                HEX.parseHex(components.get(self.index()).asText()),
                HEX.parseHex(components.get(self.next().index()).asText()));
    }

    /** P_i's view of planes. */
    public static BitShares bits(PartyId self, JsonNode components, int lanes) {
        JsonNode own = components.get(self.index());
        return new BitShares(
                lanes,
                own.size(),
                planes(own),
                planes(components.get(self.next().index())));
    }

    /** P_i's view of integer components in decimal. */
    public static IntegerShares integers(PartyId self, JsonNode components) {
        long[] own = Clear.integers(texts(components.get(self.index())));
        long[] next = Clear.integers(texts(components.get(self.next().index())));
        return new IntegerShares(components.get(0).size(), own, next);
    }

    public static long[] planes(JsonNode hexes) {
        return Words.decode(HEX.parseHex(String.join("", texts(hexes))));
    }

    public static List<String> texts(JsonNode list) {
        List<String> out = new ArrayList<>();
        list.forEach(one -> out.add(one.asText()));
        return out;
    }

    /** Over either field. */
    public static void assertElements(JsonNode components, List<ElementShares> results) {
        for (PartyId party : PartyId.values()) {
            ElementShares mine = results.get(party.index());
            assertEquals(components.get(party.index()).asText(), HEX.formatHex(mine.ownBytes()));
            assertEquals(components.get(party.next().index()).asText(), HEX.formatHex(mine.nextBytes()));
        }
    }

    public static void assertBits(JsonNode components, List<BitShares> results) {
        for (PartyId party : PartyId.values()) {
            BitShares mine = results.get(party.index());
            assertEquals(hex(components.get(party.index())), HEX.formatHex(Words.encode(mine.own())));
            assertEquals(hex(components.get(party.next().index())), HEX.formatHex(Words.encode(mine.next())));
        }
    }

    public static String hex(JsonNode planes) {
        return String.join("", texts(planes));
    }
}

package io.veilflow.pipeline.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * One JSON object of a document, read key by key. An error is noted under its path and a harmless value is returned, so
 * that reading goes on and finds the other errors; {@link #finish} throws them all. A value read from a document with
 * errors must not be used before {@code finish}.
 */
public final class DocumentReader {
    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build()
            .reader()
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final String document;
    private final String path;
    private final JsonNode object;
    private final List<String> errors;
    private final Set<String> read = new TreeSet<>();
    private final List<DocumentReader> children = new ArrayList<>();

    private DocumentReader(String document, String path, JsonNode object, List<String> errors) {
        this.document = document;
        this.path = path;
        this.object = object;
        this.errors = errors;
    }

    /**
     * @param document its name in messages
     * @throws ConfigurationException if the bytes are not one JSON object
     */
    public static DocumentReader of(String document, byte[] bytes) {
        JsonNode node;
        try {
            node = JSON.readTree(bytes);
        } catch (JsonProcessingException broken) {
            throw new ConfigurationException(document, List.of("not valid JSON: " + broken.getOriginalMessage()));
        } catch (IOException impossible) {
            throw new IllegalStateException("reading from memory", impossible);
        }
        if (node == null || !node.isObject()) {
            throw new ConfigurationException(document, List.of("not a JSON object"));
        }
        return new DocumentReader(document, "", node, new ArrayList<>());
    }

    /** Notes an error at a key of this object. */
    public void error(String key, String what) {
        errors.add(path + key + ": " + what);
    }

    /** Notes an error of this object that names its place itself. */
    public void error(String what) {
        errors.add(path + what);
    }

    /** Errors of the whole document so far. */
    public int errorCount() {
        return errors.size();
    }

    /** Whether the key is there; for optional keys, before they are read. */
    public boolean has(String key) {
        return object.has(key);
    }

    public String text(String key, Pattern pattern) {
        JsonNode value = value(key);
        if (!value.isTextual() || !pattern.matcher(value.textValue()).matches()) {
            note(value, key, "text of the form " + pattern);
            return "";
        }
        return value.textValue();
    }

    /** A name of one of the enum's constants; the first constant stands for an error. */
    public <E extends Enum<E>> E choice(String key, Class<E> type) {
        JsonNode value = value(key);
        for (E constant : type.getEnumConstants()) {
            if (value.isTextual() && constant.name().equals(value.textValue())) {
                return constant;
            }
        }
        note(value, key, "one of " + Arrays.toString(type.getEnumConstants()));
        return type.getEnumConstants()[0];
    }

    public Optional<String> optionalText(String key, Pattern pattern) {
        return has(key) ? Optional.of(text(key, pattern)) : Optional.empty();
    }

    public long whole(String key, long least, long most) {
        JsonNode value = value(key);
        if (!value.isIntegralNumber()
                || !value.canConvertToLong()
                || value.longValue() < least
                || value.longValue() > most) {
            note(value, key, "a whole number from " + least + " to " + most);
            return least;
        }
        return value.longValue();
    }

    public int small(String key, int least, int most) {
        return (int) whole(key, least, most);
    }

    public boolean flag(String key) {
        JsonNode value = value(key);
        if (!value.isBoolean()) {
            note(value, key, "true or false");
        }
        return value.booleanValue();
    }

    /** Lower-case hexadecimal digits after {@code prefix}. */
    public ByteString hex(String key, String prefix, int length) {
        JsonNode value = value(key);
        if (!value.isTextual() || !isHex(value.textValue(), prefix, length)) {
            note(value, key, "'" + prefix + "' and " + 2 * length + " lower-case hexadecimal digits");
            return ByteString.copyFrom(new byte[length]);
        }
        return ByteString.copyFrom(HexFormat.of().parseHex(value.textValue().substring(prefix.length())));
    }

    /** A list of {@code least} to {@code most} whole numbers. */
    public List<Long> numbers(String key, int least, int most, long minimum, long maximum) {
        List<Long> numbers = new ArrayList<>();
        JsonNode value = value(key);
        for (JsonNode item : items(value)) {
            if (item.isIntegralNumber()
                    && item.canConvertToLong()
                    && item.longValue() >= minimum
                    && item.longValue() <= maximum) {
                numbers.add(item.longValue());
            }
        }
        if (!hasItems(value, least, most) || numbers.size() != value.size()) {
            note(value, key, "a list of " + count(least, most) + " whole numbers from " + minimum + " to " + maximum);
        }
        return numbers;
    }

    /** A list of {@code least} to {@code most} texts, none twice. */
    public List<String> names(String key, int least, int most, Pattern pattern) {
        List<String> names = new ArrayList<>();
        JsonNode value = value(key);
        for (JsonNode item : items(value)) {
            if (item.isTextual() && pattern.matcher(item.textValue()).matches()) {
                names.add(item.textValue());
            }
        }
        if (!hasItems(value, least, most) || names.size() != value.size()) {
            note(value, key, "a list of " + count(least, most) + " texts of the form " + pattern);
        } else if (new HashSet<>(names).size() != names.size()) {
            error(key, "a name stands twice");
        }
        return names;
    }

    /** Leaves a key unread, whatever it holds. */
    public void pass(String key) {
        read.add(key);
    }

    public DocumentReader object(String key) {
        JsonNode value = value(key);
        if (!value.isObject()) {
            note(value, key, "an object");
        }
        return child(path + key + ".", value);
    }

    public List<DocumentReader> objects(String key, int least, int most) {
        JsonNode value = value(key);
        if (!value.isArray() || value.size() < least || value.size() > most) {
            note(value, key, "a list of " + least + " to " + most + " objects");
            return List.of();
        }
        List<DocumentReader> items = new ArrayList<>();
        for (int i = 0; i < value.size(); i++) {
            String item = key + "[" + i + "]";
            if (!value.get(i).isObject()) {
                error(item, "expected an object");
            }
            items.add(child(path + item + ".", value.get(i)));
        }
        return items;
    }

    /** @throws ConfigurationException with all errors noted so far, and with the keys that nobody read */
    public void finish() {
        refuseUnknownKeys();
        if (!errors.isEmpty()) {
            throw new ConfigurationException(document, errors);
        }
    }

    private void refuseUnknownKeys() {
        object.fieldNames().forEachRemaining(key -> {
            if (!read.contains(key)) {
                error(key, "unknown key");
            }
        });
        children.forEach(DocumentReader::refuseUnknownKeys);
    }

    private JsonNode value(String key) {
        read.add(key);
        return object.path(key);
    }

    private DocumentReader child(String childPath, JsonNode value) {
        DocumentReader child = new DocumentReader(document, childPath, value, errors);
        children.add(child);
        return child;
    }

    private void note(JsonNode value, String key, String expected) {
        error(key, (value.isMissingNode() ? "missing, expected " : "expected ") + expected);
    }

    private static Iterable<JsonNode> items(JsonNode value) {
        return value.isArray() ? value : List.of();
    }

    private static boolean hasItems(JsonNode value, int least, int most) {
        return value.isArray() && value.size() >= least && value.size() <= most;
    }

    private static String count(int least, int most) {
        return least == most ? Integer.toString(least) : least + " to " + most;
    }

    private static boolean isHex(String text, String prefix, int length) {
        return text.startsWith(prefix) && text.substring(prefix.length()).matches("[0-9a-f]{" + 2 * length + "}");
    }
}

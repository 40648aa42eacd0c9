package io.veilflow.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the documents claim about security is what the tests of this repository show. */
class SecurityClaimsTest {
    private static final Path ROOT = Path.of("..");
    private static final Path SECURITY = ROOT.resolve("docs").resolve("security");

    private static final String STATEMENT =
            "Security holds if at most one of the three parties is corrupted. It is malicious security with abort: a"
                    + " corrupted party can stop a window, but cannot learn inputs, cannot change a result undetected, and"
                    + " cannot learn a result that it then withholds.";

    private static final Pattern ROW = Pattern.compile("^\\| ([A-H]\\d+) \\|.*\\|(.*)\\|$");
    private static final Pattern TEST = Pattern.compile("`([A-Za-z0-9_]+(?:\\.go)?)#([A-Za-z0-9]+)`");

    @Test
    @DisplayName("C20: README and docs/security claim the same corruption model, word for word")
    void theStatementStandsInBoth() {
        for (Path claim : List.of(ROOT.resolve("README.md"), SECURITY.resolve("README.md"))) {
            String text = read(claim).replaceAll("\\s+", " ");
            assertTrue(text.contains(STATEMENT), claim + " has other words");
        }
    }

    @Test
    @DisplayName("C20: every threat that is due names a test that exists and carries its id")
    void everyThreatHasItsTest() {
        Map<String, String> rows = rows();
        assertEquals(due(), List.copyOf(rows.keySet()));
        List<Path> sources = testSources();
        List<String> wrong = new ArrayList<>();
        rows.forEach((id, tests) -> {
            boolean carried = false;
            Matcher named = TEST.matcher(tests);
            while (named.find()) {
                String source = source(sources, named.group(1));
                if (!source.contains(named.group(2) + "(")) {
                    wrong.add(id + " names " + named.group() + ", which is not there");
                }
                carried |= Pattern.compile("\\b" + id + "\\b|void " + id.toLowerCase() + "[A-Z]")
                        .matcher(source)
                        .find();
            }
            if (!carried && !tests.startsWith(" argued: ")) {
                wrong.add(id + " names no test that carries it");
            }
        });
        assertEquals(List.of(), wrong);
    }

    /** The ids of THREATS that belong to what is built: input, crash and restart, transport, malicious parties, circuits, chain, signing, key files. */
    private static List<String> due() {
        return Stream.of(
                        IntStream.rangeClosed(1, 21).mapToObj(k -> "A" + k),
                        IntStream.rangeClosed(1, 15).mapToObj(k -> "C" + k),
                        IntStream.rangeClosed(19, 22).mapToObj(k -> "C" + k),
                        IntStream.rangeClosed(1, 18).mapToObj(k -> "B" + k),
                        IntStream.rangeClosed(1, 23).mapToObj(k -> "E" + k),
                        IntStream.rangeClosed(1, 19).mapToObj(k -> "F" + k),
                        IntStream.rangeClosed(1, 17).mapToObj(k -> "D" + k),
                        IntStream.rangeClosed(1, 18).mapToObj(k -> "G" + k),
                        IntStream.rangeClosed(1, 12).mapToObj(k -> "H" + k))
                .flatMap(ids -> ids)
                .toList();
    }

    private static Map<String, String> rows() {
        Map<String, String> rows = new LinkedHashMap<>();
        read(SECURITY.resolve("threats.md"))
                .lines()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .forEach(row -> rows.put(row.group(1), row.group(2)));
        return rows;
    }

    private static List<Path> testSources() {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> {
                        String path = file.toString();
                        return path.contains("/src/test/java/") && path.endsWith(".java") || path.endsWith("_test.go");
                    })
                    .collect(Collectors.toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Empty if there is none. */
    private static String source(List<Path> sources, String name) {
        String file = name.endsWith(".go") ? name : name + ".java";
        return sources.stream()
                .filter(source -> source.getFileName().toString().equals(file))
                .map(SecurityClaimsTest::read)
                .collect(Collectors.joining());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

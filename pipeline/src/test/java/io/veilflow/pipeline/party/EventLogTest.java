package io.veilflow.pipeline.party;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.StringWriter;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class EventLogTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final StringWriter out = new StringWriter();
    private final EventLog events = new EventLog(out, List.of());

    @Test
    @DisplayName("A12: integers above 2^53 and 2^64 are read back from a report as they were written")
    void largeIntegersSurvive() throws Exception {
        List<BigInteger> values = List.of(
                BigInteger.TWO.pow(53).add(BigInteger.ONE),
                BigInteger.TWO.pow(64).add(BigInteger.ONE),
                BigInteger.TWO.pow(250).subtract(BigInteger.ONE),
                BigInteger.TWO.pow(64).negate());
        WindowReport report = new WindowReport(
                WindowReport.EVENT,
                "job",
                Long.MAX_VALUE,
                Map.of("level", values),
                "proven",
                "M",
                2,
                List.of(new WindowReport.Rejection("bank-a", (1L << 53) + 1, "REPLAYED")),
                "00",
                "00",
                1,
                new WindowReport.Millis(0, 0, 0, 0, 0, 0));
        events.window(report);
        assertEquals(report, JSON.readValue(out.toString(), WindowReport.class));
    }

    @Test
    @DisplayName("A17: text of others with line breaks, quotes and control characters forges no line of the log")
    void noLineIsForged() throws Exception {
        String forged = "x\"}\n{\"event\":\"window\",\"window\":0}\r\u2028\u0000\u001b[31m";
        events.held(forged);
        events.rejected(new WindowReport.Rejection(forged, 0, forged));
        List<String> lines = out.toString().lines().toList();
        assertEquals(2, lines.size(), lines::toString);
        JsonNode held = JSON.readTree(lines.get(0));
        assertEquals("held", held.path("event").asText());
        assertEquals(forged, held.path("reason").asText());
        assertEquals("rejected", JSON.readTree(lines.get(1)).path("event").asText());
    }
}

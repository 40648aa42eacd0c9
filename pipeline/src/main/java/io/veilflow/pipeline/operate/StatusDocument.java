package io.veilflow.pipeline.operate;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.veilflow.pipeline.party.PartyView;
import io.veilflow.pipeline.party.WindowOutcome;
import java.util.List;
import java.util.Locale;

/**
 * What a party says about itself at {@code /status}. Public facts only; what is not known is null.
 *
 * @param party its name, such as {@code party-0}
 * @param live whether its main loop turns
 * @param missing what keeps it from being ready; empty if it is
 * @param stage see {@link io.veilflow.pipeline.party.PartyStage}
 * @param unit that it works on
 * @param epoch of its links
 * @param hold why the job holds here
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
@JsonPropertyOrder({
    "party",
    "job",
    "profile",
    "live",
    "ready",
    "missing",
    "stage",
    "unit",
    "stageMillis",
    "lastWindow",
    "lag",
    "epoch",
    "hold"
})
@JsonIgnoreProperties(ignoreUnknown = true)
public record StatusDocument(
        String party,
        String job,
        String profile,
        boolean live,
        boolean ready,
        List<Missing> missing,
        String stage,
        String unit,
        long stageMillis,
        LastWindow lastWindow,
        Lag lag,
        Long epoch,
        String hold) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** A part that is not as it must be. */
    public record Missing(String part, String reason) {}

    /** The last window that ended here in the life of this process. */
    public record LastWindow(long window, String outcome) {
        static LastWindow of(WindowOutcome last) {
            return new LastWindow(last.window(), last.ending().name().toLowerCase(Locale.ROOT));
        }
    }

    /** See {@link io.veilflow.pipeline.party.PartyView.Lag}. */
    public record Lag(Long tickMillis, long records, int windows, long windowMillis, int posts, long postMillis) {
        static Lag of(PartyView.Lag lag) {
            return new Lag(
                    lag.tickMillis().orElse(null),
                    lag.records(),
                    lag.windows(),
                    lag.windowMillis(),
                    lag.posts(),
                    lag.postMillis());
        }
    }

    public StatusDocument {
        missing = missing == null ? List.of() : List.copyOf(missing);
    }

    String json() {
        return write(this);
    }

    /** @throws JsonProcessingException if it is no such document */
    static StatusDocument read(String text) throws JsonProcessingException {
        return JSON.readValue(text, StatusDocument.class);
    }

    static String write(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of texts and numbers", e);
        }
    }
}

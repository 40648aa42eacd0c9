package io.veilflow.pipeline.party;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.math.BigInteger;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The figures of one window at one party, as one JSON line in {@code events.jsonl} of its state folder. Public.
 *
 * @param outputs what was published, by output in the order of the rule
 * @param assurance "proven" or "attested"
 * @param profile security profile of the sessions
 * @param submissions books that count in the window
 * @param rejected decided since the window before
 * @param manifestRoot hexadecimal
 * @param transaction hexadecimal hash of the transaction on the chain
 */
@JsonPropertyOrder({
    "event",
    "job",
    "window",
    "outputs",
    "assurance",
    "profile",
    "submissions",
    "rejected",
    "manifestRoot",
    "transaction",
    "gas",
    "millis"
})
@JsonInclude(JsonInclude.Include.ALWAYS)
public record WindowReport(
        String event,
        String job,
        long window,
        Map<String, List<BigInteger>> outputs,
        String assurance,
        String profile,
        int submissions,
        List<Rejection> rejected,
        String manifestRoot,
        String transaction,
        long gas,
        Millis millis) {
    /** Value of {@code event} in the line. */
    public static final String EVENT = "window";

    public WindowReport {
        outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
        rejected = List.copyOf(rejected);
    }

    /**
     * A submission that does not count.
     *
     * @param contributor whose log it stands in
     * @param record index in that log
     */
    public record Rejection(String contributor, long record, String reason) {}

    /**
     * Milliseconds by stage.
     *
     * @param admit admission batches since the window before
     * @param seal from the closing tick to three signatures
     * @param evaluate the rule on shares
     * @param prove both halves of the joint proof, opening and verification
     * @param post until the transaction is on the chain
     * @param total from the closing tick to the transaction
     */
    public record Millis(long admit, long seal, long evaluate, long prove, long post, long total) {}
}

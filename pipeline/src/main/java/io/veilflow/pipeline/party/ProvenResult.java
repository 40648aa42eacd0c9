package io.veilflow.pipeline.party;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.job.kind.Results;
import io.veilflow.pipeline.prove.ProvenWindow;
import io.veilflow.zk.field.ScalarField;
import io.veilflow.zk.rule.Rule;
import java.math.BigInteger;
import java.util.List;

/**
 * A window's verified proof with what it says. Public.
 *
 * @param variableWords outputs and feed values as packed, 32 bytes each
 */
record ProvenResult(ProvenWindow window, List<ByteString> variableWords, long evaluateMillis, long proveMillis)
        implements AttemptResult {
    static ProvenResult of(ProvenWindow window, int variableWords, long evaluateMillis, long proveMillis) {
        List<BigInteger> words = window.statement().words().subList(0, variableWords);
        return new ProvenResult(
                window,
                words.stream()
                        .map(word -> ByteString.copyFrom(ScalarField.encode(word)))
                        .toList(),
                evaluateMillis,
                proveMillis);
    }

    ByteString proof() {
        return ByteString.copyFrom(window.proof().bytes());
    }

    /** What the window publishes, by output. */
    Results results(Rule rule) {
        return Results.of(rule, window.values().outputs());
    }

    /** The words, without the proof: its blinding is fresh in every attempt. */
    @Override
    public ByteString outputs() {
        return ByteString.copyFrom(variableWords);
    }
}

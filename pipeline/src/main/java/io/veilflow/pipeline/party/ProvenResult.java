package io.veilflow.pipeline.party;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.prove.ProvenWindow;
import io.veilflow.zk.field.ScalarField;
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

    /** The first published output. */
    long level() {
        return window.values().outputs().get(0).longValueExact();
    }

    /** The words, without the proof: its blinding is fresh in every attempt. */
    @Override
    public ByteString outputs() {
        return ByteString.copyFrom(variableWords);
    }
}

package io.veilflow.pipeline.party;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.job.kind.Results;
import io.veilflow.pipeline.prove.ProvenWindow;
import io.veilflow.pipeline.sign.Assurance;
import io.veilflow.zk.field.ScalarField;
import io.veilflow.zk.rule.PublicValues;
import io.veilflow.zk.rule.Rule;
import io.veilflow.zk.statement.Statement;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/**
 * What a window came to at this party: its opened outputs, verified before they were opened, and a proof of them that this party has
 * verified, or none. Public.
 *
 * @param variableWords outputs and feed values as packed, 32 bytes each
 * @param commitment D, the sum of the commitments in the manifest, {@code x || y}
 * @param proof empty as long as there is none
 */
record ComputedResult(
        Statement statement,
        PublicValues values,
        List<ByteString> variableWords,
        ByteString commitment,
        Optional<ByteString> proof,
        long evaluateMillis,
        long proveMillis)
        implements AttemptResult {
    /** Opened, and not proven. */
    static ComputedResult opened(Statement statement, PublicValues values, int variableWords, ByteString commitment) {
        List<BigInteger> words = statement.words().subList(0, variableWords);
        return new ComputedResult(
                statement,
                values,
                words.stream()
                        .map(word -> ByteString.copyFrom(ScalarField.encode(word)))
                        .toList(),
                commitment,
                Optional.empty(),
                0,
                0);
    }

    static ComputedResult proven(ProvenWindow window, int variableWords, long evaluateMillis, long proveMillis) {
        ByteString commitment = ByteString.copyFrom(window.proof().commitment());
        ByteString proof = ByteString.copyFrom(window.proof().bytes());
        return opened(window.statement(), window.values(), variableWords, commitment)
                .with(proof, evaluateMillis, proveMillis);
    }

    /** The same outputs, with a proof of them that has been verified. */
    ComputedResult with(ByteString verified, long ownEvaluateMillis, long ownProveMillis) {
        return new ComputedResult(
                statement, values, variableWords, commitment, Optional.of(verified), ownEvaluateMillis, ownProveMillis);
    }

    /** What the result rests on. */
    Assurance assurance() {
        return proof.isPresent() ? Assurance.PROVEN : Assurance.ATTESTED;
    }

    /** What the window publishes, by output. */
    Results results(Rule rule) {
        return Results.of(rule, values.outputs());
    }

    /** The words, without the proof: its blinding is fresh in every attempt. */
    @Override
    public ByteString outputs() {
        return ByteString.copyFrom(variableWords);
    }
}

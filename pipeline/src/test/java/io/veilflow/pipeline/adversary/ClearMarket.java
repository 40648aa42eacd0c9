package io.veilflow.pipeline.adversary;

import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.sign.Assurance;
import io.veilflow.pipeline.wire.Submission;
import io.veilflow.pipeline.wire.WindowResult;
import io.veilflow.zk.commitment.G1Point;
import io.veilflow.zk.key.VerifyingKey;
import io.veilflow.zk.rule.ClearInputs;
import io.veilflow.zk.rule.ClearReading;
import io.veilflow.zk.statement.ContextHash;
import io.veilflow.zk.statement.Statement;
import io.veilflow.zk.verify.Proof;
import io.veilflow.zk.verify.ProofVerifier;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** What a result must be, in the clear. */
final class ClearMarket {
    private final JobTerms terms;
    private final ProofVerifier verifier;

    ClearMarket(JobTerms terms, VerifyingKey key) {
        this.terms = terms;
        this.verifier = new ProofVerifier(key);
    }

    /** A book with the commitments that were made to it. */
    record Committed(List<BigInteger> numbers, Submission submission) {}

    /** What is wrong with a signed result over one book, the bad bank's slot being empty; nothing, if it is right. */
    List<String> wrongIn(WindowResult result, Committed book) {
        List<String> wrong = new ArrayList<>();
        ClearReading reading = reading(book);
        ContextHash context = ContextHash.of(
                terms.definition().chain().chainId(),
                terms.definition().chain().registry().toByteArray(),
                terms.jobId().toByteArray(),
                result.getWindow(),
                result.getManifestRoot().toByteArray());
        Statement statement = Statement.of(terms.rule(), context, reading.publicValues());
        for (int word = 0; word < result.getVariableWordsCount(); word++) {
            BigInteger said = new BigInteger(1, result.getVariableWords(word).toByteArray());
            if (!said.equals(statement.words().get(word))) {
                wrong.add("word " + word + " is " + said + ", not "
                        + statement.words().get(word));
            }
        }
        if (result.getAssurance() == Assurance.ATTESTED.code()) {
            if (!result.getProof().isEmpty()) {
                wrong.add("it is attested, and has a proof");
            }
            return wrong;
        }
        G1Point commitment = G1Point.sum(book.submission().getCommitmentsList().stream()
                .map(point -> G1Point.of(point.toByteArray()))
                .toList());
        if (!verifier.verify(statement, Proof.of(result.getProof().toByteArray()), commitment)
                .accepted()) {
            wrong.add("the proof does not hold");
        }
        return wrong;
    }

    private ClearReading reading(Committed book) {
        List<BigInteger> numbers = new ArrayList<>(book.numbers());
        while (numbers.size() < terms.rule().bookSize()) {
            numbers.add(BigInteger.ZERO);
        }
        return terms.rule()
                .evaluate(ClearInputs.allUsed(terms.rule(), numbers, terms.publicInputs(WindowWorld.PRICES)));
    }
}

package io.veilflow.pipeline.audit;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.audit.PartyRecords.Posted;
import io.veilflow.pipeline.audit.PartyRecords.Unit;
import io.veilflow.pipeline.job.JobDefinition;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.post.WindowPost;
import io.veilflow.pipeline.sign.Assurance;
import io.veilflow.pipeline.sign.ResultKey;
import io.veilflow.pipeline.sign.ResultMessage;
import io.veilflow.pipeline.window.RootedManifest;
import io.veilflow.pipeline.window.SlotUse;
import io.veilflow.pipeline.wire.Manifest;
import io.veilflow.pipeline.wire.ManifestEntry;
import io.veilflow.pipeline.wire.WindowResult;
import io.veilflow.zk.field.ScalarField;
import io.veilflow.zk.rule.PublicValues;
import io.veilflow.zk.rule.RuleException;
import io.veilflow.zk.statement.ContextHash;
import io.veilflow.zk.statement.Statement;
import io.veilflow.zk.verify.Proof;
import io.veilflow.zk.verify.VerificationResult;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The results of one sealed window: what every party signed is held against the manifest, its proof against the commitments and
 * the public words, its signature against the party's result address.
 */
final class WindowAudit {
    private final AuditDocuments documents;
    private final PartyRecords parties;
    private final ProofSystem proofs;
    private final AuditTally tally;

    WindowAudit(AuditDocuments documents, PartyRecords parties, ProofSystem proofs, AuditTally tally) {
        this.documents = documents;
        this.parties = parties;
        this.proofs = proofs;
        this.tally = tally;
    }

    /** The statement that at least two parties have signed; nothing while there are fewer. */
    Optional<ResultMessage> result(Unit unit, RootedManifest rooted) {
        Map<PartyId, Posted<WindowResult>> results = parties.results(unit.id());
        Set<ByteString> verified = new HashSet<>();
        ResultMessage first = null;
        for (Map.Entry<PartyId, Posted<WindowResult>> posted : results.entrySet()) {
            ResultMessage message = check(unit, rooted, posted.getKey(), posted.getValue(), verified);
            if (first != null && !first.equals(message)) {
                throw new AuditException(
                        posted.getValue().entry(), "is another result of " + unit + " than another party's");
            }
            first = message;
        }
        return results.size() < WindowPost.SIGNATURES ? Optional.empty() : Optional.of(first);
    }

    private ResultMessage check(
            Unit unit, RootedManifest rooted, PartyId party, Posted<WindowResult> posted, Set<ByteString> verified) {
        WindowResult result = posted.message();
        JobDefinition job = documents.terms().definition();
        require(posted, result.getManifestRoot().equals(rooted.root()), "is about another manifest of " + unit);
        require(posted, result.getAssurance() == Assurance.PROVEN.code(), "is not a proven result");
        require(posted, result.getProfile().equals(job.profile().name()), "names another security profile");
        int bytes = result.getProof().size();
        require(
                posted,
                bytes == Proof.bytesWith(1) || bytes == Proof.bytesWith(2),
                "has a proof of " + bytes + " bytes");
        Proof proof = Proof.of(result.getProof().toByteArray());
        Statement statement = statement(unit, rooted, posted);
        if (verified.add(result.getProof())) {
            requireProof(posted, rooted.manifest(), statement, proof);
        }
        ResultMessage message = message(documents.terms(), unit, rooted, result, proof);
        boolean signed = ResultKey.recover(message, result.getSignature())
                .filter(job.party(party).resultAddress()::equals)
                .isPresent();
        require(posted, signed, "is not signed with the party's result key");
        tally.passed(AuditReport.Check.RESULTS);
        return message;
    }

    private Statement statement(Unit unit, RootedManifest rooted, Posted<WindowResult> posted) {
        JobTerms terms = documents.terms();
        List<ByteString> words = new ArrayList<>(posted.message().getVariableWordsList());
        words.addAll(documents.parameterWords());
        PublicValues values;
        try {
            values = terms.rule()
                    .publicWords()
                    .unpack(words.stream()
                            .map(word -> ScalarField.decode(word.toByteArray()))
                            .toList());
        } catch (RuleException | IllegalArgumentException notThisRule) {
            throw new AuditException(posted.entry(), "its words are not of this rule: " + notThisRule.getMessage());
        }
        List<BigInteger> sealed = rooted.manifest().getHeader().getPublicValuesList().stream()
                .map(value -> new BigInteger(1, value.toByteArray()))
                .toList();
        require(posted, values.publicInputs().equals(sealed), "was computed on other public values than were sealed");
        boolean sameUse = values.used().equals(SlotUse.of(terms, rooted.manifest()));
        require(posted, sameUse, "counts other slots as used than the manifest");
        ContextHash context = ContextHash.of(
                terms.definition().chain().chainId(),
                terms.definition().chain().registry().toByteArray(),
                terms.jobId().toByteArray(),
                unit.id(),
                rooted.root().toByteArray());
        return Statement.of(terms.rule(), context, values);
    }

    private void requireProof(Posted<WindowResult> posted, Manifest manifest, Statement statement, Proof proof) {
        List<ByteString> commitments = manifest.getEntriesList().stream()
                .map(ManifestEntry::getCommitmentsList)
                .flatMap(List::stream)
                .toList();
        VerificationResult result = proofs.verify(documents.verifyingKey(), statement, proof, commitments);
        if (result instanceof VerificationResult.Rejected rejected) {
            throw new AuditException(posted.entry(), "its proof does not hold: " + rejected.reason());
        }
        tally.passed(AuditReport.Check.COMMITMENTS);
        tally.passed(AuditReport.Check.PROOFS);
    }

    private static ResultMessage message(
            JobTerms terms, Unit unit, RootedManifest rooted, WindowResult result, Proof proof) {
        return new ResultMessage(
                terms.definition().chain().chainId(),
                terms.definition().chain().registry(),
                terms.jobId(),
                unit.id(),
                rooted.root(),
                terms.ruleHash(),
                ByteString.copyFrom(proof.commitment()),
                result.getVariableWordsList(),
                Assurance.PROVEN);
    }

    private static void require(Posted<WindowResult> posted, boolean holds, String what) {
        if (!holds) {
            throw new AuditException(posted.entry(), what);
        }
    }
}

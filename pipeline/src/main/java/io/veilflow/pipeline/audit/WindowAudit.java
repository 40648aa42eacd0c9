package io.veilflow.pipeline.audit;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.audit.PartyRecords.Posted;
import io.veilflow.pipeline.audit.PartyRecords.Unit;
import io.veilflow.pipeline.job.JobDefinition;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.post.RegisteredTerms;
import io.veilflow.pipeline.sign.Assurance;
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
import java.util.Optional;
import java.util.Set;

/**
 * The results of one sealed window: what every party stated is held against the manifest and the public words, its proof against the
 * commitments; then what the group has signed of it. An attested result and a proven one are two statements of one result.
 */
final class WindowAudit {
    private final AuditDocuments documents;
    private final PartyRecords parties;
    private final ProofSystem proofs;
    private final AuditTally tally;
    private final GroupSignatureAudit signatures;

    WindowAudit(
            AuditDocuments documents,
            PartyRecords parties,
            ProofSystem proofs,
            AuditTally tally,
            GroupSignatureAudit signatures) {
        this.signatures = signatures;
        this.documents = documents;
        this.parties = parties;
        this.proofs = proofs;
        this.tally = tally;
    }

    /**
     * The statements that the group has signed: none, the attested one, the proven one, or both in this order.
     *
     * @param key that signs for this window
     */
    List<ResultMessage> results(Unit unit, RootedManifest rooted, ByteString key) {
        List<ResultMessage> signed = new ArrayList<>();
        Optional<ResultMessage> first = Optional.empty();
        Set<ByteString> verified = new HashSet<>();
        for (Assurance assurance : Assurance.values()) {
            for (Posted<WindowResult> posted :
                    parties.results(unit.id(), assurance).values()) {
                ResultMessage message = check(unit, rooted, posted, assurance, verified);
                ResultMessage before = first.orElse(message);
                require(posted, before.as(assurance).equals(message), "is another result of " + unit + " than before");
                first = Optional.of(before);
            }
            first.map(any -> any.as(assurance))
                    .filter(message -> signatures.isSigned(message, key))
                    .ifPresent(signed::add);
        }
        return signed;
    }

    private ResultMessage check(
            Unit unit,
            RootedManifest rooted,
            Posted<WindowResult> posted,
            Assurance assurance,
            Set<ByteString> verified) {
        WindowResult result = posted.message();
        JobDefinition job = documents.terms().definition();
        require(posted, result.getManifestRoot().equals(rooted.root()), "is about another manifest of " + unit);
        require(posted, result.getProfile().equals(job.profile().name()), "names another security profile");
        Statement statement = statement(unit, rooted, posted);
        switch (assurance) {
            case PROVEN -> requireProof(rooted, posted, statement, verified);
            case ATTESTED -> {
                require(posted, result.getProof().isEmpty(), "is attested, and has a proof");
                require(
                        posted,
                        job.windows().posting().proofDeadlineMillis() > 0,
                        "is attested, which the job forbids");
            }
        }
        tally.passed(AuditReport.Check.RESULTS);
        return message(documents.terms(), unit, rooted, result, assurance);
    }

    private void requireProof(
            RootedManifest rooted, Posted<WindowResult> posted, Statement statement, Set<ByteString> verified) {
        WindowResult result = posted.message();
        int bytes = result.getProof().size();
        require(
                posted,
                bytes == Proof.bytesWith(1) || bytes == Proof.bytesWith(2),
                "has a proof of " + bytes + " bytes");
        Proof proof = Proof.of(result.getProof().toByteArray());
        if (verified.add(result.getProof())) {
            requireProof(posted, rooted.manifest(), statement, proof);
        }
    }

    private Statement statement(Unit unit, RootedManifest rooted, Posted<WindowResult> posted) {
        JobTerms terms = documents.terms();
        List<ByteString> words = new ArrayList<>(posted.message().getVariableWordsList());
        words.addAll(RegisteredTerms.parameterWords(documents.terms()));
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
        VerificationResult result = proofs.verify(documents.verifyingKey(), statement, proof, commitments(manifest));
        if (result instanceof VerificationResult.Rejected rejected) {
            throw new AuditException(posted.entry(), "its proof does not hold: " + rejected.reason());
        }
        tally.passed(AuditReport.Check.COMMITMENTS);
        tally.passed(AuditReport.Check.PROOFS);
    }

    private ResultMessage message(
            JobTerms terms, Unit unit, RootedManifest rooted, WindowResult result, Assurance assurance) {
        return new ResultMessage(
                terms.definition().chain().chainId(),
                terms.definition().chain().registry(),
                terms.jobId(),
                unit.id(),
                rooted.root(),
                terms.ruleHash(),
                commitment(unit, rooted),
                result.getVariableWordsList(),
                assurance);
    }

    /** D: the sum of all commitments in the manifest. */
    private ByteString commitment(Unit unit, RootedManifest rooted) {
        return proofs.sum(commitments(rooted.manifest()))
                .orElseThrow(() -> new AuditException(unit.toString(), "its commitments have no sum"));
    }

    private static List<ByteString> commitments(Manifest manifest) {
        return manifest.getEntriesList().stream()
                .map(ManifestEntry::getCommitmentsList)
                .flatMap(List::stream)
                .toList();
    }

    private static void require(Posted<WindowResult> posted, boolean holds, String what) {
        if (!holds) {
            throw new AuditException(posted.entry(), what);
        }
    }
}

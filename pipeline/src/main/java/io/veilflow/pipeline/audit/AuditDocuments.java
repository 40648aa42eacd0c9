package io.veilflow.pipeline.audit;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.config.ConfigurationException;
import io.veilflow.pipeline.encoding.Hashes;
import io.veilflow.pipeline.job.JobDefinition;
import io.veilflow.pipeline.job.JobFile;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.post.ChainView;
import io.veilflow.pipeline.post.RegisteredJob;
import io.veilflow.zk.field.ScalarField;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;

/**
 * The documents that stand beside the logs, each held against what vouches for it: the job file's hash is in every record's
 * signature and every manifest, the digests of key and basis stand in the job file and in the registry.
 */
record AuditDocuments(JobTerms terms, byte[] verifyingKey, byte[] basis) {
    static final String JOB = "job.json";
    static final String VERIFYING_KEY = "verifying-key.bin";
    static final String BASIS = "commitment-basis.bin";

    private static final long BYTES_MAX = 256L << 20;

    /** @throws AuditException naming the file */
    static AuditDocuments read(Path directory) {
        JobTerms terms;
        try {
            terms = new JobTerms(JobFile.read(JOB, content(directory, JOB)));
        } catch (ConfigurationException | IllegalArgumentException notAJob) {
            throw new AuditException(JOB, notAJob.getMessage());
        }
        AuditDocuments documents =
                new AuditDocuments(terms, content(directory, VERIFYING_KEY), content(directory, BASIS));
        JobDefinition job = terms.definition();
        require(VERIFYING_KEY, Hashes.keccak256(documents.verifyingKey), job.keyDigest());
        require(BASIS, Hashes.sha256(documents.basis), job.basisDigest());
        return documents;
    }

    /** @throws AuditException if the registry fixed anything else for the job than the job file says */
    void requireRegistered(ChainView chain) {
        JobDefinition job = terms.definition();
        same("the chain id", job.chain().chainId(), chain.chainId());
        same("the registry", job.chain().registry(), chain.registry());
        RegisteredJob registered = chain.job(terms.jobId());
        same("the key digest", job.keyDigest(), registered.keyDigest());
        same("the basis digest", job.basisDigest(), registered.basisDigest());
        same("the rule hash", terms.ruleHash(), registered.ruleHash());
        same("the group key", job.group().resultKey(), registered.groupKey());
        same("the parameters", parameterWords(), registered.parameterWords());
    }

    /** Words of the rule's PARAMETER inputs, 32 bytes each. */
    List<ByteString> parameterWords() {
        List<BigInteger> feedValues = Collections.nCopies(terms.feedInputs().size(), BigInteger.ZERO);
        List<BigInteger> publicInputs = terms.publicInputs(feedValues);
        return terms.rule().publicWords().packParameters(publicInputs).stream()
                .map(word -> ByteString.copyFrom(ScalarField.encode(word)))
                .toList();
    }

    private static void same(String what, Object inJob, Object inRegistry) {
        if (!inJob.equals(inRegistry)) {
            throw new AuditException(JOB, what + " is not what the registry has");
        }
    }

    private static void require(String file, byte[] digest, ByteString expected) {
        if (!expected.equals(ByteString.copyFrom(digest))) {
            throw new AuditException(file, "its digest is not the one that the job file names");
        }
    }

    private static byte[] content(Path directory, String name) {
        Path file = directory.resolve(name);
        try {
            if (Files.size(file) > BYTES_MAX) {
                throw new AuditException(name, "longer than " + BYTES_MAX + " bytes");
            }
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new AuditException(name, "cannot be read: " + unreadable.getMessage());
        }
    }
}

package io.veilflow.pipeline.audit;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.config.ConfigurationException;
import io.veilflow.pipeline.encoding.Hashes;
import io.veilflow.pipeline.job.ChainBinding;
import io.veilflow.pipeline.job.JobDefinition;
import io.veilflow.pipeline.job.JobFile;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.post.ChainView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The documents that stand beside the logs, each held against what vouches for it: the job file's hash is in every record's
 * signature and every manifest, the digests of key and basis stand in the job file and, for every window, in the registry
 * ({@link TermsAudit}).
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

    /** @throws AuditException if the job file names another registry */
    void requirePlace(ChainView chain) {
        ChainBinding named = terms.definition().chain();
        if (named.chainId() != chain.chainId() || !named.registry().equals(chain.registry())) {
            throw new AuditException(JOB, "names another chain or registry than the auditor's");
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

package io.veilflow.pipeline.service;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.encoding.Hashes;
import io.veilflow.pipeline.job.ChainBinding;
import io.veilflow.pipeline.job.GroupKeys;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.service.OperatorLogs.Asked;
import io.veilflow.pipeline.sign.GroupStatement;
import io.veilflow.pipeline.sign.RotationMessage;
import io.veilflow.pipeline.sign.ServiceMessage;
import io.veilflow.pipeline.wire.KeyRotation;
import io.veilflow.pipeline.wire.ServiceText;
import io.veilflow.pipeline.wire.SigningRequest;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What of the operators' requests may be signed: the policy of the job file, and the form of requests. */
public final class SigningTerms {
    /** Of the message of one request. */
    public static final int MESSAGE_BYTES_MAX = 64 << 10;

    /** Operators that must approve, the one who asks among them. */
    public static final int APPROVALS = 2;

    static final int REQUEST_ID_BYTES = 16;
    static final int HASH_BYTES = 32;
    private static final int PURPOSE_LENGTH_MAX = 64;
    private final JobTerms terms;

    public SigningTerms(JobTerms terms) {
        this.terms = terms;
    }

    /** By which approvals, refusals and audit entries name a request, {@value #HASH_BYTES} bytes. */
    public static ByteString hash(SigningRequest request) {
        return ByteString.copyFrom(Hashes.sha256Fields("veilflow/signing-request/1", request.toByteArray()));
    }

    /** Why the request is never signed, whoever approves; empty if it may be. */
    public Optional<String> refusal(SigningRequest request) {
        if (request.getRequestId().size() != REQUEST_ID_BYTES) {
            return Optional.of("its id has not " + REQUEST_ID_BYTES + " bytes");
        }
        return switch (request.getWhatCase()) {
            case TEXT -> refusal(request.getText());
            case ROTATION -> refusal(request.getRotation());
            case WHAT_NOT_SET -> Optional.of("it asks for nothing");
        };
    }

    private Optional<String> refusal(ServiceText text) {
        if (terms.definition().group().signKey().isEmpty()) {
            return Optional.of("the group runs no signing service");
        }
        if (text.getMessage().size() > MESSAGE_BYTES_MAX) {
            return Optional.of(
                    "its message has " + text.getMessage().size() + " bytes, " + MESSAGE_BYTES_MAX + " are allowed");
        }
        boolean allowed = text.getPurpose().length() <= PURPOSE_LENGTH_MAX
                && terms.definition().group().signPurposes().contains(text.getPurpose());
        return allowed ? Optional.empty() : Optional.of("the job does not allow its purpose");
    }

    private Optional<String> refusal(KeyRotation rotation) {
        if (!GroupKeys.isKey(rotation.getNewKey())) {
            return Optional.of("the new key is no key");
        }
        if (rotation.getNewKey().equals(terms.definition().group().resultKey())) {
            return Optional.of("the new key is the old one");
        }
        return rotation.getFromWindow() < 0 ? Optional.of("its window is no window") : Optional.empty();
    }

    /** Those that enough operators approve of, in the order of the requests. */
    public List<RotationMessage> approvedRotations(Collection<Asked> asked) {
        return asked.stream()
                .filter(Asked::isApproved)
                .map(Asked::request)
                .filter(request -> request.hasRotation() && refusal(request).isEmpty())
                .map(request -> rotation(request.getRotation()))
                .toList();
    }

    /**
     * What the group signs for a request.
     *
     * @throws SigningRequestException if the request is to be refused
     */
    public GroupStatement statement(SigningRequest request) {
        refusal(request).ifPresent(reason -> {
            throw new SigningRequestException(reason);
        });
        if (request.hasText()) {
            ServiceText text = request.getText();
            ByteString key = terms.definition().group().signKey().orElseThrow();
            return new ServiceMessage(key, text.getPurpose(), text.getMessage());
        }
        return rotation(request.getRotation());
    }

    private RotationMessage rotation(KeyRotation rotation) {
        ChainBinding chain = terms.definition().chain();
        return new RotationMessage(
                chain.chainId(), chain.registry(), terms.jobId(), rotation.getFromWindow(), rotation.getNewKey());
    }
}

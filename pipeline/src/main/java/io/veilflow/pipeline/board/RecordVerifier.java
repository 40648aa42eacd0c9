package io.veilflow.pipeline.board;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.encoding.CanonicalMessages;
import io.veilflow.pipeline.job.EnrolledContributor;
import io.veilflow.pipeline.job.EnrolledParty;
import io.veilflow.pipeline.job.JobDefinition;
import io.veilflow.pipeline.wire.BoardRecord;
import io.veilflow.pipeline.wire.Payload;
import io.veilflow.pipeline.wire.Reason;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;

/** Tells whether the bytes in a log are a record of that log's writer. Immutable, and as thread-safe as its signature check. */
public final class RecordVerifier {
    private final ByteString configurationHash;
    private final Map<String, Ed25519PublicKeyParameters> keys = new HashMap<>();
    private final SignatureCheck check;

    /**
     * @param configurationHash of the job, 32 bytes
     * @param publicKeys Ed25519 keys, 32 bytes each, by name of the writer
     * @throws IllegalArgumentException if a key is not a point
     */
    public RecordVerifier(ByteString configurationHash, Map<String, ByteString> publicKeys) {
        this(configurationHash, publicKeys, SignatureCheck.ed25519());
    }

    private RecordVerifier(ByteString configurationHash, Map<String, ByteString> publicKeys, SignatureCheck check) {
        this.configurationHash = configurationHash;
        this.check = check;
        publicKeys.forEach((writer, key) -> keys.put(writer, new Ed25519PublicKeyParameters(key.toByteArray())));
    }

    /** For all writers of a job: contributors, feeder, parties and their operators. */
    public static RecordVerifier of(JobDefinition job) {
        return of(job, SignatureCheck.ed25519());
    }

    /** For all writers of a job, with a check of signatures of the caller's. */
    public static RecordVerifier of(JobDefinition job, SignatureCheck check) {
        Map<String, ByteString> keys = new HashMap<>();
        for (EnrolledContributor contributor : job.contributors()) {
            keys.put(contributor.name(), contributor.publicKey());
        }
        for (EnrolledParty party : job.parties()) {
            keys.put(party.writer(), party.identityKey());
            keys.put(EnrolledParty.operator(party.id()), party.identityKey());
        }
        keys.put(job.feeder().name(), job.feeder().publicKey());
        return new RecordVerifier(ByteString.copyFrom(job.configurationHash()), keys, check);
    }

    public RecordOutcome verify(BoardEntry entry) {
        Ed25519PublicKeyParameters key = keys.get(entry.writer());
        if (key == null) {
            return new RecordOutcome.Refused(entry, Reason.NOT_ENROLLED);
        }
        Optional<BoardRecord> parsed = CanonicalMessages.parse(BoardRecord.parser(), entry.record());
        if (parsed.isEmpty()) {
            return new RecordOutcome.Refused(entry, Reason.MALFORMED);
        }
        BoardRecord record = parsed.get();
        if (!record.getWriter().equals(entry.writer()) || record.getIndex() != entry.index() || !signed(record, key)) {
            return new RecordOutcome.Refused(entry, Reason.BAD_SIGNATURE);
        }
        Optional<Payload> payload = CanonicalMessages.parse(Payload.parser(), record.getPayload());
        if (payload.isEmpty() || payload.get().getBodyCase() == Payload.BodyCase.BODY_NOT_SET) {
            return new RecordOutcome.Refused(entry, Reason.MALFORMED);
        }
        return new RecordOutcome.Signed(entry, payload.get());
    }

    private boolean signed(BoardRecord record, Ed25519PublicKeyParameters key) {
        byte[] message =
                RecordSigner.preimage(configurationHash, record.getWriter(), record.getIndex(), record.getPayload());
        return check.holds(key, message, record.getSignature().toByteArray());
    }
}

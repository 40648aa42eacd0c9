package io.veilflow.pipeline.audit;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.audit.PartyRecords.Posted;
import io.veilflow.pipeline.sign.GroupStatement;
import io.veilflow.pipeline.sign.SigningRecords;
import io.veilflow.pipeline.wire.Payload;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The group's signatures on the board: each must verify under the key of its purpose and window, and be under something that stands on
 * the board for all to read. A signature under anything else is what must never exist (THREATS G5, G6).
 */
final class GroupSignatureAudit {
    private final AuditTally tally;
    private final Map<ByteString, GroupStatement> known = new HashMap<>();
    private final Map<ByteString, List<Posted<Payload>>> signatures;

    GroupSignatureAudit(PartyRecords parties, AuditTally tally) {
        this.tally = tally;
        this.signatures = parties.groupSignatures();
    }

    /**
     * Something that stands on the board and that the group may sign.
     *
     * @param key that must have signed it, a compressed point
     * @return whether it has
     * @throws AuditException naming the record with a signature that does not verify
     */
    boolean isSigned(GroupStatement statement, ByteString key) {
        ByteString digest = ByteString.copyFrom(statement.digest());
        known.put(digest, statement);
        List<Posted<Payload>> posted = signatures.getOrDefault(digest, List.of());
        for (Posted<Payload> one : posted) {
            boolean right = SigningRecords.signature(one.message())
                    .filter(signature -> signature.verifies(key.toByteArray(), statement.digest()))
                    .isPresent();
            if (!right) {
                throw new AuditException(one.entry(), "is no signature of the group under the " + statement.title());
            }
        }
        return !posted.isEmpty();
    }

    /** @throws AuditException naming a record that signs what nobody has stated */
    void run() {
        signatures.forEach((digest, posted) -> {
            if (!known.containsKey(digest)) {
                throw new AuditException(posted.get(0).entry(), "signs something that nobody has stated on the board");
            }
            tally.passed(AuditReport.Check.RESULTS, posted.size());
        });
    }
}

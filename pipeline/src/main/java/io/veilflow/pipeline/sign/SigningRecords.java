package io.veilflow.pipeline.sign;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.threshold.GroupSignature;
import io.veilflow.mpc.threshold.signing.GroupSigning;
import io.veilflow.mpc.threshold.signing.NonceCommitments;
import io.veilflow.mpc.threshold.signing.SignatureShare;
import io.veilflow.mpc.threshold.signing.SigningMessage;
import io.veilflow.pipeline.wire.GroupSigned;
import io.veilflow.pipeline.wire.NoncePair;
import io.veilflow.pipeline.wire.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The records of group signatures, and back (docs/wire.md, section 14). What has other sizes is no such record. */
public final class SigningRecords {
    private static final int PAIRS_MAX = 2;
    private static final int POINT_BYTES = 33;
    private static final int WORD = 32;

    private SigningRecords() {}

    public static Payload payload(SigningMessage message) {
        Payload.Builder payload = Payload.newBuilder();
        if (message instanceof NonceCommitments commitments) {
            io.veilflow.pipeline.wire.NonceCommitments.Builder record = payload.getNonceCommitmentsBuilder()
                    .setMessage(ByteString.copyFrom(commitments.message()))
                    .setGeneration(commitments.generation());
            for (NonceCommitments.Pair pair : commitments.pairs()) {
                record.addPairs(NoncePair.newBuilder()
                        .setPeer(pair.peer().index())
                        .setAttempt(pair.attempt())
                        .setHiding(ByteString.copyFrom(pair.hiding()))
                        .setBinding(ByteString.copyFrom(pair.binding())));
            }
        } else if (message instanceof SignatureShare share) {
            payload.getSignatureShareBuilder()
                    .setMessage(ByteString.copyFrom(share.message()))
                    .setGeneration(share.generation())
                    .setPeer(share.peer().index())
                    .setAttempt(share.attempt())
                    .setCommitments(ByteString.copyFrom(share.commitments()))
                    .setZ(ByteString.copyFrom(share.z()));
        }
        return payload.build();
    }

    public static Payload payload(ByteString message, GroupSignature signature) {
        return Payload.newBuilder()
                .setGroupSigned(GroupSigned.newBuilder()
                        .setMessage(message)
                        .setSignature(ByteString.copyFrom(signature.bytes())))
                .build();
    }

    /** The 32 bytes that a record is about; empty if it is none of these records or has not their sizes. */
    static Optional<ByteString> about(Payload payload) {
        ByteString message =
                switch (payload.getBodyCase()) {
                    case NONCE_COMMITMENTS -> payload.getNonceCommitments().getMessage();
                    case SIGNATURE_SHARE -> payload.getSignatureShare().getMessage();
                    case GROUP_SIGNED -> payload.getGroupSigned().getMessage();
                    default -> ByteString.EMPTY;
                };
        return message.size() == WORD ? Optional.of(message) : Optional.empty();
    }

    /** Empty if it is another record or has not the sizes of this form. */
    static Optional<SigningMessage> message(Payload payload) {
        return switch (payload.getBodyCase()) {
            case NONCE_COMMITMENTS -> commitments(payload.getNonceCommitments());
            case SIGNATURE_SHARE -> share(payload.getSignatureShare());
            default -> Optional.empty();
        };
    }

    /** Empty if it is another record or has not the sizes of this form. Whether it is right, its verification says. */
    public static Optional<GroupSignature> signature(Payload payload) {
        return payload.hasGroupSigned()
                ? GroupSignature.decode(payload.getGroupSigned().getSignature().toByteArray())
                : Optional.empty();
    }

    private static Optional<SigningMessage> commitments(io.veilflow.pipeline.wire.NonceCommitments record) {
        if (record.getPairsCount() == 0 || record.getPairsCount() > PAIRS_MAX) {
            return Optional.empty();
        }
        List<NonceCommitments.Pair> pairs = new ArrayList<>();
        for (NoncePair pair : record.getPairsList()) {
            boolean formed = isParty(pair.getPeer())
                    && isAttempt(pair.getAttempt())
                    && pair.getHiding().size() == POINT_BYTES
                    && pair.getBinding().size() == POINT_BYTES;
            if (!formed) {
                return Optional.empty();
            }
            pairs.add(new NonceCommitments.Pair(
                    PartyId.of(pair.getPeer()),
                    pair.getAttempt(),
                    pair.getHiding().toByteArray(),
                    pair.getBinding().toByteArray()));
        }
        return Optional.of(new NonceCommitments(record.getMessage().toByteArray(), record.getGeneration(), pairs));
    }

    private static Optional<SigningMessage> share(io.veilflow.pipeline.wire.SignatureShare record) {
        boolean formed = isParty(record.getPeer())
                && isAttempt(record.getAttempt())
                && record.getCommitments().size() == WORD
                && record.getZ().size() == WORD;
        return formed
                ? Optional.of(new SignatureShare(
                        record.getMessage().toByteArray(),
                        record.getGeneration(),
                        PartyId.of(record.getPeer()),
                        record.getAttempt(),
                        record.getCommitments().toByteArray(),
                        record.getZ().toByteArray()))
                : Optional.empty();
    }

    private static boolean isParty(int index) {
        return index >= 0 && index < PartyId.values().length;
    }

    private static boolean isAttempt(int attempt) {
        return attempt >= 1 && attempt <= GroupSigning.ATTEMPTS;
    }
}

package io.veilflow.pipeline.simulate;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.veilflow.pipeline.board.BoardEntry;
import io.veilflow.pipeline.wire.AcceptList;
import io.veilflow.pipeline.wire.BoardRecord;
import io.veilflow.pipeline.wire.ManifestSignature;
import io.veilflow.pipeline.wire.NonceCommitments;
import io.veilflow.pipeline.wire.NoncePair;
import io.veilflow.pipeline.wire.Payload;
import io.veilflow.pipeline.wire.WindowResult;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** Every record of a party as it is written: nobody says two things in one place, and all say the same where they must. */
final class RecordCheck {
    private final Violations violations;
    private final RandomnessCheck randomness;
    private final Map<String, ByteString> said = new HashMap<>();

    RecordCheck(Violations violations, RandomnessCheck randomness) {
        this.violations = violations;
        this.randomness = randomness;
    }

    void see(BoardEntry entry) {
        Payload payload = payload(entry);
        switch (payload.getBodyCase()) {
            case ACCEPT_LIST -> {
                AcceptList list = payload.getAcceptList();
                once(
                        entry.writer() + " lists " + list.getKind() + " " + list.getId() + "/" + list.getRound(),
                        list.toByteString());
            }
            case MANIFEST_SIGNATURE -> {
                ManifestSignature signed = payload.getManifestSignature();
                once(
                        "manifest of " + signed.getKind() + " " + signed.getId() + "/" + signed.getRound(),
                        signed.getRoot());
            }
            case BATCH_OUTCOME ->
                once(
                        "outcome of batch " + payload.getBatchOutcome().getId(),
                        payload.getBatchOutcome().toByteString());
            case WINDOW_RESULT -> {
                WindowResult result = payload.getWindowResult();
                once("root of window " + result.getWindow(), result.getManifestRoot());
                once("result of window " + result.getWindow(), ByteString.copyFrom(result.getVariableWordsList()));
            }
            case NONCE_COMMITMENTS -> nonces(entry.writer(), payload.getNonceCommitments());
            default -> {}
        }
    }

    private void nonces(String writer, NonceCommitments commitments) {
        for (NoncePair pair : commitments.getPairsList()) {
            String use = writer + " "
                    + HexFormat.of().formatHex(commitments.getMessage().toByteArray()) + " " + pair.getPeer() + " "
                    + pair.getAttempt();
            randomness.nonce(pair.getHiding(), use + " hiding");
            randomness.nonce(pair.getBinding(), use + " binding");
        }
    }

    private void once(String place, ByteString content) {
        ByteString before = said.putIfAbsent(place, content);
        if (before != null && !before.equals(content)) {
            violations.add("two versions of: " + place);
        }
    }

    static Payload payload(BoardEntry entry) {
        try {
            return Payload.parseFrom(BoardRecord.parseFrom(entry.record()).getPayload());
        } catch (InvalidProtocolBufferException malformed) {
            throw new IllegalStateException(entry.place() + " cannot be read", malformed);
        }
    }
}

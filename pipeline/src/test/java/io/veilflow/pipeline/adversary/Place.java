package io.veilflow.pipeline.adversary;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.SessionContext;
import io.veilflow.pipeline.wire.Payload;
import io.veilflow.pipeline.wire.UnitKind;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One place in a window at which a party says something. Equal in every run of the same job, so that a place that was seen in
 * an honest run can be named in a cheating one.
 *
 * @param what path and label of a session message, type of a control message, kind of a record
 * @param time how often the same was said to the same party before, in the same session
 * @param to empty for a record on the board
 */
record Place(Stage stage, Channel channel, String what, int time, Optional<PartyId> to) {
    enum Channel {
        SESSION,
        CONTROL,
        BOARD
    }

    private static final String[] CONTROL_TYPES = {"?", "READY", "START", "DONE", "FAILED", "RETRY", "?", "HOLD"};

    static Place message(SessionContext.Kind kind, String path, String label, int time, PartyId to) {
        return new Place(stage(kind, path), Channel.SESSION, path + "/" + label, time, Optional.of(to));
    }

    /** @param message as docs/wire.md lays it out: type, kind of unit, and the rest */
    static Place control(byte[] message, PartyId to) {
        UnitKind kind = UnitKind.forNumber(message[1]);
        return new Place(Stage.ATTEMPTS, Channel.CONTROL, CONTROL_TYPES[message[0]] + " " + kind, 0, Optional.of(to));
    }

    static Place record(Payload payload) {
        return switch (payload.getBodyCase()) {
            case ACCEPT_LIST ->
                board(Stage.SEAL, payload, payload.getAcceptList().getKind());
            case MANIFEST_SIGNATURE ->
                board(Stage.SEAL, payload, payload.getManifestSignature().getKind());
            case MANIFEST ->
                board(Stage.SEAL, payload, payload.getManifest().getHeader().getKind());
            case BATCH_OUTCOME -> board(Stage.ADMIT, payload, UnitKind.BATCH);
            case WINDOW_RESULT,
                    WINDOWS_SKIPPED,
                    WINDOW_POSTED,
                    NONCE_COMMITMENTS,
                    SIGNATURE_SHARE,
                    GROUP_SIGNED,
                    ACCOUNT_PROPOSAL,
                    ACCOUNT_ANSWER -> board(Stage.SIGN, payload, UnitKind.WINDOW);
            case OUTPUT_READY, OUTPUT_ECHO, OUTPUT_OPENING, OUTPUT_ABORTED ->
                board(Stage.OPEN, payload, UnitKind.WINDOW);
            default -> board(Stage.SEAL, payload, UnitKind.UNIT_KIND_UNSPECIFIED);
        };
    }

    /** A party's share of the second round of a proof, which comes after the opening. */
    static Place shareOfProof(PartyId to) {
        return message(SessionContext.Kind.WINDOW, "prove/round-two", "share", 0, to);
    }

    boolean isFirstShareOfProof() {
        return what.equals("prove/round-one/share");
    }

    boolean isShareOfProof() {
        return what.equals("prove/round-two/share");
    }

    private static Place board(Stage stage, Payload payload, UnitKind kind) {
        return new Place(stage, Channel.BOARD, payload.getBodyCase() + " " + kind, 0, Optional.empty());
    }

    private static Stage stage(SessionContext.Kind kind, String path) {
        if (kind == SessionContext.Kind.BATCH) {
            return Stage.ADMIT;
        }
        if (kind == SessionContext.Kind.ACCOUNT) {
            return Stage.SIGN;
        }
        if (path.startsWith("prove/")) {
            return Stage.PROVE;
        }
        return path.startsWith("outputs") ? Stage.OPEN : Stage.EVALUATE;
    }

    /** Whether it is reached before the window is sealed over. */
    boolean isOfBatch() {
        return stage == Stage.ADMIT || what.endsWith(" " + UnitKind.BATCH);
    }

    /** Whether this party's peers and it say the same thing here to both others. */
    Place toOther(PartyId self) {
        PartyId receiver = to.orElseThrow();
        PartyId other = receiver == self.next() ? self.previous() : self.next();
        return new Place(stage, channel, what, time, Optional.of(other));
    }

    /** Whether whoever is honest here gives away what the others lack of the outputs. */
    boolean isOutputShare() {
        return what.startsWith(Payload.BodyCase.OUTPUT_OPENING.name());
    }

    /** Whether a party comes to say this only if the others have not done it before. */
    boolean dependsOnWhoIsFaster() {
        return Stream.of(
                        Payload.BodyCase.WINDOW_POSTED,
                        Payload.BodyCase.NONCE_COMMITMENTS,
                        Payload.BodyCase.SIGNATURE_SHARE,
                        Payload.BodyCase.GROUP_SIGNED,
                        Payload.BodyCase.ACCOUNT_PROPOSAL,
                        Payload.BodyCase.ACCOUNT_ANSWER)
                .anyMatch(kind -> what.startsWith(kind.name()));
    }

    /** Whether what is computed here is checked before outputs are opened. */
    boolean isBeforeOpening() {
        return stage == Stage.EVALUATE || stage == Stage.PROVE && !what.startsWith("prove/round-two");
    }

    @Override
    public String toString() {
        return stage + " " + what + (time == 0 ? "" : " [" + time + "]")
                + to.map(party -> " to " + party).orElse("");
    }
}

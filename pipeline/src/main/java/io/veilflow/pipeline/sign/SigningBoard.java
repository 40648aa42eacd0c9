package io.veilflow.pipeline.sign;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.threshold.GroupSignature;
import io.veilflow.mpc.threshold.signing.GroupSigning;
import io.veilflow.mpc.threshold.signing.SigningMessage;
import io.veilflow.pipeline.board.Board;
import io.veilflow.pipeline.board.BoardEntry;
import io.veilflow.pipeline.board.BoardException;
import io.veilflow.pipeline.board.RecordVerifier;
import io.veilflow.pipeline.job.EnrolledParty;
import io.veilflow.pipeline.wire.BoardRecord;
import io.veilflow.pipeline.wire.OutputAborted;
import io.veilflow.pipeline.wire.OutputOpening;
import io.veilflow.pipeline.wire.Payload;
import io.veilflow.pipeline.wire.SigningRefusal;
import io.veilflow.pipeline.wire.WindowResult;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the three parties' logs say about messages that the group signs, by message; with the results that they state, and the
 * openings that they made or aborted. A log that is damaged, and a record that is not
 * its writer's, are silence here: one party must not stop the two others from signing; that they hold the job is decided elsewhere.
 * Of one party and message it keeps {@value #RECORDS_OF_MESSAGE} records, and it remembers {@value #MESSAGES_OF_PARTY} messages of a
 * party: who posts more loses its own oldest. Has no thread and never waits. Thread-safe.
 */
public final class SigningBoard {
    /** Commitments and shares for each pair and attempt. */
    static final int RECORDS_OF_MESSAGE = 2 * 2 * GroupSigning.ATTEMPTS;

    static final int MESSAGES_OF_PARTY = 256;
    private static final int WINDOWS_OF_PARTY = 64;
    private static final int REFUSALS_OF_PARTY = 256;
    private static final int REASON_LENGTH = 200;
    private static final int REQUEST_HASH_BYTES = 32;
    private static final int ABORTS_OF_PARTY = 1_024;
    private static final int OPENINGS_OF_PARTY = 64;
    private static final int SIGNATURES_OF_MESSAGE = 4;
    private static final int RECORDS_AT_ONCE = 512;
    private static final Logger LOG = LoggerFactory.getLogger(SigningBoard.class);

    private final Board board;
    private final RecordVerifier verifier;
    private final Map<PartyId, Log> logs = new EnumMap<>(PartyId.class);

    public SigningBoard(RecordVerifier verifier, Board board) {
        this.board = board;
        this.verifier = verifier;
        for (PartyId party : PartyId.values()) {
            logs.put(party, new Log());
        }
    }

    private static final class Log {
        private final Map<ByteString, Said> messages = new LinkedHashMap<>();
        private final Map<Long, WindowResult> proofs = new LinkedHashMap<>();
        private final Set<OutputAborted> aborts = new LinkedHashSet<>();
        private final Set<OutputOpening> openings = new LinkedHashSet<>();
        private final Map<ByteString, String> refusals = new LinkedHashMap<>();
        private long position;
        private boolean unreadable;
    }

    /** Of one party about one message. */
    private static final class Said {
        private final List<SigningMessage> steps = new ArrayList<>();
        private final List<GroupSignature> signatures = new ArrayList<>();
    }

    /** What the party has posted about the message from its {@code first}-th posting on. */
    synchronized List<SigningMessage> steps(PartyId poster, ByteString message, int first) {
        refresh(poster);
        Said said = logs.get(poster).messages.get(message);
        return said == null || said.steps.size() <= first
                ? List.of()
                : List.copyOf(said.steps.subList(first, said.steps.size()));
    }

    /** A signature of the group under the message that somebody posted, and that verifies. */
    public synchronized Optional<GroupSignature> signature(byte[] groupPoint, ByteString message) {
        for (PartyId party : PartyId.values()) {
            refresh(party);
            Said said = logs.get(party).messages.get(message);
            Optional<GroupSignature> right = said == null
                    ? Optional.empty()
                    : said.signatures.stream()
                            .filter(signature -> signature.verifies(groupPoint, message.toByteArray()))
                            .findFirst();
            if (right.isPresent()) {
                return right;
            }
        }
        return Optional.empty();
    }

    /** The proven results that parties state for a window, of each party the first. Whether a proof holds is the reader's to check. */
    public synchronized List<WindowResult> proofs(long window) {
        List<WindowResult> found = new ArrayList<>();
        for (PartyId party : PartyId.values()) {
            refresh(party);
            Optional.ofNullable(logs.get(party).proofs.get(window)).ifPresent(found::add);
        }
        return found;
    }

    /** Whether the party has signed that it opened nothing in this attempt at the window. */
    public synchronized boolean hasAborted(PartyId party, long window, int attempt) {
        refresh(party);
        return logs.get(party)
                .aborts
                .contains(OutputAborted.newBuilder()
                        .setWindow(window)
                        .setAttempt(attempt)
                        .build());
    }

    /** The components of a window's outputs that parties have opened in this attempt. */
    public synchronized List<OutputOpening> openings(long window, int attempt) {
        List<OutputOpening> found = new ArrayList<>();
        for (PartyId party : PartyId.values()) {
            refresh(party);
            logs.get(party).openings.stream()
                    .filter(opening -> opening.getWindow() == window && opening.getAttempt() == attempt)
                    .forEach(found::add);
        }
        return found;
    }

    /** Why the party takes no part in signing what an operator asks for, in its words, cut to {@value #REASON_LENGTH} characters. */
    public synchronized Optional<String> refusal(PartyId party, ByteString request) {
        refresh(party);
        return Optional.ofNullable(logs.get(party).refusals.get(request));
    }

    /** The message is signed: nothing about it is asked any more. */
    synchronized void forget(ByteString message) {
        logs.values().forEach(log -> log.messages.remove(message));
    }

    private void refresh(PartyId party) {
        Log log = logs.get(party);
        for (int k = 0; k < RECORDS_AT_ONCE && !log.unreadable; k++) {
            Optional<BoardEntry> entry = next(party, log);
            if (entry.isEmpty()) {
                return;
            }
            log.position++;
            if (counts(entry.get())) {
                verifier.verify(entry.get()).payload().ifPresent(payload -> note(party, log, payload));
            }
        }
    }

    private Optional<BoardEntry> next(PartyId party, Log log) {
        try {
            return board.read(EnrolledParty.writer(party), log.position);
        } catch (BoardException unreadable) {
            LOG.warn("nothing more of {} counts in signing: {}", party, unreadable.getMessage());
            log.unreadable = true;
            return Optional.empty();
        }
    }

    /** Most records are about something else: whose they are is looked at only when it matters. */
    private static boolean counts(BoardEntry entry) {
        try {
            Payload payload =
                    Payload.parseFrom(BoardRecord.parseFrom(entry.record()).getPayload());
            return payload.hasWindowResult()
                    || payload.hasOutputAborted()
                    || payload.hasOutputOpening()
                    || payload.hasSigningRefusal()
                    || SigningRecords.about(payload).isPresent();
        } catch (InvalidProtocolBufferException malformed) {
            return false;
        }
    }

    private static void note(PartyId party, Log log, Payload payload) {
        if (payload.hasWindowResult()) {
            WindowResult result = payload.getWindowResult();
            if (result.getAssurance() == Assurance.PROVEN.code()) {
                log.proofs.putIfAbsent(result.getWindow(), result);
                dropOldest(log.proofs.keySet(), WINDOWS_OF_PARTY);
            }
        } else if (payload.hasOutputAborted()) {
            log.aborts.add(payload.getOutputAborted());
            dropOldest(log.aborts, ABORTS_OF_PARTY);
        } else if (payload.hasOutputOpening()) {
            log.openings.add(payload.getOutputOpening());
            dropOldest(log.openings, OPENINGS_OF_PARTY);
        } else if (payload.hasSigningRefusal()) {
            SigningRefusal refusal = payload.getSigningRefusal();
            if (refusal.getRequest().size() == REQUEST_HASH_BYTES) {
                String reason = refusal.getReason();
                log.refusals.putIfAbsent(
                        refusal.getRequest(), reason.substring(0, Math.min(reason.length(), REASON_LENGTH)));
                dropOldest(log.refusals.keySet(), REFUSALS_OF_PARTY);
            }
        } else {
            SigningRecords.about(payload).ifPresent(message -> note(party, log, message, payload));
        }
    }

    private static <T> void dropOldest(Set<T> remembered, int most) {
        if (remembered.size() > most) {
            Iterator<T> oldest = remembered.iterator();
            oldest.next();
            oldest.remove();
        }
    }

    private static void note(PartyId party, Log log, ByteString message, Payload payload) {
        Said said = log.messages.computeIfAbsent(message, first -> new Said());
        dropOldest(log.messages.keySet(), MESSAGES_OF_PARTY);
        SigningRecords.message(payload).ifPresent(step -> {
            if (said.steps.size() < RECORDS_OF_MESSAGE) {
                said.steps.add(step);
            } else {
                LOG.warn("{} posts more than {} records about one message", party, RECORDS_OF_MESSAGE);
            }
        });
        SigningRecords.signature(payload)
                .filter(signature -> said.signatures.size() < SIGNATURES_OF_MESSAGE)
                .ifPresent(said.signatures::add);
    }
}

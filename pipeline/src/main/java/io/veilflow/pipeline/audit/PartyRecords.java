package io.veilflow.pipeline.audit;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.board.BoardEntry;
import io.veilflow.pipeline.sign.Assurance;
import io.veilflow.pipeline.wire.AcceptList;
import io.veilflow.pipeline.wire.BatchOutcome;
import io.veilflow.pipeline.wire.Manifest;
import io.veilflow.pipeline.wire.ManifestSignature;
import io.veilflow.pipeline.wire.OutputAborted;
import io.veilflow.pipeline.wire.OutputEcho;
import io.veilflow.pipeline.wire.OutputOpening;
import io.veilflow.pipeline.wire.OutputReady;
import io.veilflow.pipeline.wire.Payload;
import io.veilflow.pipeline.wire.UnitKind;
import io.veilflow.pipeline.wire.WindowPosted;
import io.veilflow.pipeline.wire.WindowResult;
import io.veilflow.pipeline.wire.WindowsSkipped;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** What the parties have signed, by unit, each with the record where it stands. A second record for one place is refused. */
final class PartyRecords {
    /** A batch or window, in one round. */
    record Unit(UnitKind kind, long id, int round) {
        @Override
        public String toString() {
            return (kind == UnitKind.BATCH ? "batch " : "window ") + id + (round == 0 ? "" : ", round " + round);
        }
    }

    /** One attempt at opening the outputs of a window. */
    record Opening(long window, int attempt) {}

    /** A window's result with what it rests on: an attested one may be followed by a proven one. */
    private record Stated(long window, int assurance) {}

    private record Echoed(Opening opening, int signer) {}

    /** A message with its record. */
    record Posted<T>(BoardEntry entry, T message) {}

    private final Map<Unit, Map<PartyId, Posted<AcceptList>>> lists = new LinkedHashMap<>();
    private final Set<Unit> proposed = new LinkedHashSet<>();
    private final Map<Unit, Map<PartyId, Posted<ManifestSignature>>> signatures = new LinkedHashMap<>();
    private final Map<Unit, Map<PartyId, Posted<Manifest>>> manifests = new LinkedHashMap<>();
    private final Map<Long, Map<PartyId, Posted<BatchOutcome>>> outcomes = new LinkedHashMap<>();
    private final Map<Stated, Map<PartyId, Posted<WindowResult>>> results = new LinkedHashMap<>();
    private final Map<Long, Map<PartyId, Posted<WindowsSkipped>>> skips = new LinkedHashMap<>();
    private final Map<ByteString, List<Posted<Payload>>> groupSignatures = new LinkedHashMap<>();
    private final Map<Stated, Map<PartyId, Posted<WindowPosted>>> transactions = new LinkedHashMap<>();

    private final Map<Opening, Map<PartyId, Posted<OutputReady>>> readies = new LinkedHashMap<>();
    private final Map<Echoed, Map<PartyId, Posted<OutputEcho>>> echoes = new LinkedHashMap<>();
    private final Map<Opening, Map<PartyId, Posted<OutputOpening>>> openings = new LinkedHashMap<>();
    private final Map<Opening, Map<PartyId, Posted<OutputAborted>>> aborts = new LinkedHashMap<>();

    /** @throws AuditException if a party may not write this, or has written its like before */
    void add(PartyId party, BoardEntry entry, Payload payload) {
        switch (payload.getBodyCase()) {
            case ENCRYPTION_KEY -> {}
            case ACCEPT_LIST -> {
                AcceptList list = payload.getAcceptList();
                Unit unit = new Unit(list.getKind(), list.getId(), list.getRound());
                put(lists, unit, party, entry, list);
                if (party == PartyId.P0) {
                    proposed.add(unit);
                }
            }
            case MANIFEST_SIGNATURE -> {
                ManifestSignature signature = payload.getManifestSignature();
                Unit unit = new Unit(signature.getKind(), signature.getId(), signature.getRound());
                put(signatures, unit, party, entry, signature);
            }
            case MANIFEST -> {
                Manifest manifest = payload.getManifest();
                Unit unit = new Unit(
                        manifest.getHeader().getKind(),
                        manifest.getHeader().getId(),
                        manifest.getHeader().getRound());
                put(manifests, unit, party, entry, manifest);
            }
            case BATCH_OUTCOME ->
                put(outcomes, payload.getBatchOutcome().getId(), party, entry, payload.getBatchOutcome());
            case WINDOW_RESULT -> {
                WindowResult result = payload.getWindowResult();
                requireAssurance(entry, result.getAssurance());
                put(results, new Stated(result.getWindow(), result.getAssurance()), party, entry, result);
            }
            case WINDOWS_SKIPPED -> {
                WindowsSkipped skip = payload.getWindowsSkipped();
                put(skips, skip.getFirstWindow(), party, entry, skip);
            }
            case GROUP_SIGNED ->
                groupSignatures
                        .computeIfAbsent(payload.getGroupSigned().getMessage(), first -> new ArrayList<>())
                        .add(new Posted<>(entry, payload));
            case WINDOW_POSTED -> {
                WindowPosted posted = payload.getWindowPosted();
                requireAssurance(entry, posted.getAssurance());
                put(transactions, new Stated(posted.getWindow(), posted.getAssurance()), party, entry, posted);
            }
            case OUTPUT_READY -> {
                OutputReady ready = payload.getOutputReady();
                put(readies, new Opening(ready.getWindow(), ready.getAttempt()), party, entry, ready);
            }
            case OUTPUT_ECHO -> {
                OutputEcho echo = payload.getOutputEcho();
                if (echo.getSigner() < 0 || echo.getSigner() >= PartyId.values().length) {
                    throw new AuditException(entry, "names a signer that is no party");
                }
                Opening opening = new Opening(echo.getWindow(), echo.getAttempt());
                put(echoes, new Echoed(opening, echo.getSigner()), party, entry, echo);
            }
            case OUTPUT_OPENING -> {
                OutputOpening opened = payload.getOutputOpening();
                put(openings, new Opening(opened.getWindow(), opened.getAttempt()), party, entry, opened);
            }
            case OUTPUT_ABORTED -> {
                OutputAborted aborted = payload.getOutputAborted();
                put(aborts, new Opening(aborted.getWindow(), aborted.getAttempt()), party, entry, aborted);
            }
            case NONCE_COMMITMENTS, SIGNATURE_SHARE, SIGNING_REFUSAL, ACCOUNT_PROPOSAL, ACCOUNT_ANSWER -> {}
            case END -> {
                if (party != PartyId.P0) {
                    throw new AuditException(entry, "only P0 says that the job has ended");
                }
            }
            case SUBMISSION, WITHDRAWAL, TICK, SIGNING_REQUEST, SIGNING_APPROVAL, BODY_NOT_SET ->
                throw new AuditException(entry, "a party does not write a " + payload.getBodyCase());
        }
    }

    /** Units in the order of P0's lists. */
    List<Unit> proposed() {
        return List.copyOf(proposed);
    }

    Map<PartyId, Posted<AcceptList>> lists(Unit unit) {
        return lists.getOrDefault(unit, Map.of());
    }

    Map<PartyId, Posted<ManifestSignature>> signatures(Unit unit) {
        return signatures.getOrDefault(unit, Map.of());
    }

    Map<PartyId, Posted<Manifest>> manifests(Unit unit) {
        return manifests.getOrDefault(unit, Map.of());
    }

    Map<PartyId, Posted<BatchOutcome>> outcomes(long batch) {
        return outcomes.getOrDefault(batch, Map.of());
    }

    Map<PartyId, Posted<WindowResult>> results(long window, Assurance assurance) {
        return results.getOrDefault(new Stated(window, assurance.code()), Map.of());
    }

    Map<PartyId, Posted<WindowPosted>> transactions(long window, Assurance assurance) {
        return transactions.getOrDefault(new Stated(window, assurance.code()), Map.of());
    }

    /** What parties state to have no result, by the first window. */
    Map<Long, Map<PartyId, Posted<WindowsSkipped>>> skips() {
        return Collections.unmodifiableMap(skips);
    }

    /** Records with a signature of the group, by what is signed. */
    Map<ByteString, List<Posted<Payload>>> groupSignatures() {
        return Collections.unmodifiableMap(groupSignatures);
    }

    /** Parties that have signed that they opened nothing in the attempt. */
    Map<PartyId, Posted<OutputAborted>> aborts(Opening attempt) {
        return aborts.getOrDefault(attempt, Map.of());
    }

    /** Attempts at opening the window's outputs in which somebody was ready, posted an echo or opened. */
    Set<Opening> attempts(long window) {
        Set<Opening> attempts = new LinkedHashSet<>(readies.keySet());
        echoes.keySet().stream().map(Echoed::opening).forEach(attempts::add);
        attempts.addAll(openings.keySet());
        attempts.removeIf(attempt -> attempt.window != window);
        return attempts;
    }

    Map<PartyId, Posted<OutputReady>> readies(Opening attempt) {
        return readies.getOrDefault(attempt, Map.of());
    }

    /** READYs of the signer that other parties say they have read. */
    Map<PartyId, Posted<OutputEcho>> echoes(Opening attempt, PartyId signer) {
        return echoes.getOrDefault(new Echoed(attempt, signer.index()), Map.of());
    }

    Map<PartyId, Posted<OutputOpening>> openings(Opening attempt) {
        return openings.getOrDefault(attempt, Map.of());
    }

    /**
     * Everything that speaks of a unit which P0 never proposed.
     *
     * @throws AuditException naming the first such record
     */
    void requireNothingElse() {
        requireProposed(lists);
        requireProposed(signatures);
        requireProposed(manifests);
        requireProposed(UnitKind.BATCH, outcomes);
        requireWindow(results, Stated::window);
        requireWindow(transactions, Stated::window);
        requireWindow(readies, Opening::window);
        requireWindow(echoes, echoed -> echoed.opening.window);
        requireWindow(openings, Opening::window);
        requireWindow(aborts, Opening::window);
    }

    private <T> void requireProposed(Map<Unit, Map<PartyId, Posted<T>>> records) {
        records.forEach((unit, posted) -> {
            if (!proposed.contains(unit)) {
                throw notProposed(posted);
            }
        });
    }

    private <T> void requireProposed(UnitKind kind, Map<Long, Map<PartyId, Posted<T>>> records) {
        Set<Long> ids = proposed.stream()
                .filter(unit -> unit.kind == kind)
                .map(Unit::id)
                .collect(Collectors.toSet());
        records.forEach((id, posted) -> {
            if (!ids.contains(id)) {
                throw notProposed(posted);
            }
        });
    }

    private <K, T> void requireWindow(Map<K, Map<PartyId, Posted<T>>> records, ToLongFunction<K> window) {
        records.forEach((place, posted) -> requireProposed(UnitKind.WINDOW, Map.of(window.applyAsLong(place), posted)));
    }

    /** THREATS C20: what a result rests on is always said. */
    private static void requireAssurance(BoardEntry entry, int code) {
        if (Assurance.ofCode(code).isEmpty()) {
            throw new AuditException(entry, "does not say whether the result is proven or attested");
        }
    }

    private static <T> AuditException notProposed(Map<PartyId, Posted<T>> posted) {
        BoardEntry first = posted.values().iterator().next().entry();
        return new AuditException(first, "speaks of a batch or window that party-0 never proposed");
    }

    private static <K, T> void put(
            Map<K, Map<PartyId, Posted<T>>> places, K place, PartyId party, BoardEntry entry, T message) {
        Map<PartyId, Posted<T>> posted = places.computeIfAbsent(place, key -> new EnumMap<>(PartyId.class));
        Posted<T> before = posted.putIfAbsent(party, new Posted<>(entry, message));
        if (before != null && !before.message().equals(message)) {
            throw new AuditException(entry, "contradicts " + before.entry().place());
        }
    }
}

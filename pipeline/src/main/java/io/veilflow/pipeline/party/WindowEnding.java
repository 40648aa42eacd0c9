package io.veilflow.pipeline.party;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.open.FormerOpenings;
import io.veilflow.pipeline.open.OpeningDecisions;
import io.veilflow.pipeline.sign.ResultMessage;
import io.veilflow.pipeline.sign.SigningBoard;
import io.veilflow.pipeline.sign.SkipMessage;
import io.veilflow.pipeline.sign.SkipReason;
import io.veilflow.pipeline.window.RootedManifest;
import io.veilflow.pipeline.wire.WindowResult;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * How one sealed window comes to its end (DESIGN sections 2, 8 and 9): proven as soon as this party has verified a proof, its own or
 * one that another party states for the outputs that it has opened itself; attested once the job's proof deadline has passed; skipped
 * only if nobody can have learnt the outputs. It is asked again and again while this party waits for whatever else. Used by the
 * driver's thread only.
 */
final class WindowEnding implements AutoCloseable {
    private final UnitId unit;
    private final RootedManifest rooted;
    private final ResultSigning signing;
    private final SigningBoard board;
    private final OpeningDecisions decisions;
    private final FormerOpenings openings;
    private final PartyId self;
    private final BooleanSupplier deadlinePassed;
    private final BiFunction<ComputedResult, ByteString, Optional<ComputedResult>> proofCheck;
    private final Consumer<SignedWindow> attested;

    private Optional<ComputedResult> opened = Optional.empty();
    private Optional<ComputedResult> proven = Optional.empty();
    private Optional<ResultSigning.Pending<ResultMessage>> proof = Optional.empty();
    private Optional<ResultSigning.Pending<ResultMessage>> attestation = Optional.empty();
    private Optional<ResultSigning.Pending<SkipMessage>> skip = Optional.empty();
    private boolean isAttested;
    private Supplier<Optional<ComputedResult>> former = Optional::empty;
    private final Set<ByteString> refusedProofs = new HashSet<>();

    /** What all windows of a party have in common. */
    record Ports(
            ResultSigning signing,
            SigningBoard board,
            OpeningDecisions decisions,
            FormerOpenings openings,
            PartyId self) {}

    /**
     * @param deadlinePassed whether the window may be attested by now
     * @param proofCheck what was opened with another party's proof, if that holds
     * @param attested is given the attested result once, as soon as the group has signed it
     */
    WindowEnding(
            UnitId unit,
            RootedManifest rooted,
            Ports ports,
            BooleanSupplier deadlinePassed,
            BiFunction<ComputedResult, ByteString, Optional<ComputedResult>> proofCheck,
            Consumer<SignedWindow> attested) {
        this.unit = unit;
        this.rooted = rooted;
        this.signing = ports.signing();
        this.board = ports.board();
        this.decisions = ports.decisions();
        this.openings = ports.openings();
        this.self = ports.self();
        this.deadlinePassed = deadlinePassed;
        this.proofCheck = proofCheck;
        this.attested = attested;
    }

    /** This party has opened the outputs, after all checks before that. */
    void opened(ComputedResult result) {
        opened = Optional.of(result);
    }

    /**
     * This party has found, on the board, outputs that were opened while it was away.
     *
     * @param look asked until something is opened here
     */
    void lookForOpened(Supplier<Optional<ComputedResult>> look) {
        former = look;
    }

    /** This party has verified a proof. */
    void proven(ComputedResult result) {
        opened = Optional.of(result);
        proven = Optional.of(result);
        proof = Optional.of(signing.result(unit, rooted, result));
    }

    boolean isOpened() {
        return opened.isPresent();
    }

    /** Takes a step, without waiting. The proven result, once the group has signed it. */
    Optional<SignedWindow> poll() {
        if (opened.isEmpty()) {
            opened = former.get();
        }
        if (proof.isEmpty() && opened.isPresent()) {
            adopt();
        }
        if (proof.isEmpty() && opened.isPresent() && !isAttested && deadlinePassed.getAsBoolean()) {
            attest();
        }
        return proof.flatMap(pending ->
                pending.poll().map(made -> new SignedWindow(rooted, proven.orElseThrow(), pending.message(), made)));
    }

    /** A skip that the others signed without this party, which knows of no signed result: nothing is left to compute. */
    Optional<SignedSkip> skippedByOthers() {
        return isAttested ? Optional.empty() : signing.signedSkip(unit, SkipReason.NOT_COMPUTABLE);
    }

    /** Whether the group has signed the result without a proof. */
    boolean isAttested() {
        return isAttested;
    }

    /**
     * Takes a step towards a skip, without waiting. To be asked only when no attempt follows.
     *
     * @return the skip, once the group has signed it
     */
    Optional<SignedSkip> pollSkip() {
        openings.abandonUndecided(unit.id());
        if (skip.isEmpty() && maySkip()) {
            skip = Optional.of(signing.skip(unit.id(), unit.id(), SkipReason.NOT_COMPUTABLE));
        }
        return skip.flatMap(pending -> pending.poll().map(made -> new SignedSkip(pending.message(), made)));
    }

    /**
     * A party that was ready to open may have let somebody learn the outputs: then the window must not vanish, unless it and
     * another party have both signed that they opened nothing. Of these two one is honest, and the honest ones agree.
     */
    private boolean maySkip() {
        return opened.isEmpty()
                && proof.isEmpty()
                && !decisions.mayHaveOpened(unit.id())
                && decisions.readyIn(unit.id()).stream().allMatch(this::anotherAborted);
    }

    private boolean anotherAborted(int attempt) {
        return Arrays.stream(PartyId.values())
                .filter(party -> party != self)
                .anyMatch(party -> board.hasAborted(party, unit.id(), attempt));
    }

    /** Takes over a proof of what this party has opened. One of each party counts, so few are looked at. */
    private void adopt() {
        Optional<ComputedResult> verified = board.proofs(unit.id()).stream()
                .filter(this::isOfThisResult)
                .map(WindowResult::getProof)
                .filter(stated -> !refusedProofs.contains(stated))
                .flatMap(stated -> check(stated).stream())
                .findFirst();
        verified.ifPresent(this::proven);
    }

    private Optional<ComputedResult> check(ByteString stated) {
        Optional<ComputedResult> verified = proofCheck.apply(opened.orElseThrow(), stated);
        if (verified.isEmpty()) {
            refusedProofs.add(stated);
        }
        return verified;
    }

    private boolean isOfThisResult(WindowResult stated) {
        return stated.getManifestRoot().equals(rooted.root())
                && stated.getVariableWordsList().equals(opened.orElseThrow().variableWords());
    }

    private void attest() {
        if (attestation.isEmpty()) {
            attestation = Optional.of(signing.result(unit, rooted, opened.orElseThrow()));
        }
        ResultSigning.Pending<ResultMessage> pending = attestation.get();
        pending.poll().ifPresent(made -> {
            isAttested = true;
            attested.accept(new SignedWindow(rooted, opened.orElseThrow(), pending.message(), made));
        });
    }

    @Override
    public void close() {
        proof.ifPresent(ResultSigning.Pending::close);
        attestation.ifPresent(ResultSigning.Pending::close);
        skip.ifPresent(ResultSigning.Pending::close);
        decisions.forget(unit.id());
    }
}

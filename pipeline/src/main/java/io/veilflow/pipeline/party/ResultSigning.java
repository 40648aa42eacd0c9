package io.veilflow.pipeline.party;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.Profile;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.journal.JournalEntry;
import io.veilflow.pipeline.post.WindowPost;
import io.veilflow.pipeline.sign.Assurance;
import io.veilflow.pipeline.sign.ResultKey;
import io.veilflow.pipeline.sign.ResultMessage;
import io.veilflow.pipeline.window.RootedManifest;
import io.veilflow.pipeline.wire.Payload;
import io.veilflow.pipeline.wire.WindowResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Signs a window's result with this party's result key, posts it on the board, and gathers the signatures of two parties, which
 * stand in for the group signature of a later version. A party signs only what its own session computed and verified.
 */
final class ResultSigning {
    private final JobTerms terms;
    private final ResultKey key;
    private final JournalledLog own;
    private final PartyLogs logs;
    private final Patience patience;
    private final Duration longest;

    ResultSigning(
            JobTerms terms, ResultKey key, JournalledLog own, PartyLogs logs, Patience patience, Duration longest) {
        this.terms = terms;
        this.key = key;
        this.own = own;
        this.logs = logs;
        this.patience = patience;
        this.longest = longest;
    }

    /**
     * Journals, signs, posts.
     *
     * @throws JobHeldException if P0 posted another result than this party's
     */
    void sign(UnitId unit, RootedManifest rooted, ProvenResult result) {
        ResultMessage message = message(unit.id(), rooted, result);
        Profile profile = terms.definition().profile();
        WindowResult signed = WindowResult.newBuilder()
                .setWindow(unit.id())
                .setManifestRoot(rooted.root())
                .addAllVariableWords(result.variableWords())
                .setProof(result.proof())
                .setAssurance(Assurance.PROVEN.code())
                .setProfile(profile.name())
                .setSignature(key.sign(message))
                .build();
        logs.windowResult(PartyId.P0, unit.id())
                .filter(of -> !states(of, message))
                .ifPresent(other -> {
                    throw new JobHeldException("P0 posted another result of " + unit + " than this party's");
                });
        own.post(
                JournalEntry.Type.SIGNATURE,
                unit,
                0,
                signed.toByteString(),
                Payload.newBuilder().setWindowResult(signed).build());
    }

    /** Waits for the signatures of two parties under the same statement. */
    SignedWindow gather(UnitId unit, RootedManifest rooted, ProvenResult result) {
        ResultMessage message = message(unit.id(), rooted, result);
        List<ByteString> signatures =
                patience.await(longest, "a second signature under " + unit, () -> signatures(unit, message));
        return new SignedWindow(unit.id(), rooted, result, signatures);
    }

    private Optional<List<ByteString>> signatures(UnitId unit, ResultMessage message) {
        logs.refresh();
        List<ByteString> signatures = new ArrayList<>();
        for (PartyId party : PartyId.values()) {
            logs.windowResult(party, unit.id())
                    .map(WindowResult::getSignature)
                    .filter(signature -> ResultKey.recover(message, signature)
                            .filter(terms.definition().party(party).resultAddress()::equals)
                            .isPresent())
                    .filter(any -> signatures.size() < WindowPost.SIGNATURES)
                    .ifPresent(signatures::add);
        }
        return signatures.size() == WindowPost.SIGNATURES ? Optional.of(signatures) : Optional.empty();
    }

    /** Whether the party's signature is under this statement, whatever else its record says. */
    private boolean states(WindowResult result, ResultMessage message) {
        return ResultKey.recover(message, result.getSignature())
                .filter(terms.definition().party(PartyId.P0).resultAddress()::equals)
                .isPresent();
    }

    private ResultMessage message(long window, RootedManifest rooted, ProvenResult result) {
        return new ResultMessage(
                terms.definition().chain().chainId(),
                terms.definition().chain().registry(),
                terms.jobId(),
                window,
                rooted.root(),
                terms.ruleHash(),
                ByteString.copyFrom(result.window().proof().commitment()),
                result.variableWords(),
                Assurance.PROVEN);
    }
}

package io.veilflow.pipeline.party;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.veilflow.mpc.threshold.GroupSignature;
import io.veilflow.pipeline.job.ChainBinding;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.journal.JournalEntry;
import io.veilflow.pipeline.sign.Assurance;
import io.veilflow.pipeline.sign.GroupSigner;
import io.veilflow.pipeline.sign.GroupStatement;
import io.veilflow.pipeline.sign.ResultMessage;
import io.veilflow.pipeline.sign.SigningRun;
import io.veilflow.pipeline.sign.SkipMessage;
import io.veilflow.pipeline.sign.SkipReason;
import io.veilflow.pipeline.window.RootedManifest;
import io.veilflow.pipeline.wire.Payload;
import io.veilflow.pipeline.wire.WindowResult;
import io.veilflow.pipeline.wire.WindowsSkipped;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * States what this party has found about windows, on the board, and takes part in the group's signature under it. It is called with
 * nothing but what this party's own engine computed and verified (THREATS G5); two parties that state the same make the signature,
 * whatever the third does. Used by the driver's thread only.
 */
final class ResultSigning {
    /** Number in the journal of the signature under a skip; that under a result has the code of its assurance. */
    private static final int SKIPPED = 0;

    private final JobTerms terms;
    private final LongFunction<GroupSigner> signers;
    private final JournalledLog own;

    /** @param signers by window, for those that have begun */
    ResultSigning(JobTerms terms, LongFunction<GroupSigner> signers, JournalledLog own) {
        this.terms = terms;
        this.signers = signers;
        this.own = own;
    }

    /** A statement on its way to the group's signature. */
    final class Pending<M extends GroupStatement> implements AutoCloseable {
        private final UnitId unit;
        private final int number;
        private final M message;
        private final SigningRun run;
        private Optional<ByteString> signature;

        private Pending(UnitId unit, int number, M message) {
            this.unit = unit;
            this.number = number;
            this.message = message;
            this.run = signers.apply(unit.id()).begin(message);
            this.signature = own.journalled(JournalEntry.Type.GROUP_SIGNATURE, unit, number)
                    .map(this::signatureOf);
        }

        M message() {
            return message;
        }

        /** Reads and posts what is due, without waiting; journals the signature when it is there. */
        Optional<ByteString> poll() {
            if (signature.isEmpty()) {
                signature = run.step().map(GroupSignature::bytes).map(ByteString::copyFrom);
                signature.ifPresent(this::signed);
            }
            return signature;
        }

        private ByteString signatureOf(ByteString journalled) {
            ByteString digest = ByteString.copyFrom(message.digest());
            if (!journalled.startsWith(digest)) {
                throw new JobHeldException("the group signed another statement about " + unit + " than follows now");
            }
            return journalled.substring(digest.size());
        }

        private void signed(ByteString made) {
            ByteString digest = ByteString.copyFrom(message.digest());
            own.note(JournalEntry.Type.GROUP_SIGNATURE, unit, number, digest.concat(made));
        }

        @Override
        public void close() {
            run.close();
        }
    }

    /** Journals and posts a result, with its proof if it has one, and begins to sign it. */
    Pending<ResultMessage> result(UnitId unit, RootedManifest rooted, ComputedResult result) {
        int assurance = result.assurance().code();
        Pending<ResultMessage> pending = new Pending<>(unit, assurance, message(unit.id(), rooted, result));
        if (pending.signature.isEmpty()) {
            // the commitments travel while the rest is stored
            pending.run.step();
        }
        WindowResult stated = WindowResult.newBuilder()
                .setWindow(unit.id())
                .setManifestRoot(rooted.root())
                .addAllVariableWords(result.variableWords())
                .setProof(result.proof().orElse(ByteString.EMPTY))
                .setAssurance(assurance)
                .setProfile(terms.definition().profile().name())
                .build();
        own.post(
                JournalEntry.Type.SIGNATURE,
                unit,
                assurance,
                stated.toByteString(),
                Payload.newBuilder().setWindowResult(stated).build());
        return pending;
    }

    /** Journals and posts that windows have no result, and begins to sign it. */
    Pending<SkipMessage> skip(long first, long last, SkipReason reason) {
        UnitId unit = UnitId.window(first);
        WindowsSkipped stated = WindowsSkipped.newBuilder()
                .setFirstWindow(first)
                .setLastWindow(last)
                .setReason(reason.code())
                .build();
        own.post(
                JournalEntry.Type.SKIP,
                unit,
                reason.code(),
                stated.toByteString(),
                Payload.newBuilder().setWindowsSkipped(stated).build());
        return new Pending<>(unit, SKIPPED, skipMessage(first, last, reason));
    }

    /** What this party stated about a proven result before a restart, proof included. */
    Optional<WindowResult> stated(UnitId unit) {
        return own.journalled(JournalEntry.Type.SIGNATURE, unit, Assurance.PROVEN.code())
                .map(ResultSigning::read);
    }

    /** Whether this party has stated, before a restart, that the window has no result because it cannot be computed. */
    boolean statedSkip(UnitId unit) {
        return own.journalled(JournalEntry.Type.SKIP, unit, SkipReason.NOT_COMPUTABLE.code())
                .isPresent();
    }

    /** A skip of one window that the group has signed, with this party or without it. */
    Optional<SignedSkip> signedSkip(UnitId unit, SkipReason reason) {
        SkipMessage message = skipMessage(unit.id(), unit.id(), reason);
        return signers.apply(unit.id())
                .signature(message)
                .map(GroupSignature::bytes)
                .map(made -> new SignedSkip(message, ByteString.copyFrom(made)));
    }

    private SkipMessage skipMessage(long first, long last, SkipReason reason) {
        ChainBinding chain = terms.definition().chain();
        return new SkipMessage(chain.chainId(), chain.registry(), terms.jobId(), first, last, reason);
    }

    private static WindowResult read(ByteString journalled) {
        try {
            return WindowResult.parseFrom(journalled);
        } catch (InvalidProtocolBufferException malformed) {
            throw new IllegalStateException("a result was journalled that is none", malformed);
        }
    }

    private ResultMessage message(long window, RootedManifest rooted, ComputedResult result) {
        ChainBinding chain = terms.definition().chain();
        return new ResultMessage(
                chain.chainId(),
                chain.registry(),
                terms.jobId(),
                window,
                rooted.root(),
                terms.ruleHash(),
                result.commitment(),
                result.variableWords(),
                result.assurance());
    }
}

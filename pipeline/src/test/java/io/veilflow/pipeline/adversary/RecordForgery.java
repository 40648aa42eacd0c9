package io.veilflow.pipeline.adversary;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.wire.AcceptList;
import io.veilflow.pipeline.wire.AccountProposal;
import io.veilflow.pipeline.wire.BatchOutcome;
import io.veilflow.pipeline.wire.Decision;
import io.veilflow.pipeline.wire.GroupSigned;
import io.veilflow.pipeline.wire.Manifest;
import io.veilflow.pipeline.wire.ManifestSignature;
import io.veilflow.pipeline.wire.NonceCommitments;
import io.veilflow.pipeline.wire.NoncePair;
import io.veilflow.pipeline.wire.OutputEcho;
import io.veilflow.pipeline.wire.OutputOpening;
import io.veilflow.pipeline.wire.OutputReady;
import io.veilflow.pipeline.wire.Payload;
import io.veilflow.pipeline.wire.Reason;
import io.veilflow.pipeline.wire.SignatureShare;
import io.veilflow.pipeline.wire.WindowPosted;
import io.veilflow.pipeline.wire.WindowResult;
import io.veilflow.pipeline.wire.WindowsSkipped;
import io.veilflow.zk.verify.Proof;
import java.util.Random;

/**
 * Well-formed records with wrong content, signed by the corrupted party itself (THREATS A20, B10, B18). What a change means:
 *
 * <ul>
 *   <li>FLIP_BIT: one bit of a hash, root, point, proof or signature (of the root, if a result has no proof);
 *   <li>ADD_ONE: the other claim: a refused record accepted and an accepted one refused for a reason that only this party can
 *       check, the next root, another result, the next scalar, another attempt;
 *   <li>ZERO: nothing listed; a root, proof, hash or component of zeros;
 *   <li>SPLIT: the honest record, then the other claim for the same place.
 * </ul>
 */
final class RecordForgery {
    Payload forge(Payload honest, Change change, Random random) {
        Payload.Builder forged = honest.toBuilder();
        switch (honest.getBodyCase()) {
            case ACCEPT_LIST -> forged.setAcceptList(list(honest.getAcceptList(), change, random));
            case MANIFEST_SIGNATURE ->
                forged.setManifestSignature(signature(honest.getManifestSignature(), change, random));
            case MANIFEST -> forged.setManifest(manifest(honest.getManifest(), change, random));
            case BATCH_OUTCOME -> forged.setBatchOutcome(outcome(honest.getBatchOutcome(), change, random));
            case WINDOW_RESULT -> forged.setWindowResult(result(honest.getWindowResult(), change, random));
            case WINDOW_POSTED -> forged.setWindowPosted(posted(honest.getWindowPosted(), change, random));
            case OUTPUT_READY -> forged.setOutputReady(ready(honest.getOutputReady(), change, random));
            case OUTPUT_ECHO -> forged.setOutputEcho(echo(honest.getOutputEcho(), change, random));
            case NONCE_COMMITMENTS ->
                forged.setNonceCommitments(commitments(honest.getNonceCommitments(), change, random));
            case SIGNATURE_SHARE -> forged.setSignatureShare(share(honest.getSignatureShare(), change, random));
            case GROUP_SIGNED -> forged.setGroupSigned(signed(honest.getGroupSigned(), change, random));
            case WINDOWS_SKIPPED -> forged.setWindowsSkipped(skipped(honest.getWindowsSkipped(), change));
            case OUTPUT_ABORTED ->
                forged.setOutputAborted(honest.getOutputAborted().toBuilder()
                        .setAttempt(honest.getOutputAborted().getAttempt() + 1));
            case ACCOUNT_PROPOSAL -> forged.setAccountProposal(proposal(honest.getAccountProposal(), change, random));
            case ACCOUNT_ANSWER ->
                forged.setAccountAnswer(honest.getAccountAnswer().toBuilder()
                        .setRefusal(1 - Math.min(1, honest.getAccountAnswer().getRefusal())));
            case OUTPUT_OPENING -> forged.setOutputOpening(opening(honest.getOutputOpening(), change, random));
            default -> throw new IllegalArgumentException("no forgery of " + honest.getBodyCase());
        }
        return forged.build();
    }

    private static AcceptList list(AcceptList honest, Change change, Random random) {
        AcceptList.Builder forged = honest.toBuilder().clearDecisions();
        for (Decision decision : honest.getDecisionsList()) {
            switch (change) {
                case FLIP_BIT ->
                    forged.addDecisions(
                            decision.toBuilder().setSubmissionHash(flip(decision.getSubmissionHash(), random)));
                case ADD_ONE ->
                    forged.addDecisions(decision.toBuilder()
                            .setReason(
                                    decision.getReason() == Reason.ACCEPTED
                                            ? Reason.NOT_DECRYPTABLE
                                            : Reason.ACCEPTED));
                default -> {}
            }
        }
        return forged.build();
    }

    private static ManifestSignature signature(ManifestSignature honest, Change change, Random random) {
        return honest.toBuilder()
                .setRoot(other(honest.getRoot(), change, random))
                .build();
    }

    private static Manifest manifest(Manifest honest, Change change, Random random) {
        Manifest.Builder forged = honest.toBuilder();
        switch (change) {
            case ZERO -> forged.clearEntries();
            case ADD_ONE ->
                forged.getHeaderBuilder().setClosingTick(honest.getHeader().getClosingTick() + 1);
            default ->
                forged.getHeaderBuilder().setRuleHash(flip(honest.getHeader().getRuleHash(), random));
        }
        return forged.build();
    }

    private static BatchOutcome outcome(BatchOutcome honest, Change change, Random random) {
        BatchOutcome.Builder forged = honest.toBuilder();
        switch (change) {
            case ZERO -> forged.clearDecisions();
            case ADD_ONE -> {
                forged.clearDecisions();
                for (Decision decision : honest.getDecisionsList()) {
                    boolean accepted = decision.getReason() == Reason.ACCEPTED;
                    forged.addDecisions(
                            decision.toBuilder().setReason(accepted ? Reason.VALUE_OUT_OF_RANGE : Reason.ACCEPTED));
                }
            }
            default -> forged.setManifestRoot(flip(honest.getManifestRoot(), random));
        }
        return forged.build();
    }

    private static WindowResult result(WindowResult honest, Change change, Random random) {
        boolean attested = honest.getProof().isEmpty();
        return switch (change) {
            case FLIP_BIT ->
                (attested
                                ? honest.toBuilder().setManifestRoot(flip(honest.getManifestRoot(), random))
                                : honest.toBuilder().setProof(flip(honest.getProof(), random)))
                        .build();
            case ZERO ->
                honest.toBuilder()
                        .setProof(ByteString.copyFrom(
                                new byte
                                        [attested
                                                ? Proof.bytesWith(1)
                                                : honest.getProof().size()]))
                        .build();
            default -> otherResult(honest);
        };
    }

    /** The first word is another. */
    private static WindowResult otherResult(WindowResult honest) {
        byte[] first = honest.getVariableWords(0).toByteArray();
        first[first.length - 1] ^= 1;
        return honest.toBuilder()
                .setVariableWords(0, ByteString.copyFrom(first))
                .build();
    }

    /** ADD_ONE: commitments of another attempt. */
    private static NonceCommitments commitments(NonceCommitments honest, Change change, Random random) {
        NonceCommitments.Builder forged = honest.toBuilder().clearPairs();
        for (NoncePair pair : honest.getPairsList()) {
            forged.addPairs(
                    switch (change) {
                        case ADD_ONE -> pair.toBuilder().setAttempt(pair.getAttempt() + 1);
                        case ZERO -> pair.toBuilder().setBinding(pair.getHiding());
                        default -> pair.toBuilder().setHiding(flip(pair.getHiding(), random));
                    });
        }
        return forged.build();
    }

    private static SignatureShare share(SignatureShare honest, Change change, Random random) {
        return honest.toBuilder().setZ(other(honest.getZ(), change, random)).build();
    }

    /** ADD_ONE: the signature under another statement. */
    private static GroupSigned signed(GroupSigned honest, Change change, Random random) {
        return change == Change.ADD_ONE
                ? honest.toBuilder()
                        .setMessage(other(honest.getMessage(), change, random))
                        .build()
                : honest.toBuilder()
                        .setSignature(other(honest.getSignature(), change, random))
                        .build();
    }

    /** ADD_ONE: the next statement. */
    private static AccountProposal proposal(AccountProposal honest, Change change, Random random) {
        return change == Change.ADD_ONE
                ? honest.toBuilder()
                        .setStatement(other(honest.getStatement(), change, random))
                        .build()
                : honest.toBuilder()
                        .setTransaction(other(honest.getTransaction(), change, random))
                        .build();
    }

    private static WindowsSkipped skipped(WindowsSkipped honest, Change change) {
        return change == Change.ADD_ONE
                ? honest.toBuilder().setLastWindow(honest.getLastWindow() + 1).build()
                : honest.toBuilder().setReason(0).build();
    }

    private static OutputReady ready(OutputReady honest, Change change, Random random) {
        return change == Change.FLIP_BIT
                ? honest.toBuilder()
                        .setSignature(flip(honest.getSignature(), random))
                        .build()
                : honest.toBuilder()
                        .setHashes(other(honest.getHashes(), change, random))
                        .build();
    }

    private static OutputEcho echo(OutputEcho honest, Change change, Random random) {
        return change == Change.FLIP_BIT
                ? honest.toBuilder()
                        .setSignature(flip(honest.getSignature(), random))
                        .build()
                : honest.toBuilder()
                        .setCountersignature(other(honest.getCountersignature(), change, random))
                        .build();
    }

    private static OutputOpening opening(OutputOpening honest, Change change, Random random) {
        OutputOpening.Builder forged = honest.toBuilder();
        forged.getOwnBuilder().setValue(other(honest.getOwn().getValue(), change, random));
        if (change != Change.FLIP_BIT) {
            forged.getNextBuilder().setSalt(other(honest.getNext().getSalt(), change, random));
        }
        return forged.build();
    }

    private static WindowPosted posted(WindowPosted honest, Change change, Random random) {
        return change == Change.ZERO
                ? honest.toBuilder().setGas(0).build()
                : honest.toBuilder()
                        .setTransaction(other(honest.getTransaction(), change, random))
                        .build();
    }

    private static ByteString other(ByteString honest, Change change, Random random) {
        return switch (change) {
            case ZERO -> ByteString.copyFrom(new byte[honest.size()]);
            case ADD_ONE -> {
                byte[] next = honest.toByteArray();
                next[next.length - 1]++;
                yield ByteString.copyFrom(next);
            }
            default -> flip(honest, random);
        };
    }

    private static ByteString flip(ByteString honest, Random random) {
        return ByteString.copyFrom(MessageChange.flipBit(honest.toByteArray(), random));
    }
}

package io.veilflow.pipeline.service;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.threshold.GroupSignature;
import io.veilflow.pipeline.board.Board;
import io.veilflow.pipeline.board.BoardEntry;
import io.veilflow.pipeline.board.BoardWriter;
import io.veilflow.pipeline.board.MessageSigner;
import io.veilflow.pipeline.board.RecordSigner;
import io.veilflow.pipeline.board.RecordVerifier;
import io.veilflow.pipeline.job.EnrolledParty;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.service.OperatorLogs.Asked;
import io.veilflow.pipeline.sign.GroupStatement;
import io.veilflow.pipeline.sign.SigningBoard;
import io.veilflow.pipeline.wire.KeyRotation;
import io.veilflow.pipeline.wire.Payload;
import io.veilflow.pipeline.wire.ServiceText;
import io.veilflow.pipeline.wire.SigningApproval;
import io.veilflow.pipeline.wire.SigningRequest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;

/**
 * An operator's side of the signing service: posts requests and approvals in its log, under its party's identity, and waits for what the
 * running parties make of them. Nothing is signed here. Not thread-safe.
 */
public final class SigningDesk {
    private static final long PAUSE_MILLIS = 20;

    private final JobTerms job;
    private final SigningTerms terms;
    private final ResultKeyLine line;
    private final Board board;
    private final OperatorLogs operators;
    private final SigningBoard signatures;
    private final SecureRandom random;

    public SigningDesk(JobTerms job, Board board, SecureRandom random) {
        this.job = job;
        this.terms = new SigningTerms(job);
        this.line = new ResultKeyLine(job);
        this.board = board;
        this.operators = new OperatorLogs(job.definition(), board);
        this.signatures = new SigningBoard(RecordVerifier.of(job.definition()), board);
        this.random = random;
    }

    /** What became of a request. */
    public sealed interface Answer {
        /** @param signature of the group, verified */
        record Signed(GroupStatement statement, GroupSignature signature) implements Answer {}

        /** A party refuses it. */
        record Refused(PartyId by, String reason) implements Answer {}

        /** Neither in time. It may still be signed. */
        record Waiting() implements Answer {}
    }

    /** Asks for a message to be signed. Returns the request's hash. */
    public ByteString ask(PartyId operator, MessageSigner identity, String purpose, ByteString message) {
        return ask(
                operator,
                identity,
                request()
                        .setText(ServiceText.newBuilder().setPurpose(purpose).setMessage(message))
                        .build());
    }

    /** Asks for a new result key to be named. Returns the request's hash. */
    public ByteString askForRotation(PartyId operator, MessageSigner identity, long fromWindow, ByteString newKey) {
        return ask(
                operator,
                identity,
                request()
                        .setRotation(KeyRotation.newBuilder()
                                .setFromWindow(fromWindow)
                                .setNewKey(newKey))
                        .build());
    }

    /**
     * A request with its approvals so far.
     *
     * @throws SigningRequestException if it is not on the board
     */
    public Asked request(ByteString hash) {
        return operators.read().stream()
                .filter(asked -> asked.hash().equals(hash))
                .findFirst()
                .orElseThrow(() -> new SigningRequestException(
                        "there is no such request on the board, or its operator has asked for more than counts"));
    }

    /**
     * Approves of a request.
     *
     * @throws SigningRequestException if there is no such request, or it would be refused
     */
    public void approve(PartyId operator, MessageSigner identity, ByteString hash) {
        Asked asked = request(hash);
        terms.statement(asked.request());
        post(
                operator,
                identity,
                Payload.newBuilder()
                        .setSigningApproval(SigningApproval.newBuilder().setRequest(hash))
                        .build());
    }

    /**
     * Waits until the group has signed or a party refuses. Two parties may still sign what the third refuses: a signature
     * that is there counts.
     */
    public Answer await(ByteString hash, Duration longest) throws InterruptedException {
        Asked asked = request(hash);
        Optional<String> refusal = terms.refusal(asked.request());
        if (refusal.isPresent()) {
            return new Answer.Refused(asked.by(), refusal.get());
        }
        GroupStatement statement = terms.statement(asked.request());
        ByteString digest = ByteString.copyFrom(statement.digest());
        long end = System.nanoTime() + longest.toNanos();
        while (true) {
            for (ByteString key : line.keysFor(statement, operators.read())) {
                Optional<GroupSignature> signature = signatures.signature(key.toByteArray(), digest);
                if (signature.isPresent()) {
                    return new Answer.Signed(statement, signature.get());
                }
            }
            for (PartyId party : PartyId.values()) {
                Optional<String> reason = signatures.refusal(party, hash);
                if (reason.isPresent()) {
                    return new Answer.Refused(party, reason.get());
                }
            }
            if (System.nanoTime() - end >= 0) {
                return new Answer.Waiting();
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private SigningRequest.Builder request() {
        byte[] id = new byte[SigningTerms.REQUEST_ID_BYTES];
        random.nextBytes(id);
        return SigningRequest.newBuilder().setRequestId(ByteString.copyFrom(id));
    }

    private ByteString ask(PartyId operator, MessageSigner identity, SigningRequest request) {
        terms.statement(request);
        post(operator, identity, Payload.newBuilder().setSigningRequest(request).build());
        return SigningTerms.hash(request);
    }

    private void post(PartyId operator, MessageSigner identity, Payload payload) {
        RecordSigner signer = new RecordSigner(job.configurationHash(), EnrolledParty.operator(operator), identity);
        try (BoardWriter log = board.writer(signer)) {
            BoardEntry entry = log.append(payload);
            if (RecordVerifier.of(job.definition()).verify(entry).payload().isEmpty()) {
                throw new SigningRequestException(
                        "this is not the identity that the job enrols for " + EnrolledParty.writer(operator));
            }
        }
    }
}

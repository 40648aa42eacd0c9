package io.veilflow.pipeline.contributor;

import io.veilflow.pipeline.board.Board;
import io.veilflow.pipeline.board.BoardEntry;
import io.veilflow.pipeline.board.BoardWriter;
import io.veilflow.pipeline.board.RecordSigner;
import io.veilflow.pipeline.board.RecordVerifier;
import io.veilflow.pipeline.job.EnrolledContributor;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.wire.Payload;
import io.veilflow.pipeline.wire.Withdrawal;
import java.util.Optional;

/**
 * One enrolled contributor at work: encodes its books, signs them, appends them to its log. Its sequence goes on from what
 * its log says, so it keeps no state of its own; it may go offline between any two calls. Not thread-safe.
 */
public final class Contributor implements AutoCloseable {
    private final JobTerms terms;
    private final EnrolledContributor enrolled;
    private final Board board;
    private final RecordVerifier verifier;
    private final BookEncoder encoder;
    private final BoardWriter log;
    private final PublishedKeys partyKeys;
    private long sequence;

    /**
     * @param encoder under the basis whose digest the job names
     * @param signer of an enrolled contributor
     * @throws IllegalArgumentException if the job does not know the signer
     * @throws io.veilflow.pipeline.board.BoardException if its log is written by somebody else or damaged
     */
    public Contributor(JobTerms terms, Board board, BookEncoder encoder, RecordSigner signer) {
        this.terms = terms;
        this.enrolled = terms.contributor(signer.writer())
                .orElseThrow(() -> new IllegalArgumentException(signer.writer() + " is no contributor of the job"));
        this.board = board;
        this.verifier = RecordVerifier.of(terms.definition());
        this.encoder = encoder;
        this.log = board.writer(signer);
        this.partyKeys = new PublishedKeys(board, verifier);
        this.sequence = lastSequence();
    }

    public EnrolledContributor enrolled() {
        return enrolled;
    }

    /** Whether all parties have published an encryption key. */
    public boolean canSubmit() {
        return partyKeys.current().isPresent();
    }

    /**
     * The book counts from the batch that admits it until it is replaced, withdrawn or too old.
     *
     * @throws IllegalStateException while a party has published no encryption key
     */
    public BoardEntry submit(Book book) {
        PartyKeys keys = partyKeys
                .current()
                .orElseThrow(() -> new IllegalStateException("not all parties have published an encryption key"));
        Payload payload = Payload.newBuilder()
                .setSubmission(encoder.encode(enrolled, sequence + 1, book.usedSlots(), book.numbers(), keys))
                .build();
        return append(payload);
    }

    /** The contributor has no book from the batch that admits this until it submits again. */
    public BoardEntry withdraw() {
        return append(Payload.newBuilder()
                .setWithdrawal(Withdrawal.newBuilder().setJobId(terms.jobId()).setSequence(sequence + 1))
                .build());
    }

    @Override
    public void close() {
        log.close();
    }

    private BoardEntry append(Payload payload) {
        BoardEntry entry = log.append(payload);
        sequence++;
        return entry;
    }

    private long lastSequence() {
        long last = 0;
        long records = board.size(enrolled.name());
        for (long index = 0; index < records; index++) {
            Optional<Payload> payload = verifier.verify(
                            board.read(enrolled.name(), index).orElseThrow())
                    .payload();
            long used = payload.map(Contributor::sequenceOf).orElse(0L);
            last = Long.compareUnsigned(used, last) > 0 ? used : last;
        }
        return last;
    }

    private static long sequenceOf(Payload payload) {
        return switch (payload.getBodyCase()) {
            case SUBMISSION -> payload.getSubmission().getSequence();
            case WITHDRAWAL -> payload.getWithdrawal().getSequence();
            case TICK,
                    END,
                    ENCRYPTION_KEY,
                    ACCEPT_LIST,
                    MANIFEST_SIGNATURE,
                    MANIFEST,
                    BATCH_OUTCOME,
                    WINDOW_RESULT,
                    WINDOW_POSTED,
                    OUTPUT_READY,
                    OUTPUT_ECHO,
                    OUTPUT_OPENING,
                    OUTPUT_ABORTED,
                    NONCE_COMMITMENTS,
                    SIGNATURE_SHARE,
                    GROUP_SIGNED,
                    WINDOWS_SKIPPED,
                    SIGNING_REQUEST,
                    SIGNING_APPROVAL,
                    SIGNING_REFUSAL,
                    ACCOUNT_PROPOSAL,
                    ACCOUNT_ANSWER,
                    BODY_NOT_SET -> 0;
        };
    }
}

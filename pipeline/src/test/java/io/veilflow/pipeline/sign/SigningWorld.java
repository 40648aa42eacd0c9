package io.veilflow.pipeline.sign;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.threshold.KeyShare;
import io.veilflow.pipeline.board.BoardWriter;
import io.veilflow.pipeline.board.FileBoard;
import io.veilflow.pipeline.board.MessageSigner;
import io.veilflow.pipeline.board.RecordSigner;
import io.veilflow.pipeline.board.RecordVerifier;
import io.veilflow.pipeline.board.SampleWriters;
import io.veilflow.pipeline.identity.VerificationKey;
import io.veilflow.pipeline.job.EnrolledParty;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.job.SampleJob;
import io.veilflow.pipeline.key.KeyPurpose;
import io.veilflow.pipeline.submission.SampleMarket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A job of the sample group with a real board, on which its three parties can sign. */
public final class SigningWorld implements AutoCloseable {
    private final JobTerms job =
            new JobTerms(SampleJob.with(new SampleMarket().terms().definition(), SampleGroup.keys()));
    private final List<KeyShare> resultShares = SampleGroup.resultShares();
    private final List<KeyShare> signShares = SampleGroup.signShares();
    private final Map<PartyId, BoardWriter> logs = new EnumMap<>(PartyId.class);
    private final Map<PartyId, List<String>> wrongShares = new EnumMap<>(PartyId.class);
    private final FileBoard board;

    /** @param directory of the board, which is made */
    public SigningWorld(Path directory) {
        board = FileBoard.create(directory);
    }

    public JobTerms job() {
        return job;
    }

    public FileBoard board() {
        return board;
    }

    /** The party's own log. */
    public BoardWriter log(PartyId party) {
        return logs.computeIfAbsent(party, first -> writer(party, EnrolledParty.writer(party)));
    }

    /** The log of the party's operator; the caller closes it. */
    public BoardWriter operatorLog(PartyId party) {
        return writer(party, EnrolledParty.operator(party));
    }

    /** Each with a reading of the board of its own, as in a party. */
    public GroupSigner signer(PartyId party, KeyPurpose purpose) {
        return signer(party, purpose, log(party));
    }

    /** @param own in the place of the party's log */
    public GroupSigner signer(PartyId party, KeyPurpose purpose, BoardWriter own) {
        List<KeyShare> shares = purpose == KeyPurpose.SIGN ? signShares : resultShares;
        SigningBoard read = new SigningBoard(RecordVerifier.of(job.definition()), board);
        return new GroupSigner(
                purpose,
                shares.get(party.index()),
                read,
                own,
                (culprit, statement) -> wrongShares(party).add(culprit + ": " + statement.title()),
                new SecureRandom());
    }

    /** Whom the party has accused of a wrong share, and of which statement, in this order. */
    public List<String> wrongShares(PartyId party) {
        return wrongShares.computeIfAbsent(party, first -> new ArrayList<>());
    }

    /** Of the party's identity. */
    public MessageSigner identity(PartyId party) {
        return SampleWriters.key(EnrolledParty.writer(party));
    }

    public VerificationKey identityKey(PartyId party) {
        return new VerificationKey(
                SampleWriters.publicKey(EnrolledParty.writer(party)).toByteArray());
    }

    @Override
    public void close() {
        logs.values().forEach(BoardWriter::close);
        resultShares.forEach(KeyShare::close);
        signShares.forEach(KeyShare::close);
        board.close();
    }

    private BoardWriter writer(PartyId party, String name) {
        return board.writer(new RecordSigner(job.configurationHash(), name, identity(party)));
    }
}

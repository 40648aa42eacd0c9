package io.veilflow.pipeline.submission;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.board.BoardWriter;
import io.veilflow.pipeline.board.FileBoard;
import io.veilflow.pipeline.board.RecordSigner;
import io.veilflow.pipeline.board.SampleWriters;
import io.veilflow.pipeline.contributor.PartyKeys;
import io.veilflow.pipeline.encoding.Fields;
import io.veilflow.pipeline.encoding.Hashes;
import io.veilflow.pipeline.job.EnrolledContributor;
import io.veilflow.pipeline.job.EnrolledFeeder;
import io.veilflow.pipeline.job.EnrolledParty;
import io.veilflow.pipeline.job.JobDefinition;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.job.SampleJob;
import io.veilflow.pipeline.wire.EncryptionKey;
import io.veilflow.pipeline.wire.Payload;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;

/** A job of tests whose writers have keys: two assets, three banks with one or two slots, windows of one second. */
public final class SampleMarket {
    /** Bytes that stand where a verifying key would. */
    public static final byte[] VERIFYING_KEY = Fields.text("verifying key of tests");

    private static final PlainCommitments COMMITMENTS = new PlainCommitments(5 * 4);

    private final JobTerms terms;

    public SampleMarket() {
        this(SampleJob.definition());
    }

    /** The same writers with what else a job says: chain, key, windows. */
    public SampleMarket(JobDefinition base) {
        this.terms = new JobTerms(new JobDefinition(
                base.name(),
                base.profile(),
                base.environment(),
                base.program(),
                List.of(contributor("bank-a", 0, 2), contributor("bank-b", 2, 2), contributor("bank-c", 4, 1)),
                base.parties().stream().map(SampleMarket::party).toList(),
                base.group(),
                new EnrolledFeeder("feeder", SampleWriters.publicKey("feeder")),
                base.windows(),
                base.chain(),
                ByteString.copyFrom(Hashes.keccak256(VERIFYING_KEY)),
                ByteString.copyFrom(Hashes.sha256(COMMITMENTS.basisBytes()))));
    }

    public JobTerms terms() {
        return terms;
    }

    public PlainCommitments commitments() {
        return COMMITMENTS;
    }

    public EnrolledContributor contributor(String name) {
        return terms.contributor(name).orElseThrow();
    }

    public RecordSigner signer(String writer) {
        return new RecordSigner(terms.configurationHash(), writer, SampleWriters.key(writer));
    }

    public static DecryptionKey decryptionKey(PartyId party) {
        return new DecryptionKey(Hashes.sha256(Fields.text("test decryption key"), Fields.u32(party.index())));
    }

    public static PartyKeys partyKeys() {
        return new PartyKeys(Arrays.stream(PartyId.values())
                .map(party -> decryptionKey(party).publicKey())
                .toList());
    }

    /** The parties' first records: their encryption keys. */
    public void publishKeys(FileBoard board) {
        for (PartyId party : PartyId.values()) {
            append(
                    board,
                    EnrolledParty.writer(party),
                    Payload.newBuilder()
                            .setEncryptionKey(EncryptionKey.newBuilder()
                                    .setPublicKey(partyKeys().of(party).bytes()))
                            .build());
        }
    }

    public void append(FileBoard board, String writer, Payload payload) {
        try (BoardWriter log = board.writer(signer(writer))) {
            log.append(payload);
        }
    }

    /** A whole book of one number repeated. */
    public List<BigInteger> numbers(String contributor, BigInteger number) {
        BigInteger[] numbers = new BigInteger[terms.wires(contributor(contributor))];
        Arrays.fill(numbers, number);
        return List.of(numbers);
    }

    private static EnrolledContributor contributor(String name, int firstSlot, int slots) {
        return new EnrolledContributor(name, SampleWriters.publicKey(name), 0, firstSlot, slots);
    }

    private static EnrolledParty party(EnrolledParty party) {
        return new EnrolledParty(
                party.id(), party.host(), party.port(), SampleWriters.publicKey(party.writer()), party.tlsPin());
    }
}

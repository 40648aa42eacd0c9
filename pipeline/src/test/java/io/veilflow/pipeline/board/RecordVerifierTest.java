package io.veilflow.pipeline.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.wire.BoardRecord;
import io.veilflow.pipeline.wire.Payload;
import io.veilflow.pipeline.wire.Reason;
import io.veilflow.pipeline.wire.Tick;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecordVerifierTest {
    private static final ByteString JOB = ByteString.copyFrom(new byte[32]);
    private static final Payload PAYLOAD = Payload.newBuilder()
            .setTick(Tick.newBuilder().setTimeMillis(5).addValues(ByteString.copyFromUtf8("v")))
            .build();

    private final RecordVerifier verifier = new RecordVerifier(
            JOB, Map.of("bank-a", SampleWriters.publicKey("bank-a"), "bank-b", SampleWriters.publicKey("bank-b")));

    @Test
    void aRecordOfItsWriterIsAccepted() {
        RecordOutcome outcome =
                verifier.verify(entry("bank-a", 3, record("bank-a", 3).toByteString()));
        assertEquals(
                PAYLOAD, assertInstanceOf(RecordOutcome.Signed.class, outcome).content());
    }

    /** A18. */
    @Test
    void aWriterThatIsNotEnrolledIsRefused() {
        assertRefused(
                Reason.NOT_ENROLLED, entry("bank-c", 0, record("bank-c", 0).toByteString()));
    }

    @Test
    void aRecordBelongsToItsWriterItsPlaceAndItsJob() {
        assertRefused(
                Reason.BAD_SIGNATURE, entry("bank-a", 4, record("bank-a", 3).toByteString()));
        assertRefused(
                Reason.BAD_SIGNATURE, entry("bank-a", 3, record("bank-b", 3).toByteString()));
        BoardRecord moved = record("bank-a", 3).toBuilder().setIndex(4).build();
        assertRefused(Reason.BAD_SIGNATURE, entry("bank-a", 4, moved.toByteString()));
        BoardRecord renamed =
                record("bank-b", 3).toBuilder().setWriter("bank-a").build();
        assertRefused(Reason.BAD_SIGNATURE, entry("bank-a", 3, renamed.toByteString()));
        RecordSigner otherJob = new RecordSigner(
                ByteString.copyFrom(new byte[31]).concat(ByteString.copyFrom(new byte[] {1})),
                "bank-a",
                SampleWriters.key("bank-a"));
        ByteString foreign = otherJob.sign(3, PAYLOAD.toByteString()).toByteString();
        assertRefused(Reason.BAD_SIGNATURE, entry("bank-a", 3, foreign));
    }

    @Test
    void everyFlippedBitIsNoticed() {
        byte[] bytes = record("bank-a", 3).toByteArray();
        for (int bit = 0; bit < 8 * bytes.length; bit++) {
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            assertInstanceOf(
                    RecordOutcome.Refused.class,
                    verifier.verify(entry("bank-a", 3, ByteString.copyFrom(bytes))),
                    "bit " + bit);
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
        }
    }

    @Test
    void aPayloadHasOneFormAndABody() {
        RecordSigner signer = new RecordSigner(JOB, "bank-a", SampleWriters.key("bank-a"));
        ByteString tick = PAYLOAD.getTick().toByteString();
        ByteString unknownField = PAYLOAD.toByteString().concat(ByteString.copyFrom(new byte[] {(byte) 0xf8, 1, 1}));
        ByteString twice = PAYLOAD.toByteString().concat(PAYLOAD.toByteString());
        for (ByteString payload : new ByteString[] {ByteString.EMPTY, tick, unknownField, twice}) {
            assertRefused(
                    Reason.MALFORMED, entry("bank-a", 0, signer.sign(0, payload).toByteString()));
        }
    }

    @Test
    void noBytesCrashTheReader() {
        long seed = 20_261_122;
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            byte[] bytes = round % 2 == 0
                    ? new byte[random.nextInt(200)]
                    : record("bank-a", 0).toByteArray();
            if (round % 2 == 0) {
                random.nextBytes(bytes);
            } else {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
            }
            RecordOutcome outcome = verifier.verify(entry("bank-a", 1, ByteString.copyFrom(bytes)));
            assertInstanceOf(RecordOutcome.Refused.class, outcome, "seed " + seed + ", round " + round);
        }
    }

    @Test
    void aKeyThatIsNotAPointIsRefusedAtTheStart() {
        Map<String, ByteString> keys = Map.of("bank-a", ByteString.copyFrom(new byte[31]));
        assertThrows(IllegalArgumentException.class, () -> new RecordVerifier(JOB, keys));
    }

    private void assertRefused(Reason reason, BoardEntry entry) {
        assertEquals(new RecordOutcome.Refused(entry, reason), verifier.verify(entry));
    }

    private static BoardRecord record(String writer, long index) {
        return new RecordSigner(JOB, writer, SampleWriters.key(writer)).sign(index, PAYLOAD.toByteString());
    }

    private static BoardEntry entry(String log, long index, ByteString record) {
        return BoardEntry.after(BoardEntry.EMPTY_HEAD, log, index, record);
    }
}

package io.veilflow.pipeline.load;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.board.RecordFrames;
import io.veilflow.pipeline.board.RecordSigner;
import io.veilflow.pipeline.contributor.BookEncoder;
import io.veilflow.pipeline.contributor.PartyKeys;
import io.veilflow.pipeline.demo.DemoFolder;
import io.veilflow.pipeline.identity.IdentityFile;
import io.veilflow.pipeline.identity.IdentityKind;
import io.veilflow.pipeline.identity.SignerIdentity;
import io.veilflow.pipeline.job.EnrolledContributor;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.wire.Ciphertext;
import io.veilflow.pipeline.wire.Payload;
import io.veilflow.pipeline.wire.Submission;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntConsumer;

/** All submissions of a run, encoded, encrypted and signed, in one file in the order in which they are due. */
final class SignedBooks implements AutoCloseable {
    private static final int MEGABYTES = 3 << 20;
    private static final int AMOUNT_BITS = 20;

    private final JobTerms terms;
    private final BookEncoder encoder;
    private final PartyKeys keys;
    private final List<SignerIdentity> identities;
    private final long[] records;

    SignedBooks(JobTerms terms, BookEncoder encoder, PartyKeys keys, DemoFolder folder) {
        this.terms = terms;
        this.encoder = encoder;
        this.keys = keys;
        this.identities = terms.definition().contributors().parallelStream()
                .map(EnrolledContributor::name)
                .map(name -> IdentityFile.openSigner(
                        folder.keys(name), IdentityKind.CONTRIBUTOR, name, folder.passphrase(name)))
                .toList();
        this.records = new long[identities.size()];
    }

    /** One record to be made. Random: of its own, so that all can be made at the same time. */
    private record Order(Timetable.Due due, long index, Random random) {}

    /**
     * @param second told which second's submissions are done
     * @return how many there are
     */
    long write(Path file, LoadRequest request, IntConsumer second) throws IOException {
        Timetable timetable = new Timetable(request);
        Random seeds = new Random(request.seed());
        long written = 0;
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            for (int at = 0; at < request.seconds(); at++) {
                List<Order> orders = new ArrayList<>();
                for (Timetable.Due due : timetable.second(at)) {
                    orders.add(new Order(due, records[due.contributor()]++, new Random(seeds.nextLong())));
                }
                List<byte[]> frames = orders.parallelStream().map(this::frame).toList();
                for (int i = 0; i < frames.size(); i++) {
                    out.writeLong(orders.get(i).due().dueMillis());
                    out.writeInt(orders.get(i).due().contributor());
                    out.writeInt(frames.get(i).length);
                    out.write(frames.get(i));
                }
                written += frames.size();
                second.accept(at);
            }
        }
        return written;
    }

    private byte[] frame(Order order) {
        int contributor = order.due().contributor();
        Submission submission = Conduct.of(contributor) == Conduct.MEGABYTES ? megabytes() : book(contributor, order);
        ByteString payload =
                Payload.newBuilder().setSubmission(submission).build().toByteString();
        SignerIdentity identity = identities.get(contributor);
        RecordSigner signer = new RecordSigner(terms.configurationHash(), identity.name(), identity.signingKey()::sign);
        return RecordFrames.of(signer.sign(order.index(), payload));
    }

    private Submission book(int contributor, Order order) {
        EnrolledContributor enrolled = terms.definition().contributors().get(contributor);
        BigInteger amount = BigInteger.ONE.add(new BigInteger(AMOUNT_BITS, order.random()));
        int used = terms.publishesUse(enrolled.role()) ? 1 : 0;
        return encoder.encode(enrolled, order.index() + 1, used, List.of(amount), keys);
    }

    private static Submission megabytes() {
        return Submission.newBuilder()
                .addCiphertexts(Ciphertext.newBuilder().setCiphertext(ByteString.copyFrom(new byte[MEGABYTES])))
                .build();
    }

    @Override
    public void close() {
        identities.forEach(SignerIdentity::close);
    }
}

package io.veilflow.pipeline.simulate;

import com.google.protobuf.ByteString;
import io.veilflow.datasets.schema.Asset;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.Profile;
import io.veilflow.mpc.threshold.CurvePoint;
import io.veilflow.mpc.threshold.GroupKey;
import io.veilflow.mpc.threshold.KeyShare;
import io.veilflow.mpc.threshold.Scalar;
import io.veilflow.pipeline.board.MessageSigner;
import io.veilflow.pipeline.encoding.Fields;
import io.veilflow.pipeline.encoding.Hashes;
import io.veilflow.pipeline.job.ChainBinding;
import io.veilflow.pipeline.job.EnrolledContributor;
import io.veilflow.pipeline.job.EnrolledFeeder;
import io.veilflow.pipeline.job.EnrolledParty;
import io.veilflow.pipeline.job.Environment;
import io.veilflow.pipeline.job.GroupKeys;
import io.veilflow.pipeline.job.JobDefinition;
import io.veilflow.pipeline.job.JobProgram;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.job.PostingPolicy;
import io.veilflow.pipeline.job.WindowPolicy;
import io.veilflow.pipeline.job.standard.MarketHealthJob;
import io.veilflow.zk.key.CommitmentBasis;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/**
 * The job of every run: market health over one asset, three contributors with one slot each, windows of two seconds. Its keys are made
 * from names and worth nothing.
 */
final class SimulatedJob {
    static final List<String> CONTRIBUTORS = List.of("bank-a", "bank-b", "bank-c");
    /** Numbers of all books: a collateral and a debt of each contributor. */
    static final int WIRES = 2 * CONTRIBUTORS.size();

    static final String FEEDER = "feeder";
    static final long WINDOW_MILLIS = 2_000;
    static final int LEAST_CONTRIBUTORS = 2;
    static final int KEY_GENERATION = 1;
    private static final long CHAIN_ID = 31_337;
    private static final long DEADLINE_MILLIS = 20_000;

    private final CommitmentBasis basis;
    private final List<byte[]> shares = deal();
    private final GroupKey group = group(shares);
    private final JobTerms terms;

    /**
     * @param attests whether windows may be attested
     * @param basis of {@link #WIRES}
     */
    SimulatedJob(boolean attests, CommitmentBasis basis) {
        this.basis = basis;
        this.terms = new JobTerms(definition(attests));
    }

    JobTerms terms() {
        return terms;
    }

    CommitmentBasis basis() {
        return basis;
    }

    /** The key of whoever has this name. */
    static Ed25519PrivateKeyParameters privateKey(String name) {
        return new Ed25519PrivateKeyParameters(Hashes.sha256(Fields.text("simulated key of " + name)));
    }

    static ByteString publicKey(String name) {
        return ByteString.copyFrom(privateKey(name).generatePublicKey().getEncoded());
    }

    static MessageSigner signer(String name) {
        Ed25519PrivateKeyParameters key = privateKey(name);
        return message -> {
            Ed25519Signer signer = new Ed25519Signer();
            signer.init(true, key);
            signer.update(message, 0, message.length);
            return signer.generateSignature();
        };
    }

    /** The secret of a party's encryption key, 32 bytes. */
    static byte[] encryptionSecret(PartyId party) {
        return Hashes.sha256(Fields.text("simulated encryption key of " + party));
    }

    /** A party's share of the RESULT key. The caller closes it. */
    KeyShare resultShare(PartyId party) {
        return KeyShare.of(party, group, shares.get(party.index()));
    }

    private static List<byte[]> deal() {
        Scalar secret = scalar("result key");
        Scalar slope = scalar("slope of the result key");
        return Stream.of(PartyId.values())
                .map(any -> secret.plus(slope.times(Scalar.identifier(any))).encoded())
                .toList();
    }

    private static GroupKey group(List<byte[]> shares) {
        List<byte[]> points = shares.stream()
                .map(share -> CurvePoint.generatorTimesSecret(
                                Scalar.decode(share).orElseThrow())
                        .encoded())
                .toList();
        byte[] point = CurvePoint.generatorTimesSecret(scalar("result key")).encoded();
        return new GroupKey(point, points, KEY_GENERATION, new byte[32]);
    }

    private static Scalar scalar(String name) {
        return Scalar.reduce(Hashes.sha256(Fields.text("simulated " + name)));
    }

    private JobDefinition definition(boolean attests) {
        PostingPolicy proven = PostingPolicy.provenOnly();
        PostingPolicy posting = attests
                ? new PostingPolicy(DEADLINE_MILLIS, proven.rotationDelaySeconds(), proven.priceChecks())
                : proven;
        return new JobDefinition(
                "market-health",
                Profile.M,
                Environment.DEVELOPMENT,
                new JobProgram(
                        "market-health",
                        MarketHealthJob.parameters(
                                List.of(new Asset("weth", 6, 8_250)), List.of(500L, 2_500L, 6_000L))),
                List.of(contributor(0), contributor(1), contributor(2)),
                List.of(party(PartyId.P0), party(PartyId.P1), party(PartyId.P2)),
                GroupKeys.ofResults(ByteString.copyFrom(group.point())),
                new EnrolledFeeder(FEEDER, publicKey(FEEDER)),
                new WindowPolicy(0, WINDOW_MILLIS, LEAST_CONTRIBUTORS, OptionalInt.empty(), 3, posting),
                new ChainBinding(CHAIN_ID, filled(20, 4)),
                filled(32, 5),
                ByteString.copyFrom(basis.digest()));
    }

    private static EnrolledContributor contributor(int slot) {
        String name = CONTRIBUTORS.get(slot);
        return new EnrolledContributor(name, publicKey(name), 0, slot, 1);
    }

    private static EnrolledParty party(PartyId party) {
        String name = EnrolledParty.writer(party);
        return new EnrolledParty(
                party, "127.0.0.1", 7_000 + party.index(), publicKey(name), filled(32, 20 + party.index()));
    }

    private static ByteString filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return ByteString.copyFrom(bytes);
    }
}

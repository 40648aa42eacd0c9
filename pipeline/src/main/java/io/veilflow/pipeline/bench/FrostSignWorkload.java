package io.veilflow.pipeline.bench;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.session.Session;
import io.veilflow.mpc.threshold.Ciphersuite;
import io.veilflow.mpc.threshold.CurvePoint;
import io.veilflow.mpc.threshold.GroupKey;
import io.veilflow.mpc.threshold.GroupSignature;
import io.veilflow.mpc.threshold.KeyShare;
import io.veilflow.mpc.threshold.Scalar;
import io.veilflow.mpc.threshold.frost.CommitmentList;
import io.veilflow.mpc.threshold.frost.NonceCommitment;
import io.veilflow.mpc.threshold.frost.SignatureAggregation;
import io.veilflow.mpc.threshold.frost.SigningNonces;
import io.veilflow.mpc.threshold.frost.SigningPackage;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Signatures of P0 and P1 over their link, one after the other: nonces, commitments, shares, checked and verified by both; P2 is
 * told the last one. The key is public here, as all inputs of measurements are. (A job's parties sign over the board, whose reading
 * interval comes on top.)
 */
final class FrostSignWorkload implements Workload {
    private static final Scalar SECRET = Scalar.of(2_000_003);
    private static final Scalar SLOPE = Scalar.of(3_000_017);
    private static final byte[] MESSAGE = new byte[GroupSignature.MESSAGE_BYTES];

    private final int batch;
    private final SecureRandom random = new SecureRandom();
    private final KeyShare share;

    FrostSignWorkload(PartyId self, int batch) {
        this.batch = batch;
        List<byte[]> verificationShares = new ArrayList<>();
        for (PartyId party : PartyId.values()) {
            verificationShares.add(CurvePoint.generatorTimes(scalar(party)).encoded());
        }
        GroupKey group = new GroupKey(
                CurvePoint.generatorTimes(SECRET).encoded(), verificationShares, 1, new byte[Scalar.BYTES]);
        this.share = KeyShare.of(self, group, scalar(self).encoded());
    }

    private static Scalar scalar(PartyId party) {
        return SECRET.plus(SLOPE.times(Scalar.identifier(party)));
    }

    @Override
    public Computed run(Session session, String path) {
        Operation operation = session.operation(path);
        byte[] last = new byte[GroupSignature.BYTES];
        if (operation.self() == PartyId.P2) {
            last = operation.receive(PartyId.P0, "signature", GroupSignature.BYTES);
        } else {
            for (int k = 0; k < batch; k++) {
                last = sign(operation).bytes();
            }
        }
        if (operation.self() == PartyId.P0) {
            operation.send(PartyId.P2, "signature", last.clone());
        }
        GroupSignature signature = GroupSignature.decode(last).orElseThrow();
        return opening -> signature.verifies(share.group().point(), MESSAGE);
    }

    private GroupSignature sign(Operation operation) {
        PartyId self = operation.self();
        PartyId peer = self == PartyId.P0 ? PartyId.P1 : PartyId.P0;
        try (SigningNonces nonces = SigningNonces.draw(Ciphersuite.EVM, share, random)) {
            NonceCommitment mine = nonces.commitment();
            operation.send(
                    peer,
                    "commitments",
                    ByteBuffer.allocate(2 * CurvePoint.BYTES)
                            .put(mine.hiding().encoded())
                            .put(mine.binding().encoded())
                            .array());
            byte[] points = operation.receive(peer, "commitments", 2 * CurvePoint.BYTES);
            NonceCommitment theirs = NonceCommitment.decode(
                            peer,
                            Arrays.copyOf(points, CurvePoint.BYTES),
                            Arrays.copyOfRange(points, CurvePoint.BYTES, points.length))
                    .orElseThrow();
            SigningPackage agreed = new SigningPackage(
                    Ciphersuite.EVM, share.group(), MESSAGE, new CommitmentList(List.of(mine, theirs)));
            byte[] own = nonces.sign(agreed);
            operation.send(peer, "share", own.clone());
            byte[] other = operation.receive(peer, "share", Scalar.BYTES);
            return combined(SignatureAggregation.of(agreed, Map.of(self, own, peer, other)));
        }
    }

    private GroupSignature combined(SignatureAggregation result) {
        if (result instanceof SignatureAggregation.Signed signed) {
            GroupSignature signature = signed.signature().forContract();
            if (signature.verifies(share.group().point(), MESSAGE)) {
                return signature;
            }
        }
        throw new BenchFailedException("a wrong signature: " + result);
    }
}

package io.veilflow.pipeline.sign;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.threshold.Ciphersuite;
import io.veilflow.mpc.threshold.CurvePoint;
import io.veilflow.mpc.threshold.GroupSignature;
import io.veilflow.mpc.threshold.KeyShare;
import io.veilflow.mpc.threshold.Scalar;
import io.veilflow.mpc.threshold.TestKeys;
import io.veilflow.pipeline.job.GroupKeys;
import io.veilflow.pipeline.key.KeyPurpose;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/** The group of tests: keys that one hand has dealt, and that it can sign with alone. */
public final class SampleGroup {
    private static final SecureRandom RANDOM = TestKeys.seeded(7);
    private static final Scalar RESULT = Scalar.random(RANDOM);
    private static final Scalar SIGN = Scalar.random(RANDOM);
    private static final Scalar SLOPE = Scalar.random(RANDOM);
    private static final Scalar NEXT_RESULT = Scalar.random(RANDOM);

    private SampleGroup() {}

    /** Of the RESULT key, by party index; the caller closes them. */
    public static List<KeyShare> resultShares() {
        return resultShares(1);
    }

    /** The same, said to be of another generation. */
    public static List<KeyShare> resultShares(int generation) {
        return TestKeys.shares(RESULT, SLOPE, generation);
    }

    /** Of the RESULT key after a rotation, by party index; the caller closes them. */
    public static List<KeyShare> nextResultShares() {
        return TestKeys.shares(NEXT_RESULT, SLOPE, 1);
    }

    /** Of the SIGN key, by party index; the caller closes them. */
    public static List<KeyShare> signShares() {
        return TestKeys.shares(SIGN, SLOPE, 1);
    }

    /** RESULT key and SIGN key, no account. */
    public static GroupKeys keys() {
        return new GroupKeys(point(RESULT), Optional.empty(), Optional.of(point(SIGN)), List.of("custody"));
    }

    /** The RESULT key after a rotation. */
    public static ByteString nextResultKey() {
        return point(NEXT_RESULT);
    }

    /** What any two of the three would make. */
    public static GroupSignature sign(GroupStatement statement) {
        return sign(statement, statement.key() == KeyPurpose.SIGN ? SIGN : RESULT);
    }

    /** The same with the RESULT key after a rotation. */
    public static GroupSignature signWithNext(GroupStatement statement) {
        return sign(statement, NEXT_RESULT);
    }

    private static GroupSignature sign(GroupStatement statement, Scalar secret) {
        Scalar nonce = Scalar.random(
                TestKeys.seeded(ByteString.copyFrom(statement.digest()).hashCode()));
        CurvePoint point = CurvePoint.generatorTimesSecret(nonce);
        Scalar challenge =
                Ciphersuite.EVM.challenge(point, CurvePoint.generatorTimesSecret(secret), statement.digest());
        return new GroupSignature(nonce.plus(challenge.times(secret)).encoded(), point.address());
    }

    /** The same, 52 bytes. */
    public static ByteString signature(GroupStatement statement) {
        return ByteString.copyFrom(sign(statement).bytes());
    }

    private static ByteString point(Scalar secret) {
        return ByteString.copyFrom(CurvePoint.generatorTimesSecret(secret).encoded());
    }
}

package io.veilflow.mpc.threshold.frost;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.threshold.Ciphersuite;
import io.veilflow.mpc.threshold.CurvePoint;
import io.veilflow.mpc.threshold.GroupKey;
import io.veilflow.mpc.threshold.Scalar;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * What two signers agree on before they sign: suite, key, message and both commitments, and what follows from them (RFC 9591,
 * sections 4.4 to 4.6): binding factors, the nonce point R, the challenge. Public and immutable.
 */
public final class SigningPackage {
    private final Ciphersuite suite;
    private final GroupKey group;
    private final byte[] message;
    private final CommitmentList commitments;
    private final Map<PartyId, Scalar> bindingFactors = new EnumMap<>(PartyId.class);
    private final Map<PartyId, Scalar> weights = new EnumMap<>(PartyId.class);
    private final CurvePoint nonce;
    private final Scalar challenge;

    /** @throws CommitmentListException if the nonces cancel, which no honest signer's do */
    public SigningPackage(Ciphersuite suite, GroupKey group, byte[] message, CommitmentList commitments) {
        this.suite = suite;
        this.group = group;
        this.message = message.clone();
        this.commitments = commitments;
        CurvePoint sum = CurvePoint.INFINITY;
        for (NonceCommitment entry : commitments.entries()) {
            Scalar factor = suite.bindingFactor(bindingFactorInput(entry.signer()));
            bindingFactors.put(entry.signer(), factor);
            sum = sum.plus(entry.hiding()).plus(entry.binding().times(factor));
        }
        if (sum.isInfinity()) {
            throw new CommitmentListException("the nonces cancel");
        }
        this.nonce = sum;
        this.challenge = suite.challenge(nonce, group.publicPoint(), message);
        commitments
                .entries()
                .forEach(entry ->
                        weights.put(entry.signer(), lagrange(entry.signer()).times(challenge)));
    }

    /** {@code rho_input} of RFC 9591, section 4.4. */
    byte[] bindingFactorInput(PartyId signer) {
        byte[] key = group.point();
        byte[] hashes = concatenated(suite.message(message), commitmentsHash());
        return concatenated(key, concatenated(hashes, Scalar.identifier(signer).encoded()));
    }

    private static byte[] concatenated(byte[] one, byte[] other) {
        byte[] out = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, out, one.length, other.length);
        return out;
    }

    public GroupKey group() {
        return group;
    }

    Ciphersuite suite() {
        return suite;
    }

    public CommitmentList commitments() {
        return commitments;
    }

    /** H5 of the two commitments, 32 bytes: which ones a share was given for. */
    public byte[] commitmentsHash() {
        return suite.commitments(commitments.encoded());
    }

    /** R. */
    CurvePoint nonce() {
        return nonce;
    }

    Scalar challenge() {
        return challenge;
    }

    /** rho of one of the two. */
    Scalar bindingFactor(PartyId signer) {
        return bindingFactors.get(signer);
    }

    /** lambda of one of the two: at zero, of its point and its peer's. */
    Scalar lagrange(PartyId signer) {
        Scalar own = Scalar.identifier(signer);
        Scalar other = Scalar.identifier(commitments.peerOf(signer));
        return other.times(other.minus(own).inverse());
    }

    /** lambda*c: what the signer's key share counts in its signature share. */
    Scalar weight(PartyId signer) {
        return weights.get(signer);
    }

    /** Whether z is the signer's share: z*G = D + rho*E + lambda*c*Y_i. */
    boolean accepts(PartyId signer, Scalar share) {
        NonceCommitment entry = commitments.entries().stream()
                .filter(one -> one.signer() == signer)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(signer + " is no signer here"));
        CurvePoint expected = entry.hiding().plus(entry.binding().times(bindingFactor(signer)));
        Scalar weight = weight(signer).negated();
        return CurvePoint.sum(share, weight, group.verificationShare(signer)).equals(expected);
    }
}

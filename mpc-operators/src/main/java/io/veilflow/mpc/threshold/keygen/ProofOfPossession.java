package io.veilflow.mpc.threshold.keygen;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.threshold.Ciphersuite;
import io.veilflow.mpc.threshold.CurvePoint;
import io.veilflow.mpc.threshold.Scalar;

/**
 * Schnorr's proof that a dealer knows what its constant A_0 commits to (PROTOCOLS 9): mu*G - h*A_0 = R with h a hash of dealer, A_0 and
 * R.
 *
 * <p><b>Deviation.</b> The hash also takes a context, behind the rest, which names key, session and what all dealers committed to: a
 * proof of another session is none here. With an empty context it is the specification's.
 *
 * @param nonce R
 * @param response mu
 */
record ProofOfPossession(CurvePoint nonce, Scalar response) {
    /**
     * @param secret a_0
     * @param nonceSecret k, used for nothing else
     * @param nonce k*G
     */
    static ProofOfPossession of(
            PartyId dealer, Scalar secret, CurvePoint constant, Scalar nonceSecret, CurvePoint nonce, byte[] context) {
        try (Scalar product = hash(dealer, constant, nonce, context).times(secret)) {
            return new ProofOfPossession(nonce, nonceSecret.plus(product));
        }
    }

    boolean shows(PartyId dealer, CurvePoint constant, byte[] context) {
        Scalar hash = hash(dealer, constant, nonce, context);
        return CurvePoint.sum(response, hash.negated(), constant).equals(nonce);
    }

    private static Scalar hash(PartyId dealer, CurvePoint constant, CurvePoint nonce, byte[] context) {
        byte[] identifier = Scalar.identifier(dealer).encoded();
        return Ciphersuite.EVM.keyGeneration(identifier, constant.encoded(), nonce.encoded(), context);
    }
}

package io.veilflow.mpc.threshold.ecdsa;

import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.field.Zq;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.randomness.PrssContext;
import io.veilflow.mpc.replicated.Opening;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.session.ProtocolAbortException.Reason;
import io.veilflow.mpc.threshold.Ciphersuite;
import io.veilflow.mpc.threshold.CurvePoint;
import io.veilflow.mpc.threshold.Scalar;
import java.util.Optional;

/**
 * One ECDSA signature from one presignature (PROTOCOLS 9): s = h/k + r*(x/k), opened. The presignature is bound to hash and signers first: with
 * delta = hash_to_field(R, key, hash, signers) the nonce is delta*k, so one presignature gives no two related signatures, and
 * who saw R ahead of time could not choose a hash for it (docs/security/threshold-ecdsa.md).
 *
 * <p>The three have agreed on the hash before ({@link AccountSigner}): components of s under two hashes would show 1/k. One round, 64 bytes.
 */
final class Signing {
    private final Operation operation;

    Signing(Operation operation) {
        this.operation = operation;
    }

    /** Whether this is a hash that can be signed: 32 bytes that are not zero modulo the order. */
    static boolean isSignable(byte[] hash) {
        return hash.length == EcdsaSignature.HASH_BYTES && !Zq.isZero(Zq.reduceBigEndian(hash), 0);
    }

    /** The signers as scalars, ascending: all three. */
    static byte[] signers() {
        PartyId[] parties = PartyId.values();
        byte[] out = new byte[parties.length * Scalar.BYTES];
        for (PartyId party : parties) {
            System.arraycopy(Scalar.identifier(party).encoded(), 0, out, party.index() * Scalar.BYTES, Scalar.BYTES);
        }
        return out;
    }

    /** What the three must agree on before one of them spends the presignature. */
    static byte[] statement(AccountKey key, Presignature presignature, byte[] hash) {
        return PrssContext.encode(key.encoded(), presignature.nonce().encoded(), hash, signers());
    }

    /**
     * Spends the presignature.
     *
     * @return empty if what came out is no signature of this key
     * @throws IllegalArgumentException if the hash is zero; the presignature is not spent
     * @throws ProtocolAbortException HOLDERS_DISAGREE, or NOT_CANONICAL, naming the sender
     */
    Optional<EcdsaSignature> sign(CurvePoint key, Presignature presignature, byte[] hash) {
        if (!isSignable(hash)) {
            throw new IllegalArgumentException("a hash of zero is not signed");
        }
        Scalar delta = Ciphersuite.EVM.rerandomisation(presignature.nonce().encoded(), key.encoded(), hash, signers());
        if (delta.isZero()) {
            throw new ProtocolAbortException(Reason.CHECK_FAILED, null, operation.path() + "/delta");
        }
        CurvePoint nonce = presignature.nonce().times(delta);
        long[] inverse = PrimeField.ZQ.invert(PrimeField.ZQ.decode(delta.encoded()));
        long[] ofHash = PrimeField.ZQ.multiply(Zq.reduceBigEndian(hash), inverse);
        long[] ofKey = PrimeField.ZQ.multiply(Zq.reduceBigEndian(nonce.x()), inverse);
        long[] response = new Opening(operation).open(presignature.spend(ofHash, ofKey), "s");
        // an x at or above the order cannot be recovered from r
        if (!nonce.isUsableAsKey()) {
            return Optional.empty();
        }
        EcdsaSignature signature = EcdsaSignature.of(
                nonce, Scalar.decode(PrimeField.ZQ.encode(response)).orElseThrow());
        return Optional.of(signature).filter(one -> one.verifies(key, hash));
    }
}

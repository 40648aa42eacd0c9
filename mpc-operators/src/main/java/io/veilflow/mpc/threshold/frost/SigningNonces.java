package io.veilflow.mpc.threshold.frost;

import io.veilflow.mpc.threshold.Ciphersuite;
import io.veilflow.mpc.threshold.CurvePoint;
import io.veilflow.mpc.threshold.KeyShare;
import io.veilflow.mpc.threshold.Scalar;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * One signer's two nonces for one signature, in memory only: there is no way to write or read them. Two signatures with the same nonces
 * give the key share away, so these serve once, whoever asks, in whichever thread; then they are wiped. They are hashed
 * from fresh randomness and the key share, so that bad randomness alone does not make them known (RFC 9591, section 4.1). Thread-safe.
 */
public final class SigningNonces implements AutoCloseable {
    private static final int RANDOM_BYTES = 32;

    private final Ciphersuite suite;
    private final KeyShare share;
    private final Scalar hiding;
    private final Scalar binding;
    private final NonceCommitment commitment;
    private boolean spent;

    private SigningNonces(Ciphersuite suite, KeyShare share, Scalar hiding, Scalar binding) {
        this.suite = suite;
        this.share = share;
        this.hiding = hiding;
        this.binding = binding;
        this.commitment = new NonceCommitment(
                share.holder(), CurvePoint.generatorTimesSecret(hiding), CurvePoint.generatorTimesSecret(binding));
    }

    /** Fresh nonces for one signature with this share, which is not closed by them. */
    public static SigningNonces draw(Ciphersuite suite, KeyShare share, SecureRandom random) {
        byte[] first = new byte[RANDOM_BYTES];
        byte[] second = new byte[RANDOM_BYTES];
        random.nextBytes(first);
        random.nextBytes(second);
        return derive(suite, share, first, second);
    }

    /** The nonces from these random bytes, 32 each, which are wiped. */
    static SigningNonces derive(Ciphersuite suite, KeyShare share, byte[] forHiding, byte[] forBinding) {
        byte[] secret = share.exposeScalar();
        try {
            return new SigningNonces(suite, share, suite.nonce(forHiding, secret), suite.nonce(forBinding, secret));
        } finally {
            Arrays.fill(secret, (byte) 0);
            Arrays.fill(forHiding, (byte) 0);
            Arrays.fill(forBinding, (byte) 0);
        }
    }

    /** What the peer gets. Public. */
    public NonceCommitment commitment() {
        return commitment;
    }

    /**
     * The signer's share z of the signature. The nonces are spent and wiped by it.
     *
     * @return 32 bytes big-endian
     * @throws CommitmentListException if the package does not hold exactly this commitment of this signer, or is of another key, generation or
     *     suite; the nonces are not spent then
     * @throws SpentNoncesException if they were used before
     */
    public synchronized byte[] sign(SigningPackage agreed) {
        if (!agreed.commitments().contains(commitment)) {
            throw new CommitmentListException("the list does not hold the commitment of " + commitment.signer());
        }
        if (!agreed.group().equals(share.group()) || agreed.suite() != suite) {
            throw new CommitmentListException("the list is for another key or suite");
        }
        if (spent) {
            throw new SpentNoncesException();
        }
        spent = true;
        try (Scalar secret = share.exposeSecret();
                Scalar bound = agreed.bindingFactor(commitment.signer()).times(binding);
                Scalar nonce = hiding.plus(bound);
                Scalar signed = agreed.weight(commitment.signer()).times(secret)) {
            return nonce.plus(signed).encoded();
        } finally {
            wipe();
        }
    }

    /** Whether they still serve. */
    public synchronized boolean areFresh() {
        return !spent;
    }

    private void wipe() {
        hiding.close();
        binding.close();
    }

    /** Spends and wipes them. */
    @Override
    public synchronized void close() {
        spent = true;
        wipe();
    }

    @Override
    public String toString() {
        return "SigningNonces[" + commitment.signer() + "]";
    }
}

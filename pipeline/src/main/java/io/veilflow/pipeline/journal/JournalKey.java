package io.veilflow.pipeline.journal;

import io.veilflow.pipeline.encoding.Fields;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;

/**
 * Encrypts journal records with AES-256-GCM. Every record has a key of its own, HKDF-SHA256 of the party's journal secret
 * and 32 fresh random bytes that stand before the ciphertext; so no key and nonce pair comes twice, whatever is
 * restarted or restored (THREATS H2). The associated data is the head of the chain before the record: a record that is
 * moved, removed or of another journal does not open.
 */
public final class JournalKey implements AutoCloseable {
    private static final int SALT_BYTES = 32;
    private static final int TAG_BYTES = 16;
    private static final byte[] INFO = Fields.text("veilflow/journal/1");
    /** A key encrypts one record, so its nonce may be constant. */
    private static final byte[] NONCE = new byte[12];

    private final byte[] secret;
    private final SecureRandom random;

    /** @param secret 32 bytes, copied */
    public JournalKey(byte[] secret, SecureRandom random) {
        if (secret.length != 32) {
            throw new IllegalArgumentException("a journal secret has 32 bytes");
        }
        this.secret = secret.clone();
        this.random = random;
    }

    byte[] seal(byte[] head, byte[] plain) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        try {
            byte[] ciphertext = cipher(Cipher.ENCRYPT_MODE, salt, head).doFinal(plain);
            byte[] sealed = Arrays.copyOf(salt, SALT_BYTES + ciphertext.length);
            System.arraycopy(ciphertext, 0, sealed, SALT_BYTES, ciphertext.length);
            return sealed;
        } catch (GeneralSecurityException broken) {
            throw new JournalException("a record cannot be encrypted", broken);
        }
    }

    /** @throws JournalException if the record is not authentic at this place of the journal */
    byte[] open(byte[] head, byte[] sealed) {
        if (sealed.length < SALT_BYTES + TAG_BYTES) {
            throw new JournalException("a record of " + sealed.length + " bytes");
        }
        try {
            return cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(sealed, SALT_BYTES), head)
                    .doFinal(sealed, SALT_BYTES, sealed.length - SALT_BYTES);
        } catch (GeneralSecurityException broken) {
            throw new JournalException("a record is not authentic: changed, moved, or of another party or job");
        }
    }

    private Cipher cipher(int mode, byte[] salt, byte[] head) throws GeneralSecurityException {
        HKDFBytesGenerator derivation = new HKDFBytesGenerator(new SHA256Digest());
        derivation.init(new HKDFParameters(secret, salt, INFO));
        byte[] key = new byte[32];
        derivation.generateBytes(key, 0, key.length);
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(8 * TAG_BYTES, NONCE));
            cipher.updateAAD(head);
            return cipher;
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    @Override
    public void close() {
        Arrays.fill(secret, (byte) 0);
    }

    @Override
    public String toString() {
        return "JournalKey";
    }
}

package io.veilflow.pipeline.identity;

import io.veilflow.pipeline.identity.IdentityException.Problem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What the secrets of a key file are encrypted with: AES-256-GCM, the header's bytes as associated data. The key is Argon2id of the
 * passphrase, then HMAC-SHA256 under a label; a second label gives {@code check}, by which a wrong passphrase and a changed
 * file are told apart. Every file has a salt of its own, so no key encrypts twice (THREATS H2, H3).
 */
public final class PassphraseSeal {
    public static final int CHECK_BYTES = 16;
    public static final int TAG_BYTES = 16;

    private static final int SALT_BYTES = 16;
    private static final int NONCE_BYTES = 12;

    private final String keyLabel;
    private final String checkLabel;

    /** @param kind of file, as in its labels: {@code veilflow/KIND/key/1} */
    public PassphraseSeal(String kind) {
        this.keyLabel = "veilflow/" + kind + "/key/1";
        this.checkLabel = "veilflow/" + kind + "/check/1";
    }

    /**
     * Public, in the header of every file.
     *
     * @param salt 16 bytes, fresh in every file
     * @param nonce 12 bytes
     */
    public record Parameters(KdfParameters argon2id, byte[] salt, byte[] nonce) {
        public static Parameters fresh(KdfParameters argon2id, SecureRandom random) {
            byte[] salt = new byte[SALT_BYTES];
            byte[] nonce = new byte[NONCE_BYTES];
            random.nextBytes(salt);
            random.nextBytes(nonce);
            return new Parameters(argon2id, salt, nonce);
        }

        /** Whether salt and nonce have their lengths. */
        public boolean isWhole() {
            return salt.length == SALT_BYTES && nonce.length == NONCE_BYTES;
        }
    }

    /**
     * @param check 16 bytes
     * @param ciphertext with the tag at its end
     */
    public record Sealed(byte[] check, byte[] ciphertext) {}

    /** @param header authenticated with the secrets */
    public Sealed seal(Passphrase passphrase, Parameters parameters, byte[] header, byte[] plaintext) {
        byte[] stretched = passphrase.stretch(parameters.argon2id, parameters.salt);
        try {
            byte[] ciphertext = crypt(Cipher.ENCRYPT_MODE, stretched, parameters, header, plaintext);
            return new Sealed(check(stretched), ciphertext);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime cannot encrypt with AES-256-GCM", e);
        } finally {
            Arrays.fill(stretched, (byte) 0);
        }
    }

    /**
     * The secrets; the caller wipes them.
     *
     * @throws IdentityException WRONG_PASSPHRASE, CHANGED or MALFORMED
     */
    public byte[] open(Path file, Passphrase passphrase, Parameters parameters, byte[] header, Sealed sealed) {
        byte[] stretched = passphrase.stretch(parameters.argon2id, parameters.salt);
        try {
            if (!MessageDigest.isEqual(sealed.check, check(stretched))) {
                throw new IdentityException(Problem.WRONG_PASSPHRASE, file, "the passphrase is not that of this file");
            }
            return crypt(Cipher.DECRYPT_MODE, stretched, parameters, header, sealed.ciphertext);
        } catch (AEADBadTagException e) {
            throw new IdentityException(
                    Problem.CHANGED,
                    file,
                    "what it is, whose, its public keys or its content were changed after it was made; use the original");
        } catch (GeneralSecurityException e) {
            throw new IdentityException(Problem.MALFORMED, file, "cannot be decrypted: " + e.getMessage());
        } finally {
            Arrays.fill(stretched, (byte) 0);
        }
    }

    private byte[] crypt(int mode, byte[] stretched, Parameters parameters, byte[] header, byte[] in)
            throws GeneralSecurityException {
        byte[] key = mac(stretched, keyLabel);
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(
                    mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BYTES * Byte.SIZE, parameters.nonce));
            cipher.updateAAD(header);
            return cipher.doFinal(in);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private byte[] check(byte[] stretched) throws GeneralSecurityException {
        return Arrays.copyOf(mac(stretched, checkLabel), CHECK_BYTES);
    }

    private static byte[] mac(byte[] key, String label) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(label.getBytes(StandardCharsets.UTF_8));
    }
}

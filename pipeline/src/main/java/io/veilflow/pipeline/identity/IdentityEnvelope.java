package io.veilflow.pipeline.identity;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.veilflow.pipeline.identity.IdentityException.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key file: a header in the clear and the secrets encrypted with AES-256-GCM, the header's bytes as associated data. The
 * key is Argon2id of the passphrase, then HMAC-SHA256 under a label; a second label gives {@code check}, by which a wrong
 * passphrase and a changed file are told apart. Every file has a salt of its own, so no key encrypts twice (THREATS H2).
 *
 * @param check 16 bytes
 * @param ciphertext with the tag at its end
 */
record IdentityEnvelope(Header header, byte[] check, byte[] ciphertext) {
    static final int LARGEST = 64 << 10;
    private static final int VERSION = 1;
    private static final int SALT_BYTES = 16;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int CHECK_BYTES = 16;

    // Canonical: the fields of records in their declared order, no spaces.
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .build();

    /** @param resultAddress this and what follows in {@code keys}: a party's only, else null */
    record Keys(byte[] identityKey, byte[] resultAddress, byte[] certificate, byte[] encryptionKey) {
        Keys {
            Objects.requireNonNull(identityKey);
        }
    }

    record Header(int version, String kind, String name, Keys keys, KdfParameters argon2id, byte[] salt, byte[] nonce) {
        Header {
            Stream.of(kind, name, keys, argon2id, salt, nonce).forEach(Objects::requireNonNull);
        }
    }

    IdentityEnvelope {
        Stream.of(header, check, ciphertext).forEach(Objects::requireNonNull);
    }

    static IdentityEnvelope seal(
            IdentityKind kind,
            String name,
            Keys keys,
            byte[] plaintext,
            Passphrase passphrase,
            KdfParameters kdf,
            SecureRandom random) {
        byte[] salt = new byte[SALT_BYTES];
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(salt);
        random.nextBytes(nonce);
        Header header = new Header(VERSION, kind.text(), name, keys, kdf, salt, nonce);
        byte[] stretched = passphrase.stretch(kdf, salt);
        try {
            byte[] ciphertext = crypt(Cipher.ENCRYPT_MODE, stretched, header, plaintext);
            return new IdentityEnvelope(header, check(stretched), ciphertext);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime cannot encrypt with AES-256-GCM", e);
        } finally {
            Arrays.fill(stretched, (byte) 0);
        }
    }

    /** The secrets; the caller wipes them. */
    byte[] open(Path file, Passphrase passphrase) {
        byte[] stretched = passphrase.stretch(header.argon2id, header.salt);
        try {
            if (!MessageDigest.isEqual(check, check(stretched))) {
                throw new IdentityException(Problem.WRONG_PASSPHRASE, file, "the passphrase is not that of this file");
            }
            return crypt(Cipher.DECRYPT_MODE, stretched, header, ciphertext);
        } catch (AEADBadTagException e) {
            throw new IdentityException(
                    Problem.CHANGED,
                    file,
                    "its kind, name, public keys or content were changed after it was made; use the original");
        } catch (GeneralSecurityException e) {
            throw new IdentityException(Problem.MALFORMED, file, "cannot be decrypted: " + e.getMessage());
        } finally {
            Arrays.fill(stretched, (byte) 0);
        }
    }

    byte[] encode() {
        return json(this);
    }

    /** Checks form and bounds only: what is in the clear can be anybody's until the file is opened. */
    static IdentityEnvelope decode(Path file, byte[] content) {
        IdentityEnvelope envelope;
        try {
            envelope = JSON.readValue(content, IdentityEnvelope.class);
        } catch (IOException e) {
            // The parser's message could quote the file.
            throw new IdentityException(Problem.MALFORMED, file, "is not a whole key file of this version");
        }
        Header header = envelope.header;
        if (header.version != VERSION) {
            throw new IdentityException(
                    Problem.MALFORMED, file, "has version " + header.version + ", this program reads " + VERSION);
        }
        if (header.salt.length != SALT_BYTES
                || header.nonce.length != NONCE_BYTES
                || envelope.check.length != CHECK_BYTES
                || envelope.ciphertext.length <= TAG_BITS / 8) {
            throw new IdentityException(Problem.MALFORMED, file, "salt, nonce, check or content have a wrong length");
        }
        return envelope;
    }

    private static byte[] crypt(int mode, byte[] stretched, Header header, byte[] in) throws GeneralSecurityException {
        byte[] key = mac(stretched, "veilflow/identity/key/1");
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, header.nonce));
            cipher.updateAAD(json(header));
            return cipher.doFinal(in);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private static byte[] check(byte[] stretched) throws GeneralSecurityException {
        return Arrays.copyOf(mac(stretched, "veilflow/identity/check/1"), CHECK_BYTES);
    }

    private static byte[] mac(byte[] key, String label) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(label.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] json(Object value) {
        try {
            return JSON.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a key file cannot be written as JSON", e);
        }
    }
}

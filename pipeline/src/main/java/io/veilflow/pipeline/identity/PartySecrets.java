package io.veilflow.pipeline.identity;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import org.bouncycastle.math.ec.rfc7748.X25519;

/**
 * The secret half of a party's key file: Ed25519 seed, X25519 key, TLS key. As bytes: twice 32, then the TLS key as
 * PKCS #8.
 */
final class PartySecrets implements AutoCloseable {
    private static final int FIXED = 64;

    private final SigningKey signingKey;
    private final byte[] encryptionKey;
    private final PrivateKey tlsKey;

    private PartySecrets(SigningKey signingKey, byte[] encryptionKey, PrivateKey tlsKey) {
        this.signingKey = signingKey;
        this.encryptionKey = encryptionKey;
        this.tlsKey = tlsKey;
    }

    /** New keys, and the TLS key pair's public half for the certificate. */
    record Generated(PartySecrets secrets, KeyPair tls) {}

    static Generated generate(SecureRandom random) {
        byte[] encryptionKey = new byte[X25519.SCALAR_SIZE];
        X25519.generatePrivateKey(random, encryptionKey);
        KeyPair tls = generateTls(random);
        PartySecrets secrets = new PartySecrets(SigningKey.generate(random), encryptionKey, tls.getPrivate());
        return new Generated(secrets, tls);
    }

    static PartySecrets decode(byte[] plaintext) throws GeneralSecurityException {
        if (plaintext.length <= FIXED) {
            throw new GeneralSecurityException("a party's secrets take more than " + FIXED + " bytes");
        }
        byte[] pkcs8 = Arrays.copyOfRange(plaintext, FIXED, plaintext.length);
        byte[] seed = Arrays.copyOf(plaintext, 32);
        try {
            PrivateKey tlsKey = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            return new PartySecrets(new SigningKey(seed), Arrays.copyOfRange(plaintext, 32, FIXED), tlsKey);
        } finally {
            Arrays.fill(pkcs8, (byte) 0);
            Arrays.fill(seed, (byte) 0);
        }
    }

    /** The caller wipes the bytes. */
    byte[] encode() {
        byte[] seed = signingKey.exposeSeed();
        byte[] pkcs8 = tlsKey.getEncoded();
        byte[] out = ByteBuffer.allocate(FIXED + pkcs8.length)
                .put(seed)
                .put(encryptionKey)
                .put(pkcs8)
                .array();
        Arrays.fill(seed, (byte) 0);
        Arrays.fill(pkcs8, (byte) 0);
        return out;
    }

    SigningKey signingKey() {
        return signingKey;
    }

    PrivateKey tlsKey() {
        return tlsKey;
    }

    byte[] exposeEncryptionKey() {
        return encryptionKey.clone();
    }

    byte[] encryptionPublicKey() {
        byte[] out = new byte[X25519.POINT_SIZE];
        X25519.generatePublicKey(encryptionKey, 0, out, 0);
        return out;
    }

    private static KeyPair generateTls(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no EC P-256", e);
        }
    }

    @Override
    public void close() {
        signingKey.close();
        Arrays.fill(encryptionKey, (byte) 0);
    }

    @Override
    public String toString() {
        return "PartySecrets";
    }
}

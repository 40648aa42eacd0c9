package io.veilflow.mpc.transport;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Keys of one party, made for a test. */
record TestIdentity(KeyPair tls, X509Certificate certificate, byte[] seed, byte[] identityKey) {
    static TestIdentity create() {
        return create(Instant.now().plus(Duration.ofDays(1)));
    }

    static TestIdentity create(Instant notAfter) {
        try {
            SecureRandom random = new SecureRandom();
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair tls = generator.generateKeyPair();
            X500Name name = new X500Name("CN=test");
            X509Certificate certificate = new JcaX509CertificateConverter()
                    .getCertificate(new JcaX509v3CertificateBuilder(
                                    name,
                                    new BigInteger(64, random),
                                    Date.from(Instant.now().minus(Duration.ofDays(2))),
                                    Date.from(notAfter),
                                    name,
                                    tls.getPublic())
                            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(tls.getPrivate())));
            byte[] seed = new byte[Ed25519.SECRET_KEY_SIZE];
            byte[] identityKey = new byte[Ed25519.PUBLIC_KEY_SIZE];
            random.nextBytes(seed);
            Ed25519.generatePublicKey(seed, 0, identityKey, 0);
            return new TestIdentity(tls, certificate, seed, identityKey);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    PartyEndpoint endpoint(int port) {
        try {
            return new PartyEndpoint("127.0.0.1", port, FrameNames.sha(certificate.getEncoded()), identityKey);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    LinkCredentials credentials() {
        return new LinkCredentials(tls.getPrivate(), certificate, message -> {
            byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
            Ed25519.sign(seed, 0, message, 0, message.length, signature, 0);
            return signature;
        });
    }
}

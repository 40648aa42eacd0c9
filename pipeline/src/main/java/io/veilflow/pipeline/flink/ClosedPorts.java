package io.veilflow.pipeline.flink;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.SecurityOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Closes the ports of an embedded mini cluster, which runs code for whoever can speak to it (THREATS I7) and cannot be started
 * without them: they listen on the loopback address only and ask for a client certificate under a key that was made for this
 * run and that nobody else has. {@link #close} removes the files.
 */
final class ClosedPorts implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";
    private static final String ENTRY = "cluster";

    private final Path store;
    private final String password;

    /** Makes the key. */
    ClosedPorts(Path directory, SecureRandom random) {
        byte[] secret = new byte[16];
        random.nextBytes(secret);
        this.password = HexFormat.of().formatHex(secret);
        this.store = directory.resolve("cluster.p12");
        try {
            write(random);
        } catch (IOException | GeneralSecurityException | OperatorCreationException failed) {
            throw new IllegalStateException("no key for the ports of the embedded cluster", failed);
        }
    }

    /** Returns what it was given. */
    Configuration configure(Configuration configuration) {
        configuration.set(RestOptions.ADDRESS, LOOPBACK);
        configuration.set(RestOptions.BIND_ADDRESS, LOOPBACK);
        configuration.set(JobManagerOptions.ADDRESS, LOOPBACK);
        configuration.set(JobManagerOptions.BIND_HOST, LOOPBACK);
        configuration.set(TaskManagerOptions.HOST, LOOPBACK);
        configuration.set(TaskManagerOptions.BIND_HOST, LOOPBACK);
        configuration.set(BlobServerOptions.SSL_ENABLED, true);
        configuration.set(SecurityOptions.SSL_REST_ENABLED, true);
        configuration.set(SecurityOptions.SSL_REST_AUTHENTICATION_ENABLED, true);
        configuration.set(SecurityOptions.SSL_INTERNAL_ENABLED, true);
        configuration.set(SecurityOptions.SSL_KEYSTORE, store.toString());
        configuration.set(SecurityOptions.SSL_KEYSTORE_PASSWORD, password);
        configuration.set(SecurityOptions.SSL_KEY_PASSWORD, password);
        configuration.set(SecurityOptions.SSL_TRUSTSTORE, store.toString());
        configuration.set(SecurityOptions.SSL_TRUSTSTORE_PASSWORD, password);
        configuration.set(SecurityOptions.SSL_ALGORITHMS, "TLS_AES_128_GCM_SHA256");
        configuration.set(SecurityOptions.SSL_PROTOCOL, "TLSv1.3");
        return configuration;
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(store);
        } catch (IOException failed) {
            throw new IllegalStateException("cannot remove " + store, failed);
        }
    }

    private void write(SecureRandom random) throws IOException, GeneralSecurityException, OperatorCreationException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
        KeyPair keys = generator.generateKeyPair();
        X509Certificate certificate = selfSigned(keys, random);
        KeyStore keyStore = KeyStore.getInstance("PKCS12");
        keyStore.load(null, null);
        keyStore.setKeyEntry(ENTRY, keys.getPrivate(), password.toCharArray(), new Certificate[] {certificate});
        keyStore.setCertificateEntry(ENTRY + "-trusted", certificate);
        Files.deleteIfExists(store);
        Files.createFile(store, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (OutputStream out = Files.newOutputStream(store)) {
            keyStore.store(out, password.toCharArray());
        }
    }

    private static X509Certificate selfSigned(KeyPair keys, SecureRandom random)
            throws GeneralSecurityException, OperatorCreationException {
        Instant now = Instant.now();
        X500Name name = new X500Name("CN=" + ENTRY);
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                name,
                new BigInteger(127, random).setBit(126),
                Date.from(now.minus(Duration.ofDays(1))),
                Date.from(now.plus(Duration.ofDays(3650))),
                name,
                keys.getPublic());
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
    }
}

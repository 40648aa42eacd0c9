package io.veilflow.mpc.transport;

import io.veilflow.mpc.party.PartyId;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.Set;
import javax.crypto.Cipher;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * TLS as the links use it: version 1.3 and TLS_AES_128_GCM_SHA256 only, certificates on both sides, recognised by the
 * SHA-256 of their DER and by nothing else (THREATS B1, B2). The JDK's own providers: with Bouncy Castle's AES the links
 * would be many times slower.
 */
final class LinkTls {
    private static final String[] PROTOCOLS = {"TLSv1.3"};
    private static final String[] SUITES = {"TLS_AES_128_GCM_SHA256"};

    private final LinkConfiguration configuration;
    private final KeyManager[] keys;

    /** @throws IllegalStateException if another provider's AES stands before the JDK's, or the credentials do not fit */
    LinkTls(LinkConfiguration configuration, LinkCredentials credentials) {
        this.configuration = configuration;
        try {
            String aes = Cipher.getInstance("AES/GCM/NoPadding").getProvider().getName();
            if (!aes.equals("SunJCE")) {
                throw new IllegalStateException("AES comes from the provider " + aes + ", the links need SunJCE's");
            }
            byte[] pin = FrameNames.sha(credentials.certificate().getEncoded());
            if (!MessageDigest.isEqual(
                    pin, configuration.party(configuration.self()).certificatePin())) {
                throw new IllegalStateException(
                        "our TLS certificate is not the one that the configuration pins for " + configuration.self());
            }
            if (!(credentials.certificate().getPublicKey() instanceof ECPublicKey key)
                    || key.getParams().getCurve().getField().getFieldSize() != 256) {
                throw new IllegalStateException("our TLS key is not an EC key on P-256");
            }
            char[] inMemory = new char[0];
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, inMemory);
            store.setKeyEntry("tls", credentials.tlsKey(), inMemory, new Certificate[] {credentials.certificate()});
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, inMemory);
            keys = factory.getKeyManagers();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the TLS credentials cannot be used", e);
        }
    }

    /**
     * Runs the TLS handshake on a connected TCP socket.
     *
     * @param client whether this side opened the connection
     * @param allowed peers that may be at the other end
     * @param ended told when the connection has ended
     * @throws IOException if TLS fails or somebody else is there; the TCP socket is the caller's to close
     */
    LinkSocket handshake(Socket tcp, boolean client, Set<PartyId> allowed, Runnable ended) throws IOException {
        // Before the handshake: after it Nagle and delayed acknowledgements cost tens of milliseconds.
        tcp.setTcpNoDelay(true);
        SSLSocket tls = (SSLSocket) context(allowed)
                .getSocketFactory()
                .createSocket(tcp, tcp.getInetAddress().getHostAddress(), tcp.getPort(), true);
        tls.setUseClientMode(client);
        tls.setNeedClientAuth(true);
        tls.setEnabledProtocols(PROTOCOLS);
        tls.setEnabledCipherSuites(SUITES);
        tls.startHandshake();
        X509Certificate certificate = (X509Certificate) tls.getSession().getPeerCertificates()[0];
        try {
            int frameLimit = configuration.limits().frameBytes();
            return new LinkSocket(owner(certificate, allowed), tcp, tls, frameLimit, ended);
        } catch (CertificateException e) {
            throw new IOException(e);
        }
    }

    // One context for each connection: no session is resumed, so every connection checks the certificate anew.
    private SSLContext context(Set<PartyId> allowed) {
        try {
            SSLContext context = SSLContext.getInstance("TLSv1.3", "SunJSSE");
            context.init(keys, new TrustManager[] {new PinnedTrust(allowed)}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no TLS 1.3", e);
        }
    }

    private PartyId owner(X509Certificate certificate, Set<PartyId> allowed) throws CertificateException {
        byte[] pin = FrameNames.sha(certificate.getEncoded());
        for (PartyId party : allowed) {
            if (MessageDigest.isEqual(pin, configuration.party(party).certificatePin())) {
                certificate.checkValidity();
                return party;
            }
        }
        throw new CertificateException("the certificate is not the one pinned for " + allowed);
    }

    /** Trusts the pinned certificates of the allowed parties while they are valid, and no authority. */
    private final class PinnedTrust extends X509ExtendedTrustManager {
        private final Set<PartyId> allowed;

        PinnedTrust(Set<PartyId> allowed) {
            this.allowed = allowed;
        }

        private void check(X509Certificate[] chain) throws CertificateException {
            if (chain == null || chain.length == 0) {
                throw new CertificateException("no certificate");
            }
            owner(chain[0], allowed);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            check(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
                throws CertificateException {
            check(chain);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}

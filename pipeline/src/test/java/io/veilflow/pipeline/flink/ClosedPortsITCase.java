package io.veilflow.pipeline.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody can speak to the embedded cluster of a running party (THREATS I7, I8). */
class ClosedPortsITCase {
    private static final Path SOCKETS = Path.of("/proc/self/net/tcp");
    private static final Path SOCKETS_6 = Path.of("/proc/self/net/tcp6");
    private static final Path FILES = Path.of("/proc/self/fd");
    private static final String LISTENING = "0A";
    private static final Set<String> LOOPBACK =
            Set.of("0100007F", "0000000000000000FFFF00000100007F", "00000000000000000000000001000000");
    private static final int TIMEOUT_MILLIS = 3_000;

    @TempDir
    private Path directory;

    private record Port(String address, int number) {}

    @Test
    void everyPortIsOnLoopbackAndAnswersNoStranger() throws Exception {
        assumeTrue(Files.isReadable(SOCKETS), "needs /proc to find the ports of this process");
        Set<Port> before = ports();
        RecordedBoard board = new RecordedBoard(directory.resolve("board"));
        ScriptedIngress ingress = new ScriptedIngress();
        CompletableFuture<Void> run = CompletableFuture.runAsync(() -> {
            try {
                board.job().run("ports", ingress, directory.resolve("flink"), new FlinkMetrics());
            } catch (Exception failure) {
                throw new IllegalStateException(failure);
            }
        });
        while (ingress.offered().size() < RecordedBoard.RECORDS) {
            assertFalse(run.isDone(), "the job ended early");
            Thread.sleep(20);
        }
        Set<Port> opened = ports();
        opened.removeAll(before);
        assertTrue(!opened.isEmpty(), "an embedded cluster listens somewhere");
        for (Port port : opened) {
            assertTrue(LOOPBACK.contains(port.address()), port + " is not on the loopback address");
            assertEquals("", answer(SocketFactory.getDefault(), port), port + " without TLS");
            assertEquals("", answer(stranger(), port), port + " with TLS and no certificate");
        }
        board.end();
        ingress.release();
        run.get(60, TimeUnit.SECONDS);
    }

    /** What somebody gets who asks for the jobs; empty if nothing of use. */
    private static String answer(SocketFactory factory, Port port) {
        try (Socket socket = factory.createSocket(InetAddress.getLoopbackAddress(), port.number())) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write("GET /jobs HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            byte[] status = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
            String answer = new String(status, StandardCharsets.US_ASCII);
            // an alert of TLS, or a redirection to where TLS is spoken, is no answer
            return answer.startsWith("HTTP/1.1 2") ? answer : "";
        } catch (IOException refused) {
            return "";
        }
    }

    /** Speaks TLS, trusts anybody, has no certificate. */
    private static SocketFactory stranger() throws Exception {
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        TrustManager anybody = new X509TrustManager() {
            @Override
            public void checkClientTrusted(X509Certificate[] chain, String type) {
                // trusts
            }

            @Override
            public void checkServerTrusted(X509Certificate[] chain, String type) {
                // trusts
            }

            @Override
            public X509Certificate[] getAcceptedIssuers() {
                return new X509Certificate[0];
            }
        };
        context.init(null, new TrustManager[] {anybody}, new SecureRandom());
        return context.getSocketFactory();
    }

    private static Set<Port> ports() throws IOException {
        Set<String> own = new HashSet<>();
        try (Stream<Path> files = Files.list(FILES)) {
            for (Path file : files.toList()) {
                try {
                    own.add(Files.readSymbolicLink(file).toString());
                } catch (IOException closedMeanwhile) {
                    own.remove("");
                }
            }
        }
        Set<Port> ports = new HashSet<>();
        for (Path table : new Path[] {SOCKETS, SOCKETS_6}) {
            for (String line : Files.readAllLines(table)) {
                String[] columns = line.strip().split("\\s+");
                if (columns[3].equals(LISTENING) && own.contains("socket:[" + columns[9] + "]")) {
                    String[] local = columns[1].split(":");
                    ports.add(new Port(local[0], Integer.parseInt(local[1], 16)));
                }
            }
        }
        return ports;
    }
}

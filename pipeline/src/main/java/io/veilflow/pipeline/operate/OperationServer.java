package io.veilflow.pipeline.operate;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.veilflow.pipeline.config.ConfigurationException;
import io.veilflow.pipeline.config.OperationAccess;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers GET at a few fixed paths with what it is given, and nothing else. Whoever can connect may ask; a request costs a look at
 * memory, its body is not read, slow ones are cut off, and no more than a few wait: a flood keeps others from asking, and the party
 * from nothing.
 */
final class OperationServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OperationServer.class);
    private static final int CONNECTIONS_WAITING = 16;
    private static final int THREADS = 4;
    private static final int REQUESTS_WAITING = 32;
    /** Read by the JDK's server when its first one is made: seconds until a slow request, and a slow reader, is cut off. */
    private static final Map<String, String> LIMITS = Map.of(
            "sun.net.httpserver.maxReqTime", "5",
            "sun.net.httpserver.maxRspTime", "5",
            "sun.net.httpserver.idleInterval", "5",
            "jdk.httpserver.maxConnections", "64");

    private final HttpServer server;
    private final ThreadPoolExecutor threads;

    /**
     * What is said at a path.
     *
     * @param code of HTTP
     */
    record Answer(int code, String mediaType, String body) {
        static final String JSON = "application/json";
    }

    /**
     * Listens from now on.
     *
     * @throws ConfigurationException if it cannot, naming the setting
     */
    OperationServer(OperationAccess access, Map<String, Supplier<Answer>> answers) {
        LIMITS.forEach(System::setProperty);
        try {
            this.server = HttpServer.create(access.socket(), CONNECTIONS_WAITING);
        } catch (IOException failed) {
            throw new ConfigurationException(
                    "the party's configuration",
                    List.of(OperationAccess.KEY + ": nothing can listen on " + access.address() + " port "
                            + access.port() + " (" + failed.getMessage()
                            + "); name another port, or 0 for any that is free"));
        }
        this.threads = new ThreadPoolExecutor(
                THREADS, THREADS, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(REQUESTS_WAITING), task -> {
                    Thread thread = new Thread(task, "operation");
                    thread.setDaemon(true);
                    return thread;
                });
        server.setExecutor(threads);
        server.createContext("/", exchange -> answer(exchange, answers));
        server.start();
    }

    InetSocketAddress address() {
        return server.getAddress();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static void answer(HttpExchange exchange, Map<String, Supplier<Answer>> answers) throws IOException {
        try (exchange) {
            Supplier<Answer> answer = answers.get(exchange.getRequestURI().getPath());
            if (answer == null) {
                exchange.sendResponseHeaders(404, -1);
            } else if (!exchange.getRequestMethod().equals("GET")) {
                exchange.getResponseHeaders().set("Allow", "GET");
                exchange.sendResponseHeaders(405, -1);
            } else {
                send(exchange, answer.get());
            }
        } catch (RuntimeException bug) {
            LOG.warn("a request of an operator cannot be answered", bug);
            throw bug;
        }
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", answer.mediaType());
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(answer.code(), body.length);
        exchange.getResponseBody().write(body);
    }
}

package io.veilflow.pipeline.post;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A JSON-RPC proxy before a real node. It passes everything on but what it was told to answer wrongly: the next requests of a
 * method, all of them, or those that a {@link FaultPlan} picks.
 */
final class FaultyNode implements AutoCloseable {
    static {
        // Else every answer waits for the client's acknowledgement of its head.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI behind;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, Deque<Fault>> next = new HashMap<>();
    private final Map<String, Fault> standing = new HashMap<>();
    private final List<String> methods = new ArrayList<>();
    private FaultPlan plan = (number, method) -> Fault.NONE;

    /** Which request is answered how. */
    interface FaultPlan {
        /** @param number of the request, from 0 */
        Fault of(int number, String method);
    }

    FaultyNode(URI behind) {
        this.behind = behind;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** For the next requests of this method, one after the other. */
    synchronized void next(String method, Fault... faults) {
        next.computeIfAbsent(method, any -> new ArrayDeque<>()).addAll(List.of(faults));
    }

    /** For all requests of this method from now on. */
    synchronized void always(String method, Fault fault) {
        standing.put(method, fault);
    }

    synchronized void follow(FaultPlan faults) {
        plan = faults;
    }

    /** Faultless from now on. */
    synchronized void heal() {
        next.clear();
        standing.clear();
        plan = (number, method) -> Fault.NONE;
    }

    /** Methods of all requests so far. */
    synchronized List<String> methods() {
        return List.copyOf(methods);
    }

    synchronized long requests(String method) {
        return methods.stream().filter(method::equals).count();
    }

    synchronized void forget() {
        methods.clear();
    }

    private synchronized Fault faultFor(String method) {
        methods.add(method);
        Deque<Fault> queued = next.get(method);
        if (queued != null && !queued.isEmpty()) {
            return queued.remove();
        }
        Fault always = standing.get(method);
        return always == null ? plan.of(methods.size() - 1, method) : always;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] question = exchange.getRequestBody().readAllBytes();
            JsonNode request = JSON.readTree(question);
            faultFor(request.path("method").asText()).answer(exchange, request, () -> pass(question));
        }
    }

    private byte[] pass(byte[] question) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(behind)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(question))
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}

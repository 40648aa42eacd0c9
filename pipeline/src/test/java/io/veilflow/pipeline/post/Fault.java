package io.veilflow.pipeline.post;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** One way to answer a JSON-RPC request. */
@FunctionalInterface
interface Fault {
    /** The real node's answer, as it is. */
    Fault NONE = (exchange, request, honest) -> reply(exchange, 200, honest.bytes());

    /** The connection ends before anything is asked. */
    Fault NOTHING = (exchange, request, honest) -> {};

    /** The real node is asked and does what it is asked for, and its answer is lost. */
    Fault ANSWER_LOST = (exchange, request, honest) -> honest.bytes();

    /** More bytes are announced than come. */
    Fault HALF = (exchange, request, honest) -> half(exchange, honest.bytes());

    /** The connection stays, and nothing comes. */
    Fault HANGING = (exchange, request, honest) -> hold();

    /** The real node is asked; half of its answer comes, and then, on a connection that stays, nothing more. */
    Fault STOPPED = (exchange, request, honest) -> {
        half(exchange, honest.bytes());
        hold();
    };

    /** Complete as HTTP, cut off as JSON. */
    Fault CUT = (exchange, request, honest) -> {
        byte[] answer = honest.bytes();
        reply(exchange, 200, Arrays.copyOf(answer, answer.length - 2));
    };

    Fault GARBAGE = (exchange, request, honest) -> reply(exchange, 200, text("<html>moved</html>"));

    /** JSON, and no answer. */
    Fault EMPTY = (exchange, request, honest) -> reply(exchange, 200, text("{}"));

    Fault NULL = edit(answer -> answer.putNull("result"));

    /** A result of another type than any method's. */
    Fault NONSENSE = edit(answer -> answer.put("result", "0xzz"));

    Fault TOO_MANY_REQUESTS = status(429);

    Fault UNAVAILABLE = status(503);

    /** An error as JSON-RPC has it, which says nothing about the question. */
    Fault TROUBLE = (exchange, request, honest) -> reply(
            exchange,
            200,
            text("{\"jsonrpc\":\"2.0\",\"id\":" + request.path("id")
                    + ",\"error\":{\"code\":-32603,\"message\":\"internal error\"}}"));

    /** All that are no lies: the node fails, and it can be seen at once that it does. */
    List<Fault> FAILURES =
            List.of(NOTHING, ANSWER_LOST, HALF, CUT, GARBAGE, EMPTY, NONSENSE, TOO_MANY_REQUESTS, UNAVAILABLE, TROUBLE);

    void answer(HttpExchange exchange, JsonNode request, Honest honest) throws IOException;

    /** Asks the real node. */
    @FunctionalInterface
    interface Honest {
        byte[] bytes() throws IOException;
    }

    static Fault status(int code) {
        return (exchange, request, honest) -> reply(exchange, code, text("no"));
    }

    /** The real answer, changed. */
    static Fault edit(UnaryOperator<ObjectNode> change) {
        return (exchange, request, honest) -> {
            ObjectMapper json = new ObjectMapper();
            ObjectNode answer = (ObjectNode) json.readTree(honest.bytes());
            reply(exchange, 200, json.writeValueAsBytes(change.apply(answer)));
        };
    }

    /** Another result than the real one. */
    static Fault result(String result) {
        return edit(answer -> answer.put("result", result));
    }

    /** A result of the liar's own; the real node is not asked. */
    static Fault claim(String result) {
        return (exchange, request, honest) -> reply(
                exchange,
                200,
                text("{\"jsonrpc\":\"2.0\",\"id\":" + request.path("id") + ",\"result\":\"" + result + "\"}"));
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void half(HttpExchange exchange, byte[] answer) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer, 0, answer.length / 2);
        exchange.getResponseBody().flush();
    }

    /** Until the node is closed. */
    private static void hold() throws IOException {
        try {
            Thread.sleep(Long.MAX_VALUE);
        } catch (InterruptedException closed) {
            throw new IOException(closed);
        }
    }

    private static void reply(HttpExchange exchange, int code, byte[] body) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(code, body.length);
        exchange.getResponseBody().write(body);
    }
}

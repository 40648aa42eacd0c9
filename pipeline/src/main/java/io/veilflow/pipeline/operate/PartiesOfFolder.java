package io.veilflow.pipeline.operate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.veilflow.pipeline.config.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The parties whose configurations lie in a folder, each in a folder of its own as {@code party.json}, and what they say about
 * themselves. Needs no key: it reads where each listens and asks.
 */
public final class PartiesOfFolder {
    private static final String CONFIGURATION = "party.json";
    private static final int ANSWER_BYTES_MAX = 64 << 10;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final List<Path> configurations;

    /** @throws ConfigurationException if there is no party in the folder */
    public PartiesOfFolder(Path folder) {
        try (Stream<Path> folders = Files.list(folder)) {
            configurations = folders.map(inner -> inner.resolve(CONFIGURATION))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (IOException failed) {
            throw new ConfigurationException(folder.toString(), List.of("cannot be read: " + failed.getMessage()));
        }
        if (configurations.isEmpty()) {
            throw new ConfigurationException(
                    folder.toString(), List.of("no folder in it holds a " + CONFIGURATION + "; name a job's folder"));
        }
    }

    /** @param patience with each party */
    public List<PartyAnswer> ask(Duration patience) {
        HttpClient client = HttpClient.newBuilder().connectTimeout(patience).build();
        return configurations.stream().map(file -> ask(client, file, patience)).toList();
    }

    private static PartyAnswer ask(HttpClient client, Path file, Duration patience) {
        String folder = file.getParent().getFileName().toString();
        try {
            JsonNode configuration = JSON.readTree(Files.readAllBytes(file));
            String party = "party-" + configuration.path("party").asInt(-1);
            Path state = file.toAbsolutePath()
                    .resolveSibling(configuration.path("stateDirectory").asText());
            return ask(client, party, state.resolve(PartyOperation.FILE), patience);
        } catch (IOException unreadable) {
            return PartyAnswer.silent(folder, "its configuration cannot be read");
        }
    }

    private static PartyAnswer ask(HttpClient client, String party, Path place, Duration patience) {
        if (Files.notExists(place)) {
            return PartyAnswer.silent(party, "does not run, or has not opened its keys yet");
        }
        try {
            JsonNode said = JSON.readTree(Files.readAllBytes(place));
            InetSocketAddress address = new InetSocketAddress(
                    said.path("address").asText(), said.path("port").asInt());
            return answer(party, get(client, address, patience));
        } catch (IOException | IllegalArgumentException failed) {
            return PartyAnswer.silent(
                    party, "does not answer (" + failed.getClass().getSimpleName() + ")");
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
            return PartyAnswer.silent(party, "was not waited for");
        }
    }

    /** What listens there now may be somebody else. */
    private static PartyAnswer answer(String party, String body) throws IOException {
        StatusDocument status = StatusDocument.read(body);
        return party.equals(status.party())
                ? PartyAnswer.of(status)
                : PartyAnswer.silent(party, "does not run: somebody else answers in its place");
    }

    private static String get(HttpClient client, InetSocketAddress address, Duration patience)
            throws IOException, InterruptedException {
        String host = address.getAddress().getHostAddress();
        URI place = URI.create(
                "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort() + "/status");
        HttpRequest request = HttpRequest.newBuilder(place).timeout(patience).build();
        HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            return new String(body.readNBytes(ANSWER_BYTES_MAX), StandardCharsets.UTF_8);
        }
    }
}

package io.veilflow.contracts;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A local Ethereum node (anvil) as a child process: listens on 127.0.0.1 only, at a port that the system chose, and ends with
 * {@link #close} or with this JVM. Development and tests only: its accounts' keys are public.
 *
 * <p>The binary is the path in the property {@value #BINARY_PROPERTY} or the variable {@value #BINARY_VARIABLE}, else
 * {@code contracts/node_modules/.bin/anvil} or {@code node_modules/.bin/anvil}, searched upwards from the working directory and from
 * where this class was loaded.
 */
public final class Anvil implements AutoCloseable {
    public static final String BINARY_PROPERTY = "veilflow.anvil";
    public static final String BINARY_VARIABLE = "VEILFLOW_ANVIL";
    /** Chain id unless another is asked for. */
    public static final long DEFAULT_CHAIN_ID = 31337;

    /** Private keys of the first funded accounts, from anvil's public mnemonic ("test test ... junk"). Not secret. */
    public static final List<String> FUNDED_KEYS = List.of(
            "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80",
            "0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d",
            "0x5de4111afa1a4b94908f83103eb1f1706367c2e68ca870fc3fb9a804cdab365a",
            "0x7c852118294e51e653712a81e05800f419141751be58f605c371e15141b007a6",
            "0x47e179ec197488593b187f80a00eb0da91f1b9d0b13f8733639f19c30a34926a");

    // The default would be a later fork than the compiler's target.
    private static final String HARDFORK = "prague";
    private static final Duration START_TIMEOUT = Duration.ofSeconds(20);
    private static final long STOP_SECONDS = 5;
    private static final Pattern LISTENING = Pattern.compile("Listening on 127\\.0\\.0\\.1:(\\d+)");

    private final Process process;
    private final Thread stopWithJvm;
    private final URI url;

    private Anvil(Process process, Thread stopWithJvm, int port) {
        this.process = process;
        this.stopWithJvm = stopWithJvm;
        this.url = URI.create("http://127.0.0.1:" + port);
    }

    /** Starts a fresh chain with the default chain id. */
    public static Anvil start() throws IOException {
        return start(DEFAULT_CHAIN_ID, List.of());
    }

    /** Starts a node at a port that the system chooses and waits until it listens. */
    public static Anvil start(long chainId, List<String> options) throws IOException {
        return start(chainId, 0, options);
    }

    /**
     * Starts a node and waits until it listens.
     *
     * @param chainId chain id of the new chain
     * @param port on 127.0.0.1; 0: the system chooses
     * @param options further options of the binary, for example {@code "--state", FILE} to keep the chain
     * @throws IOException if there is no binary, or it ends or stays silent instead of listening; carries its output
     */
    public static Anvil start(long chainId, int port, List<String> options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                binary().toString(),
                "--host",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--hardfork",
                HARDFORK,
                "--chain-id",
                Long.toString(chainId)));
        command.addAll(options);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        Thread stopWithJvm = new Thread(process::destroyForcibly, "anvil-stop");
        Runtime.getRuntime().addShutdownHook(stopWithJvm);
        CompletableFuture<Integer> listening = new CompletableFuture<>();
        Thread reader = new Thread(() -> read(process, listening), "anvil-output");
        reader.setDaemon(true);
        reader.start();
        try {
            return new Anvil(process, stopWithJvm, listening.get(START_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException | TimeoutException e) {
            stop(process, stopWithJvm);
            String reason = e instanceof TimeoutException ? "does not listen within " + START_TIMEOUT : e.getMessage();
            throw new IOException("anvil (" + command.get(0) + ") did not start: " + reason, e);
        } catch (InterruptedException e) {
            stop(process, stopWithJvm);
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while anvil started", e);
        }
    }

    /** Where the node answers JSON-RPC. */
    public URI url() {
        return url;
    }

    /** The node's process, for those who let it fail. */
    public ProcessHandle process() {
        return process.toHandle();
    }

    /** Stops the node. */
    @Override
    public void close() {
        stop(process, stopWithJvm);
    }

    private static void stop(Process process, Thread stopWithJvm) {
        try {
            Runtime.getRuntime().removeShutdownHook(stopWithJvm);
        } catch (IllegalStateException shuttingDown) {
            // The hook runs already and stops the process, as below.
            process.destroyForcibly();
            return;
        }
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** Completes the port, then goes on reading so that the child never blocks on a full pipe. */
    private static void read(Process process, CompletableFuture<Integer> port) {
        StringBuilder output = new StringBuilder();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (port.isDone()) {
                    continue;
                }
                Matcher listening = LISTENING.matcher(line);
                if (listening.find()) {
                    port.complete(Integer.parseInt(listening.group(1)));
                } else {
                    output.append(line).append('\n');
                }
            }
            port.completeExceptionally(new IOException("it ended and said: " + output));
        } catch (IOException e) {
            port.completeExceptionally(e);
        }
    }

    private static Path binary() throws IOException {
        String configured = System.getProperty(BINARY_PROPERTY, System.getenv(BINARY_VARIABLE));
        if (configured != null) {
            Path path = Path.of(configured);
            if (!Files.isExecutable(path)) {
                throw new IOException("no executable at " + path + ", named by the property " + BINARY_PROPERTY
                        + " or the variable " + BINARY_VARIABLE);
            }
            return path;
        }
        List<Path> starts = new ArrayList<>(List.of(Path.of("").toAbsolutePath()));
        codeSource().ifPresent(starts::add);
        for (Path start : starts) {
            for (Path folder = start; folder != null; folder = folder.getParent()) {
                for (String place : List.of("contracts/node_modules/.bin/anvil", "node_modules/.bin/anvil")) {
                    Path path = folder.resolve(place);
                    if (Files.isExecutable(path)) {
                        return path;
                    }
                }
            }
        }
        throw new IOException("anvil not found in node_modules/.bin above any of " + starts
                + ": build the module contracts (npm installs anvil for Linux on x86-64), or name a binary by the variable "
                + BINARY_VARIABLE);
    }

    private static Optional<Path> codeSource() {
        try {
            return Optional.of(Path.of(Anvil.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI()));
        } catch (URISyntaxException | SecurityException e) {
            return Optional.empty();
        }
    }
}

package io.veilflow.pipeline.chaos;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.veilflow.pipeline.demo.DemoChain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The chain's node. It writes its file in place, so a kill may tear that; a real node's data base would not be: then it goes on from
 * the copy that was taken just before the kill.
 */
final class ChainTarget implements Target {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long POLL_MILLIS = 50;

    private final DemoChain chain;
    private final Path copy;

    ChainTarget(DemoChain chain) {
        this.chain = chain;
        this.copy = chain.state().resolveSibling("chain-copy.json");
    }

    @Override
    public String name() {
        return ChaosPlan.CHAIN;
    }

    @Override
    public ProcessHandle process() {
        return chain.process();
    }

    @Override
    public void kill() throws IOException {
        Files.copy(chain.state(), copy, StandardCopyOption.REPLACE_EXISTING);
        while (!isWhole(copy)) {
            sleep();
            Files.copy(chain.state(), copy, StandardCopyOption.REPLACE_EXISTING);
        }
        chain.process().destroyForcibly();
        chain.process().onExit().join();
        if (!isWhole(chain.state())) {
            Files.copy(copy, chain.state(), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @Override
    public void start() throws IOException {
        chain.startAgain();
    }

    @Override
    public void close() {
        // the network's
    }

    private static boolean isWhole(Path file) throws IOException {
        try {
            return JSON.readTree(file.toFile()).isObject();
        } catch (JsonProcessingException torn) {
            return false;
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped", stopped);
        }
    }
}

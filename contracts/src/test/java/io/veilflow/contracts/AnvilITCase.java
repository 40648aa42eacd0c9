package io.veilflow.contracts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.http.HttpService;

/** The local node: starts, serves the asked chain on the loopback interface, stops, and says why it cannot start. */
class AnvilITCase {
    @AfterEach
    void forgetBinary() {
        System.clearProperty(Anvil.BINARY_PROPERTY);
    }

    @Test
    void twoNodesServeTheirOwnChainsUntilTheyAreClosed() throws IOException {
        Web3j closed;
        try (Anvil first = Anvil.start(1337, List.of());
                Anvil second = Anvil.start()) {
            assertEquals("127.0.0.1", first.url().getHost());
            closed = Web3j.build(new HttpService(first.url().toString()));
            Web3j other = Web3j.build(new HttpService(second.url().toString()));
            assertEquals(1337, closed.ethChainId().send().getChainId().longValueExact());
            assertEquals(
                    Anvil.DEFAULT_CHAIN_ID,
                    other.ethChainId().send().getChainId().longValueExact());
        }
        assertThrows(IOException.class, () -> closed.ethChainId().send());
    }

    @Test
    void aMissingBinaryIsNamed() {
        System.setProperty(Anvil.BINARY_PROPERTY, "/nowhere/anvil");
        IOException error = assertThrows(IOException.class, Anvil::start);
        assertTrue(error.getMessage().contains("/nowhere/anvil"), error.getMessage());
    }

    @Test
    void aNodeThatEndsInsteadOfListeningIsReportedWithItsWords() {
        IOException error = assertThrows(IOException.class, () -> Anvil.start(1, List.of("--no-such-option")));
        assertTrue(error.getMessage().contains("no-such-option"), error.getMessage());
    }
}

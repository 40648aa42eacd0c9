package io.veilflow.contracts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.veilflow.contracts.testing.TestChain;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.web3j.utils.Numeric;

/** The test node against vectors of the precompiles that our contracts use: what it says of the contracts is worth no more. */
class PrecompileVectorsITCase {
    private static TestChain chain;

    @BeforeAll
    static void start() {
        chain = new TestChain();
    }

    @AfterAll
    static void stop() {
        chain.close();
    }

    record Vectors(String precompile, int address, JsonNode cases) {
        @Override
        public String toString() {
            return precompile;
        }
    }

    static Stream<Vectors> vectors() {
        try (InputStream in = PrecompileVectorsITCase.class.getResourceAsStream("/precompiles/vectors.json")) {
            return StreamSupport.stream(new ObjectMapper().readTree(in).spliterator(), false)
                    .map(entry -> new Vectors(
                            entry.get("precompile").asText(),
                            entry.get("address").asInt(),
                            entry.get("cases")))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest(name = "F17: {0}")
    @MethodSource("vectors")
    @DisplayName("F17: the node's precompiles answer the public vectors, and fail where they must")
    void thePrecompilesAnswer(Vectors vectors) {
        assertFalse(vectors.cases.isEmpty());
        String address = "0x" + Numeric.toHexStringNoPrefixZeroPadded(BigInteger.valueOf(vectors.address), 40);
        for (JsonNode given : vectors.cases) {
            String input = given.get("input").asText();
            String expected = given.has("output") ? "0x" + given.get("output").asText() : "fails";
            assertEquals(expected, chain.answerOf(address, "0x" + input).orElse("fails"), "input " + input);
        }
    }
}

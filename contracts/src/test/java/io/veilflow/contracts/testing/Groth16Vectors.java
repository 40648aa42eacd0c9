package io.veilflow.contracts.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.StreamSupport;
import org.web3j.utils.Numeric;

/**
 * Right and wrong proofs of one key each, with the answer of gnark's own verifier: made and checked by the native side's test of
 * the package {@code vectors}, read by Java and Solidity too (THREATS E13).
 */
public enum Groth16Vectors {
    ONE_COMMITMENT("one-commitment"),
    TWO_COMMITMENTS("two-commitments");

    private final JsonNode content;

    /**
     * One proof. Its bytes may be malformed.
     *
     * @param publicInputs may be at or above r
     */
    public record Case(String name, List<BigInteger> publicInputs, byte[] proof, boolean accepted) {}

    Groth16Vectors(String file) {
        String name = "/groth16/" + file + ".json";
        try (InputStream in = Groth16Vectors.class.getResourceAsStream(name)) {
            content = new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new IllegalStateException(name, e);
        }
    }

    public byte[] verifyingKey() {
        return bytes(content.get("verifyingKey"));
    }

    public byte[] keyDigest() {
        return bytes(content.get("keyDigest"));
    }

    /** Of the first case's commitments. */
    public List<BigInteger> challenges() {
        return numbers(content.get("challenges"));
    }

    /** With two commitments, the challenge that folds the first case's proofs of knowledge. */
    public BigInteger foldChallenge() {
        return new BigInteger(1, bytes(content.get("fold")));
    }

    /** The first one is honest. */
    public List<Case> cases() {
        return StreamSupport.stream(content.get("cases").spliterator(), false)
                .map(node -> new Case(
                        node.get("name").asText(),
                        numbers(node.get("publicInputs")),
                        bytes(node.get("proof")),
                        node.get("accepted").asBoolean()))
                .toList();
    }

    private static List<BigInteger> numbers(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(number -> new BigInteger(1, bytes(number)))
                .toList();
    }

    private static byte[] bytes(JsonNode hex) {
        return Numeric.hexStringToByteArray(hex.asText());
    }
}

package io.veilflow.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.web3j.utils.Numeric;

/**
 * The code that a contract of ours has on a chain, apart from its immutable values: whoever is given an address can see that this
 * contract is there and no other. What the values are, the contract's own views tell.
 */
public enum DeployedCode {
    WINDOW_REGISTRY("WindowRegistry"),
    GROTH16_VERIFIER("Groth16Verifier");

    private final byte[] code;
    private final JsonNode immutables;

    DeployedCode(String contract) {
        JsonNode compiled = compiled(contract);
        code = Numeric.hexStringToByteArray(compiled.get("code").asText());
        immutables = compiled.get("immutables");
    }

    /** Whether these bytes, as a node shows them, are this contract's. */
    public boolean isAt(byte[] deployed) {
        if (deployed.length != code.length) {
            return false;
        }
        byte[] blank = deployed.clone();
        for (JsonNode place : immutables) {
            int start = place.get("start").asInt();
            Arrays.fill(blank, start, start + place.get("length").asInt(), (byte) 0);
        }
        return Arrays.equals(code, blank);
    }

    private static JsonNode compiled(String contract) {
        try (InputStream in = DeployedCode.class.getResourceAsStream(contract + ".code")) {
            if (in == null) {
                throw new IllegalStateException(
                        contract + ".code is not beside its wrapper: build the module contracts");
            }
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new IllegalStateException(contract + ".code cannot be read", e);
        }
    }
}

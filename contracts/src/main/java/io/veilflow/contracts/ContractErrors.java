package io.veilflow.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.web3j.crypto.Hash;
import org.web3j.utils.Numeric;

/** Reads the bytes with which our contracts revert: the custom errors of their ABIs, with their values. */
public final class ContractErrors {
    private static final int SELECTOR_DIGITS = 8;
    private static final int WORD_DIGITS = 64;
    private static final List<String> CONTRACTS = List.of(
            "EligibilityList",
            "Groth16Verifier",
            "MarketGuard",
            "RiskFeed",
            "SettlementEscrow",
            "VoteExecutor",
            "WindowRegistry");

    private final Map<String, ErrorForm> forms = new HashMap<>();

    private record ErrorForm(String name, List<String> types) {
        String signature() {
            return name + "(" + String.join(",", types) + ")";
        }
    }

    /** Knows the errors of verifier, registry and consumers. */
    public ContractErrors() {
        for (String contract : CONTRACTS) {
            for (JsonNode entry : abi(contract)) {
                if (entry.get("type").asText().equals("error")) {
                    List<String> types = new ArrayList<>();
                    entry.get("inputs")
                            .forEach(input -> types.add(input.get("type").asText()));
                    ErrorForm form = new ErrorForm(entry.get("name").asText(), types);
                    forms.put(Hash.sha3String(form.signature()).substring(2, 2 + SELECTOR_DIGITS), form);
                }
            }
        }
    }

    /**
     * The error in words, for example {@code WindowOutOfOrder(3, 5)}; the bytes themselves if they are none of our errors.
     *
     * @param revert in hex, with or without 0x
     */
    public String describe(String revert) {
        String digits = Numeric.cleanHexPrefix(revert);
        ErrorForm form = digits.length() < SELECTOR_DIGITS ? null : forms.get(digits.substring(0, SELECTOR_DIGITS));
        if (form == null || digits.length() != SELECTOR_DIGITS + WORD_DIGITS * form.types.size()) {
            return "0x" + digits;
        }
        List<String> values = new ArrayList<>();
        for (int i = 0; i < form.types.size(); i++) {
            int start = SELECTOR_DIGITS + WORD_DIGITS * i;
            String word = digits.substring(start, start + WORD_DIGITS);
            values.add(form.types.get(i).startsWith("uint") ? new BigInteger(word, 16).toString() : "0x" + word);
        }
        return form.name + "(" + String.join(", ", values) + ")";
    }

    private static JsonNode abi(String contract) {
        try (InputStream in = ContractErrors.class.getResourceAsStream(contract + ".abi")) {
            if (in == null) {
                throw new IllegalStateException(
                        contract + ".abi is not beside its wrapper: build the module contracts");
            }
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new IllegalStateException(contract + ".abi cannot be read", e);
        }
    }
}

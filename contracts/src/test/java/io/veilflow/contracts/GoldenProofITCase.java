package io.veilflow.contracts;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.veilflow.contracts.testing.Bn254;
import io.veilflow.contracts.testing.TestChain;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.generated.StaticArray3;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.utils.Numeric;

/**
 * Groth16Verifier against proofs that gnark made (market-health, unsafe local keys), side by side with the contract that gnark
 * exports for the same key: the two always decide alike (THREATS E6, E13).
 */
class GoldenProofITCase {
    private static final long SEED = 20261122;
    private static final int WORD = 32;

    private static TestChain chain;
    private static Groth16Verifier ours;
    private static Verifier gnarks;
    private static Golden golden;

    private record Golden(byte[] key, byte[] keyDigest, List<BigInteger> inputs, byte[] proof) {}

    @BeforeAll
    static void deploy() {
        chain = new TestChain();
        golden = read(0);
        ours = TestChain.done(
                Groth16Verifier.deploy(chain.web3(), chain.sender(0), chain.gas(), golden.key, List.of()));
        gnarks = TestChain.done(Verifier.deploy(chain.web3(), chain.sender(0), chain.gas()));
    }

    @AfterAll
    static void stop() {
        chain.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void gnarksProofsAreAcceptedByBoth(int file) {
        Golden proof = read(file);
        assertArrayEquals(proof.keyDigest, TestChain.done(ours.keyDigest()));
        assertDecision(true, proof.inputs, proof.proof);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void eachPublicInputChangedByOneIsRefusedByBoth(int index) {
        List<BigInteger> changed = new ArrayList<>(golden.inputs);
        changed.set(index, changed.get(index).add(BigInteger.ONE));
        assertDecision(false, changed, golden.proof);
        changed.set(index, golden.inputs.get(index).add(Bn254.R));
        assertDecision(false, changed, golden.proof);
    }

    @Test
    void eachProofWordChangedByOneIsRefusedByBoth() {
        for (int offset = 0; offset < golden.proof.length; offset += WORD) {
            byte[] changed = golden.proof.clone();
            changed[offset + WORD - 1] ^= 1;
            assertDecision(false, golden.inputs, changed);
        }
    }

    @Test
    void proofsOfOtherStatementsAndMixturesOfProofsAreDecidedAlike() {
        Random random = new Random(SEED);
        List<Golden> files = List.of(read(0), read(1), read(2));
        int[] starts = {0, 64, 192, 256, 320, 384};
        for (int round = 0; round < 30; round++) {
            byte[] mixed = new byte[golden.proof.length];
            List<BigInteger> inputs = files.get(random.nextInt(3)).inputs;
            for (int part = 0; part + 1 < starts.length; part++) {
                byte[] from = files.get(random.nextInt(3)).proof;
                System.arraycopy(from, starts[part], mixed, starts[part], starts[part + 1] - starts[part]);
                if (random.nextInt(5) == 0) {
                    negate(mixed, starts[part], starts[part + 1]);
                }
            }
            assertEquals(gnarkAccepts(inputs, mixed), weAccept(inputs, mixed), "seed " + SEED + ", round " + round);
        }
    }

    @Test
    void theOppositePairOfPointsIsAcceptedByBoth() {
        byte[] other = golden.proof.clone();
        negate(other, 0, 64);
        negate(other, 64, 192);
        assertDecision(true, golden.inputs, other);
    }

    /** -point: the y words, the second half, from p. */
    private static void negate(byte[] proof, int start, int end) {
        for (int offset = (start + end) / 2; offset < end; offset += WORD) {
            BigInteger y = new BigInteger(1, Arrays.copyOfRange(proof, offset, offset + WORD));
            System.arraycopy(Bn254.words(Bn254.P.subtract(y)), 0, proof, offset, WORD);
        }
    }

    private static void assertDecision(boolean accepted, List<BigInteger> inputs, byte[] proof) {
        if (accepted) {
            assertTrue(weAccept(inputs, proof), "ours");
            assertTrue(gnarkAccepts(inputs, proof), "gnark's");
        } else {
            assertFalse(weAccept(inputs, proof), "ours");
            assertFalse(gnarkAccepts(inputs, proof), "gnark's");
        }
    }

    private static boolean weAccept(List<BigInteger> inputs, byte[] proof) {
        List<Uint256> words = inputs.stream().map(Uint256::new).toList();
        return accepts(
                ours.getContractAddress(),
                new Function(
                        "verify",
                        List.of(new DynamicArray<>(Uint256.class, words), new DynamicBytes(proof)),
                        List.of()));
    }

    private static boolean gnarkAccepts(List<BigInteger> inputs, byte[] proof) {
        List<Uint256> words = inputs.stream().map(Uint256::new).toList();
        return accepts(
                gnarks.getContractAddress(),
                new Function(
                        "verifyProof",
                        List.of(new DynamicBytes(proof), new StaticArray3<>(Uint256.class, words)),
                        List.of()));
    }

    private static boolean accepts(String contract, Function call) {
        return chain.revertOf(contract, FunctionEncoder.encode(call)).isEmpty();
    }

    private static Golden read(int file) {
        String name = "/proofs/market-health-" + file + ".json";
        try (InputStream in = GoldenProofITCase.class.getResourceAsStream(name)) {
            JsonNode json = new ObjectMapper().readTree(in);
            return new Golden(
                    bytes(json.get("verifyingKey")),
                    bytes(json.get("keyDigest")),
                    StreamSupport.stream(json.get("publicInputs").spliterator(), false)
                            .map(input -> new BigInteger(1, bytes(input)))
                            .toList(),
                    bytes(json.get("proof")));
        } catch (IOException e) {
            throw new IllegalStateException(name, e);
        }
    }

    private static byte[] bytes(JsonNode hex) {
        return Numeric.hexStringToByteArray(hex.asText());
    }
}

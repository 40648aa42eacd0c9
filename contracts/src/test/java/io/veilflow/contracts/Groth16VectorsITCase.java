package io.veilflow.contracts;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.contracts.testing.Bn254;
import io.veilflow.contracts.testing.Groth16Vectors;
import io.veilflow.contracts.testing.Groth16Vectors.Case;
import io.veilflow.contracts.testing.TestChain;
import io.veilflow.contracts.testing.TrapdoorKey;
import java.math.BigInteger;
import java.util.List;
import org.bouncycastle.jcajce.provider.digest.Keccak;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.protocol.core.methods.response.TransactionReceipt;

/**
 * Groth16Verifier against right and wrong proofs of gnark with one and with two in-proof commitments: always gnark's own answer.
 * (gnark exports no verifying contract for two.)
 */
class Groth16VectorsITCase {
    private static TestChain chain;

    @BeforeAll
    static void start() {
        chain = new TestChain();
    }

    @AfterAll
    static void stop() {
        chain.close();
    }

    @ParameterizedTest(name = "E6, E13, E15: {0}")
    @EnumSource(Groth16Vectors.class)
    void everyProofGetsGnarksAnswer(Groth16Vectors vectors) {
        Groth16Verifier verifier = deploy(vectors);
        assertArrayEquals(vectors.keyDigest(), TestChain.done(verifier.keyDigest()));
        for (Case given : vectors.cases()) {
            String revert = chain.revertOf(verifier.getContractAddress(), call(given));
            assertEquals(given.accepted(), revert.isEmpty(), given.name() + ": " + revert);
        }
    }

    @ParameterizedTest(name = "E20: {0}")
    @EnumSource(Groth16Vectors.class)
    void refusingAProofCostsNoMoreThanAcceptingOne(Groth16Vectors vectors) {
        Groth16Verifier verifier = deploy(vectors);
        long accepted = gas(verifier, vectors.cases().get(0));
        System.out.printf("verify, %s: %d gas%n", vectors, accepted);
        // The bytes of two proofs differ in their zeros, for which a transaction pays less.
        long bound = accepted + 2_000;
        for (Case given : vectors.cases()) {
            long gas = gas(verifier, given);
            assertTrue(gas <= bound, given.name() + ": " + gas + " gas, more than " + bound);
        }
    }

    @ParameterizedTest(name = "E14: {0}")
    @EnumSource(Groth16Vectors.class)
    void theChallengesAreTheSameInJavaAndGo(Groth16Vectors vectors) {
        byte[] proof = vectors.cases().get(0).proof();
        List<BigInteger> challenges = vectors.challenges();
        for (int i = 0; i < challenges.size(); i++) {
            Keccak.Digest256 hash = new Keccak.Digest256();
            hash.update(proof, 256 + 64 * i, 64);
            assertEquals(new BigInteger(1, hash.digest()).mod(Bn254.R), challenges.get(i));
        }
        if (challenges.size() == 2) {
            assertEquals(vectors.foldChallenge(), TrapdoorKey.foldChallenge(challenges));
        }
    }

    private static Groth16Verifier deploy(Groth16Vectors vectors) {
        return TestChain.done(
                Groth16Verifier.deploy(chain.web3(), chain.sender(0), chain.gas(), vectors.verifyingKey(), List.of()));
    }

    private static long gas(Groth16Verifier verifier, Case given) {
        TransactionReceipt receipt = chain.send(0, verifier.getContractAddress(), call(given));
        assertEquals(given.accepted() ? "0x1" : "0x0", receipt.getStatus(), given.name());
        return receipt.getGasUsed().longValueExact();
    }

    private static String call(Case given) {
        List<Uint256> inputs = given.publicInputs().stream().map(Uint256::new).toList();
        return FunctionEncoder.encode(new Function(
                "verify",
                List.of(new DynamicArray<>(Uint256.class, inputs), new DynamicBytes(given.proof())),
                List.of()));
    }
}

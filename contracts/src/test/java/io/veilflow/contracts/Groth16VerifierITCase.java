package io.veilflow.contracts;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.contracts.testing.Bn254;
import io.veilflow.contracts.testing.TestChain;
import io.veilflow.contracts.testing.TrapdoorKey;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.jcajce.provider.digest.Keccak;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.utils.Numeric;

/**
 * Groth16Verifier over keys with a known trapdoor: proofs with one commitment, keys with one and two (THREATS E6, E10, E15, F1,
 * F2). Proofs with two stand in {@link Groth16VectorsITCase}.
 */
class Groth16VerifierITCase {
    private static final String POINT = TestChain.error("ProofPointInvalid()");
    private static final String PROOF = TestChain.error("ProofInvalid()");
    private static final int G1_BYTES = 64;
    private static final int A = 0;
    private static final int B = 64;
    private static final int C = 192;
    private static final int D = 256;
    private static final int POK = 320;
    private static final int G2_BYTES = 128;
    private static final int ALPHA = 1;
    private static final int BETA = 65;
    private static final int GAMMA = 193;
    private static final int DELTA = 321;
    private static final int SIGMA = 449;

    private static final TrapdoorKey KEY = new TrapdoorKey(1, 3);
    private static final List<BigInteger> INPUTS = List.of(
            new BigInteger("123456789012345678901234567890"), BigInteger.ZERO, Bn254.R.subtract(BigInteger.ONE));
    private static final byte[] VALID = KEY.prove(INPUTS);

    private static TestChain chain;
    private static Groth16Verifier verifier;

    @BeforeAll
    static void deploy() {
        chain = new TestChain();
        verifier = TestChain.done(
                Groth16Verifier.deploy(chain.web3(), chain.sender(0), chain.gas(), KEY.verifyingKey(), List.of()));
    }

    @AfterAll
    static void stop() {
        chain.close();
    }

    @Test
    void proofsOfTheStatementAreAccepted() {
        assertEquals("", outcome(INPUTS, VALID));
        assertEquals("", outcome(INPUTS, KEY.prove(INPUTS)));
    }

    @Test
    void theKeyIsKeptByteForByte() {
        assertArrayEquals(KEY.verifyingKey(), TestChain.done(verifier.verifyingKey()));
        assertArrayEquals(new Keccak.Digest256().digest(KEY.verifyingKey()), TestChain.done(verifier.keyDigest()));
        assertEquals(BigInteger.valueOf(3), TestChain.done(verifier.publicInputCount()));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void eachPublicInputChangedByOneIsRefused(int index) {
        List<BigInteger> changed = new ArrayList<>(INPUTS);
        changed.set(index, changed.get(index).add(BigInteger.ONE).mod(Bn254.R));
        assertRefused(PROOF, changed, VALID);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aPublicInputPlusTheOrderIsRefused(int index) {
        List<BigInteger> changed = new ArrayList<>(INPUTS);
        changed.set(index, changed.get(index).add(Bn254.R));
        assertRefused(TestChain.error("PublicInputNotInField(uint256,uint256)"), changed, VALID);
    }

    @Test
    void moreOrFewerPublicInputsAreRefused() {
        String error = TestChain.error("PublicInputCountInvalid(uint256,uint256)");
        assertRefused(error, INPUTS.subList(0, 2), VALID);
        List<BigInteger> longer = new ArrayList<>(INPUTS);
        longer.add(BigInteger.ZERO);
        assertRefused(error, longer, VALID);
    }

    @Test
    void eachProofWordChangedByOneIsOffTheCurve() {
        for (int word = 0; word < VALID.length / 32; word++) {
            byte[] changed = VALID.clone();
            replace(
                    changed,
                    32 * word,
                    Bn254.words(word(VALID, 32 * word).add(BigInteger.ONE).mod(Bn254.P)));
            assertRefused(POINT, INPUTS, changed);
        }
    }

    @Test
    void eachCoordinatePlusTheFieldPrimeIsRefused() {
        for (int word = 0; word < VALID.length / 32; word++) {
            byte[] changed = VALID.clone();
            replace(changed, 32 * word, Bn254.words(word(VALID, 32 * word).add(Bn254.P)));
            assertRefused(POINT, INPUTS, changed);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 64", "64, 128", "192, 64", "256, 64", "320, 64"})
    void theIdentityIsRefusedAtEachPlace(int offset, int length) {
        byte[] changed = VALID.clone();
        replace(changed, offset, new byte[length]);
        assertRefused(POINT, INPUTS, changed);
    }

    @ParameterizedTest
    @ValueSource(ints = {A, C, D, POK})
    void anotherPointAtAnyPlaceIsRefused(int offset) {
        byte[] changed = VALID.clone();
        replace(changed, offset, Bn254.g1(BigInteger.TEN));
        assertRefused(PROOF, INPUTS, changed);
    }

    @ParameterizedTest
    @ValueSource(ints = {A, C, D, POK})
    void anOppositePointAtAnyPlaceIsRefused(int offset) {
        byte[] changed = VALID.clone();
        replace(changed, offset + 32, Bn254.words(Bn254.P.subtract(word(VALID, offset + 32))));
        assertRefused(PROOF, INPUTS, changed);
    }

    @Test
    void anotherPointOfTheTwistIsRefused() {
        byte[] changed = VALID.clone();
        replace(changed, B, Bn254.g2(BigInteger.TEN));
        assertRefused(PROOF, INPUTS, changed);
    }

    @Test
    void swappedCoefficientsOfTheTwistPointAreRefused() {
        byte[] changed = VALID.clone();
        replace(changed, B, Arrays.copyOfRange(VALID, B + 32, B + 64));
        replace(changed, B + 32, Arrays.copyOfRange(VALID, B, B + 32));
        assertRefused(POINT, INPUTS, changed);
    }

    @Test
    void aTwistPointOutsideTheSubgroupIsRefused() {
        byte[] changed = VALID.clone();
        replace(changed, B, Bn254.twistPointOutsideSubgroup());
        assertRefused(TestChain.error("PrecompileFailed(uint256)"), INPUTS, changed);
    }

    @Test
    void aCommitmentWithoutKnowledgeIsRefused() {
        // The Groth16 equation holds for this proof; only the proof of knowledge is wrong.
        byte[] changed = KEY.prove(INPUTS, List.of(BigInteger.valueOf(77)), BigInteger.ONE);
        assertRefused(PROOF, INPUTS, changed);
    }

    @Test
    void aProofWithTheCommitmentOfAnotherIsRefused() {
        byte[] changed = VALID.clone();
        replace(changed, D, Arrays.copyOfRange(KEY.prove(INPUTS), D, VALID.length));
        assertRefused(PROOF, INPUTS, changed);
    }

    @Test
    void aProofUnderAnotherKeyIsRefused() {
        assertRefused(PROOF, INPUTS, new TrapdoorKey(2, 3).prove(INPUTS));
    }

    @ParameterizedTest(name = "E15: {0} bytes")
    @ValueSource(ints = {0, 1, 320, 383, 385, 416, 448, 512})
    void aProofOfAnotherLengthIsRefused(int length) {
        assertRefused(TestChain.error("ProofLengthInvalid(uint256,uint256)"), INPUTS, Arrays.copyOf(VALID, length));
    }

    @Test
    void anotherFormOfTheSameProofIsAcceptedSoNothingMayBeKeyedByProofBytes() {
        byte[] other = VALID.clone();
        replace(other, A + 32, Bn254.words(Bn254.P.subtract(word(VALID, A + 32))));
        for (int offset : new int[] {B + 64, B + 96}) {
            replace(other, offset, Bn254.words(Bn254.P.subtract(word(VALID, offset))));
        }
        assertEquals("", outcome(INPUTS, other));
    }

    @ParameterizedTest(name = "E10: {0} commitments")
    @ValueSource(ints = {1, 2})
    void aKeyWithTwoEqualOrOppositePointsIsRefused(int commitments) {
        String error = TestChain.error("KeyDegenerate(uint256,uint256)");
        byte[] key = key(commitments);
        int end = kOf(commitments);
        for (int first = GAMMA; first < end; first += G2_BYTES) {
            for (int second = first + G2_BYTES; second < end; second += G2_BYTES) {
                byte[] equal = with(key, second, Arrays.copyOfRange(key, first, first + G2_BYTES));
                assertKeyRefused(error, equal);
                for (int offset : new int[] {second + 64, second + 96}) {
                    replace(equal, offset, Bn254.words(Bn254.P.subtract(word(equal, offset))));
                }
                assertKeyRefused(error, equal);
            }
        }
        assertKeyRefused(error, with(key, DELTA, Bn254.g2(BigInteger.ONE)));
        assertKeyRefused(error, with(key, DELTA, Bn254.g2(Bn254.R.subtract(BigInteger.ONE))));
    }

    @Test
    @DisplayName("E10: gamma may be the generator, as the ceremony sets it")
    void gammaMayBeTheGenerator() {
        assertKeyRefused("", with(key(1), GAMMA, Bn254.g2(BigInteger.ONE)));
        assertKeyRefused("", with(key(2), GAMMA, Bn254.g2(BigInteger.ONE)));
    }

    @ParameterizedTest(name = "E10: {0} commitments")
    @ValueSource(ints = {1, 2})
    void aKeyWithABadPointIsRefusedAtEachPlace(int commitments) {
        byte[] key = key(commitments);
        String twist = TestChain.error("KeyTwistPointInvalid(uint256)");
        for (int offset = BETA; offset < kOf(commitments); offset += G2_BYTES) {
            assertKeyRefused(twist, with(key, offset, new byte[G2_BYTES]));
            assertKeyRefused(
                    twist, with(key, offset, Bn254.words(word(key, offset).xor(BigInteger.ONE))));
            assertKeyRefused(
                    twist, with(key, offset, Bn254.words(word(key, offset).add(Bn254.P))));
            assertKeyRefused(twist, with(key, offset, Bn254.twistPointOutsideSubgroup()));
        }
        String point = TestChain.error("KeyPointInvalid(uint256)");
        List<Integer> offsets = new ArrayList<>(List.of(ALPHA));
        for (int offset = kOf(commitments); offset < key.length; offset += G1_BYTES) {
            offsets.add(offset);
        }
        for (int offset : offsets) {
            assertKeyRefused(point, with(key, offset, new byte[G1_BYTES]));
            assertKeyRefused(
                    point, with(key, offset, Bn254.words(word(key, offset).xor(BigInteger.ONE))));
            assertKeyRefused(
                    point, with(key, offset, Bn254.words(word(key, offset).add(Bn254.P))));
        }
    }

    @ParameterizedTest(name = "E10: {0} commitments")
    @ValueSource(ints = {1, 2})
    void aKeyOfAnotherLengthIsRefused(int commitments) {
        String error = TestChain.error("KeyLengthInvalid(uint256)");
        byte[] key = key(commitments);
        int k = kOf(commitments);
        for (int length :
                new int[] {1, k - 1, k, k + G1_BYTES, k + (1 + commitments) * G1_BYTES, key.length - 1, key.length + 1
                }) {
            assertKeyRefused(error, Arrays.copyOf(key, length));
        }
    }

    @Test
    @DisplayName("E10, E15: a key that declares another number of commitments is refused")
    void anotherNumberOfCommitmentsIsRefused() {
        String error = TestChain.error("CommitmentCountInvalid(uint256)");
        assertKeyRefused(error, new byte[0]);
        for (int count : new int[] {0, 3, 255}) {
            assertKeyRefused(error, with(key(1), 0, new byte[] {(byte) count}));
            assertKeyRefused(error, with(key(2), 0, new byte[] {(byte) count}));
        }
        // The second sigma read as points of G1, and points of G1 read as a second sigma.
        assertKeyRefused(TestChain.error("KeyPointInvalid(uint256)"), with(key(2), 0, new byte[] {1}));
        byte[] longer = new TrapdoorKey(1, 5, 1).verifyingKey();
        assertKeyRefused(TestChain.error("KeyTwistPointInvalid(uint256)"), with(longer, 0, new byte[] {2}));
        assertKeyRefused(TestChain.error("KeyLengthInvalid(uint256)"), with(key(1), 0, new byte[] {2}));
    }

    @ParameterizedTest(name = "the last {0} inputs fixed")
    @ValueSource(ints = {1, 2})
    void fixedInputsAreTakenWithTheirValuesOnly(int count) {
        List<BigInteger> fixed = INPUTS.subList(INPUTS.size() - count, INPUTS.size());
        Groth16Verifier bound = TestChain.done(
                Groth16Verifier.deploy(chain.web3(), chain.sender(0), chain.gas(), KEY.verifyingKey(), fixed));
        assertEquals(fixed, TestChain.done(bound.fixedInputs()));
        assertArrayEquals(KEY.verifyingKey(), TestChain.done(bound.verifyingKey()));
        assertArrayEquals(new Keccak.Digest256().digest(KEY.verifyingKey()), TestChain.done(bound.keyDigest()));
        assertEquals(BigInteger.valueOf(3), TestChain.done(bound.publicInputCount()));
        assertEquals("", chain.revertOf(bound.getContractAddress(), call(INPUTS, VALID)));
        for (int index = 0; index < INPUTS.size(); index++) {
            List<BigInteger> changed = new ArrayList<>(INPUTS);
            changed.set(index, changed.get(index).add(BigInteger.ONE).mod(Bn254.R));
            String error = index < INPUTS.size() - count
                    ? PROOF
                    : TestChain.error("FixedInputMismatch(uint256,uint256,uint256)");
            // A valid proof of the other values is none here either.
            for (byte[] proof : List.of(VALID, KEY.prove(changed))) {
                String revert = chain.revertOf(bound.getContractAddress(), call(changed, proof));
                boolean proven = proof != VALID && index < INPUTS.size() - count;
                assertEquals(proven ? "" : error, revert.substring(0, Math.min(10, revert.length())), revert);
            }
        }
    }

    @Test
    void fixedInputsThatCannotBeAreRefused() {
        byte[] key = KEY.verifyingKey();
        assertDeploymentRefused("", key, INPUTS.subList(1, 3));
        assertDeploymentRefused(TestChain.error("FixedInputCountInvalid(uint256,uint256)"), key, INPUTS);
        assertDeploymentRefused(
                TestChain.error("PublicInputNotInField(uint256,uint256)"), key, List.of(BigInteger.ZERO, Bn254.R));
    }

    private static byte[] key(int commitments) {
        return new TrapdoorKey(commitments, 3, commitments).verifyingKey();
    }

    /** Offset of K_0. */
    private static int kOf(int commitments) {
        return SIGMA + commitments * G2_BYTES;
    }

    @Test
    void verificationGasIsBounded() {
        long gas = chain.send(0, verifier.getContractAddress(), call(INPUTS, VALID))
                .getGasUsed()
                .longValueExact();
        assertTrue(gas < 310_000, () -> "verify took " + gas);
    }

    private static String outcome(List<BigInteger> inputs, byte[] proof) {
        return chain.revertOf(verifier.getContractAddress(), call(inputs, proof));
    }

    private static String call(List<BigInteger> inputs, byte[] proof) {
        // web3j makes no wrapper for a view that returns nothing.
        return FunctionEncoder.encode(new Function(
                "verify",
                List.of(
                        new DynamicArray<>(
                                Uint256.class, inputs.stream().map(Uint256::new).toList()),
                        new DynamicBytes(proof)),
                List.of()));
    }

    private static void assertRefused(String error, List<BigInteger> inputs, byte[] proof) {
        String revert = outcome(inputs, proof);
        assertEquals(error, revert.substring(0, Math.min(10, revert.length())), revert);
    }

    private static void assertKeyRefused(String error, byte[] key) {
        assertDeploymentRefused(error, key, List.of());
    }

    private static void assertDeploymentRefused(String error, byte[] key, List<BigInteger> fixed) {
        List<Uint256> words = fixed.stream().map(Uint256::new).toList();
        String data = Groth16Verifier.BINARY
                + FunctionEncoder.encodeConstructor(
                        List.of(new DynamicBytes(key), new DynamicArray<>(Uint256.class, words)));
        String revert = chain.revertOf(null, Numeric.prependHexPrefix(data));
        assertEquals(error, revert.substring(0, Math.min(10, revert.length())), revert);
    }

    private static byte[] with(byte[] key, int offset, byte[] part) {
        byte[] changed = key.clone();
        replace(changed, offset, part);
        return changed;
    }

    private static void replace(byte[] bytes, int offset, byte[] part) {
        System.arraycopy(part, 0, bytes, offset, part.length);
    }

    private static BigInteger word(byte[] bytes, int offset) {
        return new BigInteger(1, Arrays.copyOfRange(bytes, offset, offset + 32));
    }
}

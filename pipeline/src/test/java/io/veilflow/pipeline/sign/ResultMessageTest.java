package io.veilflow.pipeline.sign;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.ByteString;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.web3j.abi.TypeEncoder;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.abi.datatypes.generated.Uint64;
import org.web3j.abi.datatypes.generated.Uint8;
import org.web3j.crypto.Hash;
import org.web3j.utils.Numeric;

/** The signed message is what {@code abi.encode} of its parts hashes to; the registry's own ITCase agrees with it. */
class ResultMessageTest {
    private static final ResultMessage MESSAGE = message(31_337, 7, 1, List.of(filled(32, 8), filled(32, 9)));

    @Test
    void theDigestIsTheHashOfTheAbiEncodedParts() {
        String words = MESSAGE.variableWords().stream()
                .map(word -> Numeric.toHexStringNoPrefix(word.toByteArray()))
                .reduce("", String::concat);
        List<Type<?>> parts = List.of(
                new Bytes32(Hash.sha3("veilflow/result/2".getBytes())),
                new Uint256(31_337),
                new Address(Numeric.toHexString(filled(20, 1).toByteArray())),
                new Bytes32(filled(32, 2).toByteArray()),
                new Uint64(7),
                new Bytes32(filled(32, 3).toByteArray()),
                new Bytes32(filled(32, 4).toByteArray()),
                new Uint256(new BigInteger(1, filled(32, 5).toByteArray())),
                new Uint256(new BigInteger(1, filled(32, 6).toByteArray())),
                new Bytes32(Numeric.hexStringToByteArray(Hash.sha3(words))),
                new Uint8(2));
        StringBuilder encoded = new StringBuilder();
        parts.forEach(part -> encoded.append(TypeEncoder.encode(part)));
        assertArrayEquals(Numeric.hexStringToByteArray(Hash.sha3(encoded.toString())), MESSAGE.digest());
    }

    @Test
    void everyPartCounts() {
        List<ResultMessage> others = new ArrayList<>(List.of(
                MESSAGE,
                message(1, 7, 1, MESSAGE.variableWords()),
                message(31_337, 8, 1, MESSAGE.variableWords()),
                message(31_337, 7, 2, MESSAGE.variableWords()),
                message(31_337, 7, 1, List.of(filled(32, 8))),
                message(31_337, 7, 1, List.of(filled(32, 9), filled(32, 8))),
                message(31_337, 7, 1, List.of())));
        others.add(new ResultMessage(
                31_337,
                filled(20, 1),
                filled(32, 2),
                7,
                filled(32, 3),
                filled(32, 4),
                filled(32, 5).concat(filled(32, 6)),
                MESSAGE.variableWords(),
                Assurance.ATTESTED));
        Set<ByteString> digests = new HashSet<>();
        others.forEach(other -> digests.add(ByteString.copyFrom(other.digest())));
        assertEquals(others.size(), digests.size());
    }

    @Test
    void theTagIsTheEndOfTheDigest() {
        assertArrayEquals(
                Arrays.copyOfRange(MESSAGE.digest(), 22, 32), MESSAGE.tag().toByteArray());
    }

    @Test
    void partsOfAnotherLengthAreRefusedByName() {
        assertThrows(IllegalArgumentException.class, () -> message(1, 1, 1, List.of(filled(31, 8))));
        ResultMessage shortRegistry = new ResultMessage(
                1,
                filled(19, 1),
                filled(32, 2),
                7,
                filled(32, 3),
                filled(32, 4),
                filled(64, 5),
                List.of(),
                Assurance.PROVEN);
        IllegalArgumentException error = assertThrows(IllegalArgumentException.class, shortRegistry::digest);
        assertEquals("registry has 19 bytes, expected 20", error.getMessage());
    }

    @Test
    void onlyOneAndTwoAreAssurances() {
        assertEquals(Assurance.ATTESTED, Assurance.ofCode(1).orElseThrow());
        assertEquals(Assurance.PROVEN, Assurance.ofCode(2).orElseThrow());
        assertFalse(Assurance.ofCode(0).isPresent());
        assertFalse(Assurance.ofCode(3).isPresent());
    }

    private static ResultMessage message(long chainId, long window, int registry, List<ByteString> words) {
        return new ResultMessage(
                chainId,
                filled(20, registry),
                filled(32, 2),
                window,
                filled(32, 3),
                filled(32, 4),
                filled(32, 5).concat(filled(32, 6)),
                words,
                Assurance.PROVEN);
    }

    private static ByteString filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return ByteString.copyFrom(bytes);
    }
}

package io.veilflow.mpc.threshold;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.veilflow.datasets.vectors.VectorFile;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Hashes of the EVM suite against the specification's vectors. */
class CiphersuiteVectorTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final VectorFile VECTORS = VectorFile.spec("frost");

    @Test
    void keccakIsTheOneOfTheEvm() {
        for (JsonNode one : VECTORS.caseNamed("keccak256").get("msg_digest")) {
            byte[] digest = CurvePoint.keccak256(HEX.parseHex(one.get(0).asText()));
            assertEquals(one.get(1).asText(), HEX.formatHex(digest));
        }
    }

    @Test
    void everyTagHashesToTheListedScalars() {
        JsonNode listed = VECTORS.caseNamed("hash to field").get("tag_msg_value");
        assertFalse(listed.isEmpty());
        for (JsonNode one : listed) {
            Scalar hash = Ciphersuite.EVM.hash(
                    one.get(0).asText(), HEX.parseHex(one.get(1).asText()));
            assertEquals(one.get(2).asText(), HEX.formatHex(hash.encoded()), one.toString());
        }
    }

    @Test
    @DisplayName("G1: the EVM suite has a context of its own: no hash of it is one of the other suite")
    void theSuitesShareNoHash() {
        byte[] bytes = {1, 2, 3};
        Ciphersuite ours = Ciphersuite.EVM;
        Ciphersuite theirs = Ciphersuite.RFC_9591;
        assertNotEquals(
                HEX.formatHex(ours.bindingFactor(bytes).encoded()),
                HEX.formatHex(theirs.bindingFactor(bytes).encoded()));
        assertNotEquals(
                HEX.formatHex(ours.nonce(bytes).encoded()),
                HEX.formatHex(theirs.nonce(bytes).encoded()));
        assertNotEquals(
                HEX.formatHex(ours.keyGeneration(bytes).encoded()),
                HEX.formatHex(theirs.keyGeneration(bytes).encoded()));
        assertFalse(Arrays.equals(ours.message(bytes), theirs.message(bytes)));
        assertFalse(Arrays.equals(ours.commitments(bytes), theirs.commitments(bytes)));
        CurvePoint point = CurvePoint.GENERATOR;
        assertFalse(ours.challenge(point, point, bytes).isSame(theirs.challenge(point, point, bytes)));
    }

    @Test
    @DisplayName("G15: of a challenge every field has its own place and length, and each changes it")
    void everyFieldOfAChallengeCounts() {
        byte[] message = new byte[32];
        byte[] address = new byte[CurvePoint.ADDRESS_BYTES];
        CurvePoint odd = CurvePoint.GENERATOR;
        CurvePoint even = CurvePoint.INFINITY.minus(odd);
        assertArrayEquals(odd.x(), even.x());
        Scalar challenge = Ciphersuite.challenge(odd, message, address);
        assertFalse(challenge.isSame(Ciphersuite.challenge(even, message, address)), "parity");
        message[31] = 1;
        assertFalse(challenge.isSame(Ciphersuite.challenge(odd, message, address)), "end of the message");
        message[31] = 0;
        address[0] = 1;
        assertFalse(challenge.isSame(Ciphersuite.challenge(odd, message, address)), "beginning of the address");
    }
}

package io.veilflow.mpc.threshold.frost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.fasterxml.jackson.databind.JsonNode;
import io.veilflow.datasets.vectors.VectorFile;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.testing.SpecCase;
import io.veilflow.mpc.threshold.Ciphersuite;
import io.veilflow.mpc.threshold.GroupKey;
import io.veilflow.mpc.threshold.KeyShare;
import io.veilflow.mpc.threshold.TestKeys;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** RFC 9591, appendix E.5, line by line. */
class Rfc9591VectorTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final JsonNode VECTOR =
            VectorFile.of("rfc9591", "secp256k1-sha256").caseNamed("FROST(secp256k1, SHA-256)");

    @Test
    @DisplayName("G1: every value of the RFC's secp256k1 vector, intermediate ones too")
    void everyIntermediateValue() {
        JsonNode inputs = VECTOR.get("inputs");
        List<byte[]> scalars = SpecCase.texts(inputs.get("participant_shares")).stream()
                .map(HEX::parseHex)
                .toList();
        GroupKey group = TestKeys.group(bytes(inputs, "group_public_key"), scalars, 1, new byte[32]);
        List<KeyShare> shares = TestKeys.shares(group, scalars);

        Map<PartyId, SigningNonces> nonces = new EnumMap<>(PartyId.class);
        for (JsonNode signer : VECTOR.get("signers")) {
            KeyShare share = shares.get(party(signer).index());
            assertNonce(signer, "hiding", share);
            assertNonce(signer, "binding", share);
            SigningNonces derived = SigningNonces.derive(
                    Ciphersuite.RFC_9591,
                    share,
                    bytes(signer, "hiding_nonce_randomness"),
                    bytes(signer, "binding_nonce_randomness"));
            assertHex(
                    signer,
                    "hiding_nonce_commitment",
                    derived.commitment().hiding().encoded());
            assertHex(
                    signer,
                    "binding_nonce_commitment",
                    derived.commitment().binding().encoded());
            nonces.put(party(signer), derived);
        }
        SigningPackage agreed = new SigningPackage(
                Ciphersuite.RFC_9591,
                group,
                bytes(inputs, "message"),
                new CommitmentList(new ArrayList<>(
                        nonces.values().stream().map(SigningNonces::commitment).toList())));

        Map<PartyId, byte[]> signed = new EnumMap<>(PartyId.class);
        for (JsonNode signer : VECTOR.get("signers")) {
            PartyId party = party(signer);
            assertHex(signer, "binding_factor_input", agreed.bindingFactorInput(party));
            assertHex(signer, "binding_factor", agreed.bindingFactor(party).encoded());
            byte[] z = nonces.get(party).sign(agreed);
            assertHex(signer, "sig_share", z);
            signed.put(party, z);
        }
        SignatureAggregation.Signed combined =
                assertInstanceOf(SignatureAggregation.Signed.class, SignatureAggregation.of(agreed, signed));
        assertHex(VECTOR, "sig", combined.signature().bytes());
    }

    private static void assertNonce(JsonNode signer, String kind, KeyShare share) {
        byte[] nonce = Ciphersuite.RFC_9591
                .nonce(bytes(signer, kind + "_nonce_randomness"), share.exposeScalar())
                .encoded();
        assertHex(signer, kind + "_nonce", nonce);
    }

    private static PartyId party(JsonNode signer) {
        return PartyId.of(signer.get("identifier").asInt() - 1);
    }

    private static byte[] bytes(JsonNode node, String name) {
        return HEX.parseHex(node.get(name).asText());
    }

    private static void assertHex(JsonNode node, String name, byte[] actual) {
        assertEquals(node.get(name).asText(), HEX.formatHex(actual), name);
    }
}

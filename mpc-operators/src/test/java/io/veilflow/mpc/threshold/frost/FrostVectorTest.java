package io.veilflow.mpc.threshold.frost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.veilflow.datasets.vectors.VectorFile;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.threshold.Ciphersuite;
import io.veilflow.mpc.threshold.GroupKey;
import io.veilflow.mpc.threshold.GroupSignature;
import io.veilflow.mpc.threshold.KeyShare;
import io.veilflow.mpc.threshold.Scalar;
import io.veilflow.mpc.threshold.TestKeys;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Signatures of all three pairs under the EVM suite against the specification, and what its verifier must refuse. */
class FrostVectorTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final VectorFile VECTORS = VectorFile.spec("frost");

    private final JsonNode key = VECTORS.caseNamed("key generation");
    private final GroupKey group = TestKeys.group(bytes(key, "Y"), scalars(), 1, new byte[32]);
    private final List<KeyShare> shares = TestKeys.shares(group, scalars());

    private List<byte[]> scalars() {
        List<byte[]> out = new ArrayList<>();
        for (int id = 1; id <= 3; id++) {
            out.add(bytes(key.get("sk"), Integer.toString(id)));
        }
        return out;
    }

    @Test
    @DisplayName("G1: every value of the EVM suite's own vectors, for every pair")
    void everyPairSignsAsListed() {
        List<JsonNode> cases = VECTORS.casesNamed("sign (");
        assertEquals(3, cases.size());
        cases.forEach(this::signs);
    }

    private void signs(JsonNode listed) {
        byte[] message = bytes(listed, "m");
        Map<PartyId, SigningNonces> nonces = new EnumMap<>(PartyId.class);
        for (JsonNode id : listed.get("signers")) {
            KeyShare share = shares.get(id.asInt() - 1);
            JsonNode random = listed.get("random_d_e").get(id.asText());
            JsonNode expected = listed.get("nonces_d_e").get(id.asText());
            for (int k = 0; k < 2; k++) {
                byte[] nonce = Ciphersuite.EVM
                        .nonce(HEX.parseHex(random.get(k).asText()), share.exposeScalar())
                        .encoded();
                assertEquals(expected.get(k).asText(), HEX.formatHex(nonce));
            }
            SigningNonces derived = SigningNonces.derive(
                    Ciphersuite.EVM,
                    share,
                    HEX.parseHex(random.get(0).asText()),
                    HEX.parseHex(random.get(1).asText()));
            JsonNode points = listed.get("commitments_D_E").get(id.asText());
            assertEquals(
                    points.get(0).asText(),
                    HEX.formatHex(derived.commitment().hiding().encoded()));
            assertEquals(
                    points.get(1).asText(),
                    HEX.formatHex(derived.commitment().binding().encoded()));
            nonces.put(share.holder(), derived);
        }
        SigningPackage agreed = new SigningPackage(
                Ciphersuite.EVM,
                group,
                message,
                new CommitmentList(
                        nonces.values().stream().map(SigningNonces::commitment).toList()));
        assertEquals(listed.get("R").asText(), HEX.formatHex(agreed.nonce().encoded()));
        assertEquals(listed.get("c").asText(), HEX.formatHex(agreed.challenge().encoded()));
        Map<PartyId, byte[]> signed = new EnumMap<>(PartyId.class);
        nonces.forEach((party, mine) -> {
            String id = Integer.toString(party.index() + 1);
            assertEquals(
                    listed.get("rho").get(id).asText(),
                    HEX.formatHex(agreed.bindingFactor(party).encoded()));
            assertEquals(
                    listed.get("lambda").get(id).asText(),
                    HEX.formatHex(agreed.lagrange(party).encoded()));
            byte[] z = mine.sign(agreed);
            assertEquals(listed.get("z").get(id).asText(), HEX.formatHex(z));
            signed.put(party, z);
        });
        GroupSignature signature = assertInstanceOf(
                        SignatureAggregation.Signed.class, SignatureAggregation.of(agreed, signed))
                .signature()
                .forContract();
        assertEquals(listed.get("s").asText(), HEX.formatHex(signature.s()));
        assertEquals(listed.get("addr").asText(), HEX.formatHex(signature.nonceAddress()));
        assertTrue(signature.verifies(group.point(), message));
        recovers(listed, agreed, signature);
    }

    /** What the contract gives to ecrecover. */
    private void recovers(JsonNode listed, SigningPackage agreed, GroupSignature signature) {
        byte[] x = group.publicPoint().x();
        assertEquals(listed.get("Px").asText(), HEX.formatHex(x));
        assertEquals(listed.get("parity").asInt(), group.publicPoint().parity());
        Scalar r = Scalar.decode(x).orElseThrow();
        Scalar s = Scalar.decode(signature.s()).orElseThrow();
        JsonNode call = listed.get("ecrecover_h_v_r_s");
        assertEquals(call.get(0).asText(), HEX.formatHex(s.times(r).negated().encoded()));
        assertEquals(call.get(1).asInt(), 27 + group.publicPoint().parity());
        assertEquals(call.get(2).asText(), HEX.formatHex(x));
        assertEquals(
                call.get(3).asText(),
                HEX.formatHex(agreed.challenge().times(r).negated().encoded()));
    }

    @Test
    @DisplayName("G18: the verifier refuses every listed wrong message, s and address")
    void everyListedChangeIsRefused() {
        int refused = 0;
        for (JsonNode listed : VECTORS.casesNamed("sign (")) {
            for (JsonNode wrong : listed.get("must_fail_m_s_addr")) {
                GroupSignature signature = new GroupSignature(
                        HEX.parseHex(wrong.get(1).asText()),
                        HEX.parseHex(wrong.get(2).asText()));
                assertFalse(
                        signature.verifies(
                                group.point(), HEX.parseHex(wrong.get(0).asText())),
                        wrong.toString());
                refused++;
            }
        }
        assertTrue(refused >= 9, refused + " cases");
    }

    private static byte[] bytes(JsonNode node, String name) {
        return HEX.parseHex(node.get(name).asText());
    }
}

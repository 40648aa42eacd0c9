package io.veilflow.mpc.threshold.keygen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.veilflow.datasets.vectors.VectorFile;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.threshold.CurvePoint;
import io.veilflow.mpc.threshold.Scalar;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What three dealers say and send, against the specification; the proofs with its empty context. */
class KeyGenerationVectorTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] NO_CONTEXT = {};

    private final JsonNode listed = VectorFile.spec("frost").caseNamed("key generation");
    private final List<Polynomial> polynomials = new ArrayList<>();
    private final List<Announcement> announcements = new ArrayList<>();

    KeyGenerationVectorTest() {
        for (PartyId dealer : PartyId.values()) {
            JsonNode secrets = listed.get("a0_a1_k").get(id(dealer));
            Polynomial polynomial = new Polynomial(scalar(secrets.get(0)), scalar(secrets.get(1)));
            Scalar proofSecret = scalar(secrets.get(2));
            PolynomialCommitment commitment = polynomial.commitment();
            ProofOfPossession proof = ProofOfPossession.of(
                    dealer,
                    polynomial.constant(),
                    commitment.constant(),
                    proofSecret,
                    CurvePoint.generatorTimesSecret(proofSecret),
                    NO_CONTEXT);
            polynomials.add(polynomial);
            announcements.add(new Announcement(commitment, proof));
        }
    }

    @Test
    @DisplayName("G1: announcements, parts, shares and keys are the listed ones")
    void everyListedValue() {
        for (PartyId dealer : PartyId.values()) {
            String expected = listed.get("broadcast_A0_A1_R_mu").get(id(dealer)).asText();
            Announcement announced = announcements.get(dealer.index());
            assertEquals(expected, HEX.formatHex(announced.encoded()));
            Announcement read = Announcement.decode(announced.encoded()).orElseThrow();
            assertEquals(expected, HEX.formatHex(read.encoded()));
        }
        for (JsonNode part : listed.get("shares_from_to")) {
            Polynomial from = polynomials.get(part.get(0).asInt() - 1);
            Scalar value = from.valueAt(PartyId.of(part.get(1).asInt() - 1));
            assertEquals(part.get(2).asText(), HEX.formatHex(value.encoded()));
        }
        PolynomialCommitment sum = announcements.stream()
                .map(Announcement::commitment)
                .reduce(PolynomialCommitment.ZERO, PolynomialCommitment::plus);
        assertEquals(listed.get("Y").asText(), HEX.formatHex(sum.constant().encoded()));
        for (PartyId party : PartyId.values()) {
            Scalar share = polynomials.stream()
                    .map(polynomial -> polynomial.valueAt(party))
                    .reduce(Scalar.of(0), Scalar::plus);
            assertEquals(listed.get("sk").get(id(party)).asText(), HEX.formatHex(share.encoded()));
            assertEquals(
                    listed.get("Y_l").get(id(party)).asText(),
                    HEX.formatHex(sum.valueAt(party).encoded()));
        }
    }

    @Test
    @DisplayName("G14: a proof is none for another dealer, constant, nonce or session")
    void aProofIsForOneStatement() {
        ProofOfPossession proof = announcements.get(0).proof();
        CurvePoint constant = announcements.get(0).commitment().constant();
        CurvePoint other = announcements.get(1).commitment().constant();
        assertTrue(proof.shows(PartyId.P0, constant, NO_CONTEXT));
        assertFalse(proof.shows(PartyId.P1, constant, NO_CONTEXT));
        assertFalse(proof.shows(PartyId.P0, other, NO_CONTEXT));
        assertFalse(proof.shows(PartyId.P0, constant, new byte[] {0}));
        assertFalse(new ProofOfPossession(other, proof.response()).shows(PartyId.P0, constant, NO_CONTEXT));
        assertFalse(new ProofOfPossession(proof.nonce(), proof.response().plus(Scalar.of(1)))
                .shows(PartyId.P0, constant, NO_CONTEXT));
    }

    private static String id(PartyId party) {
        return Integer.toString(party.index() + 1);
    }

    private static Scalar scalar(JsonNode hex) {
        return Scalar.decode(HEX.parseHex(hex.asText())).orElseThrow();
    }
}

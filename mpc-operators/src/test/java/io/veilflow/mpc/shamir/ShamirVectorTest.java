package io.veilflow.mpc.shamir;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.veilflow.datasets.vectors.VectorFile;
import io.veilflow.mpc.field.Fr;
import io.veilflow.mpc.field.FrVector;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.replicated.DotProduct;
import io.veilflow.mpc.replicated.FrShares;
import io.veilflow.mpc.replicated.Multiplication;
import io.veilflow.mpc.replicated.Opening;
import io.veilflow.mpc.replicated.OpeningClass;
import io.veilflow.mpc.replicated.RandomShares;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.testing.Clear;
import io.veilflow.mpc.testing.SpecCase;
import io.veilflow.mpc.testing.ThreePartyWorld;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The Shamir map of PROTOCOLS 8.2 and the row check of 8.3 made of the engine's primitives. */
class ShamirVectorTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final VectorFile VECTORS = VectorFile.spec("joint");

    @Test
    void replicatedToShamir() {
        for (JsonNode node : VECTORS.casesNamed("replicated to Shamir")) {
            for (String name : List.of("x", "y")) {
                for (PartyId party : PartyId.values()) {
                    long[] share = ShamirConversion.toDegreeOne(party, SpecCase.fr(party, node.get(name)));
                    assertEquals(
                            node.get("S_" + name).get(party.index()).asText(), HEX.formatHex(FrVector.encode(share)));
                }
            }
        }
    }

    @Test
    void sharesOfZeroAddNothingToADegreeTwoOpening() {
        List<long[]> zero = ThreePartyWorld.seeded(5)
                .run(session -> ShamirConversion.zero(session.operation("zero"), "zero/krs", 3));
        List<BigInteger> first = Clear.values(zero.get(0));
        List<BigInteger> second = Clear.values(zero.get(1));
        List<BigInteger> third = Clear.values(zero.get(2));
        BigInteger three = BigInteger.valueOf(3);
        for (int k = 0; k < 3; k++) {
            BigInteger opened =
                    first.get(k).subtract(second.get(k)).multiply(three).add(third.get(k));
            assertEquals(BigInteger.ZERO, opened.mod(Clear.R));
        }
    }

    @Test
    void rowCheckUpToVerification() {
        SpecCase vector = new SpecCase(VECTORS.caseNamed("row check as one verified dot product"));
        List<BigInteger> opened =
                vector.run(operation -> rowCheck(vector, operation), label -> !label.contains("dzkp/")).stream()
                        .map(value -> Clear.values(value).get(0))
                        .toList();
        assertEquals(List.of(BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO), opened);
    }

    /** Labels and streams of row_check_verified in the specification. */
    private static long[] rowCheck(SpecCase vector, Operation operation) {
        FrShares wires = SpecCase.fr(operation.self(), vector.inputs().get("wires"));
        RandomShares random = new RandomShares(operation);
        Opening opening = new Opening(operation);
        long[] q = opening.open(random.fr(1), "rows/q", OpeningClass.INDEPENDENT);
        List<FrShares> left = new ArrayList<>();
        List<FrShares> right = new ArrayList<>();
        FrShares rest = FrShares.zeros(1);
        long[] power = Fr.one();
        for (JsonNode row : vector.inputs().get("rows")) {
            left.add(combination(row.get(0), wires).times(power));
            right.add(combination(row.get(1), wires));
            rest = rest.plus(combination(row.get(2), wires).times(power));
            power = FrVector.multiply(power, q);
        }
        FrShares v = new DotProduct(operation)
                .dot(FrShares.concat(left), FrShares.concat(right), "rows/v")
                .minus(rest);
        FrShares masked = new Multiplication(operation).multiply(random.fr(1), v);
        return opening.open(masked, "rows/tv", OpeningClass.VERIFIED);
    }

    private static FrShares combination(JsonNode row, FrShares wires) {
        FrShares out = FrShares.zeros(1);
        for (Iterator<Map.Entry<String, JsonNode>> terms = row.fields(); terms.hasNext(); ) {
            Map.Entry<String, JsonNode> term = terms.next();
            long[] coefficient = Clear.fr(List.of(new BigInteger(term.getValue().asText())));
            out = out.plus(wires.slice(Integer.parseInt(term.getKey()), 1).times(coefficient));
        }
        return out;
    }
}

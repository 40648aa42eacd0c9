package io.veilflow.mpc.replicated;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.veilflow.datasets.vectors.VectorFile;
import io.veilflow.mpc.field.P61;
import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.field.Words;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.replicated.compare.AllOnes;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.testing.SpecCase;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Products, inner products, AND and what is made of AND alone, byte for byte. */
class ProductVectorTest {
    private static final VectorFile PRODUCTS = VectorFile.spec("mult");
    private static final VectorFile BITS = VectorFile.spec("bits");

    @Test
    void productsInFr() {
        SpecCase vector = new SpecCase(PRODUCTS.caseNamed("mult Fr"));
        SpecCase.assertFr(vector.outputs().get("z"), vector.run(operation -> new Multiplication(operation)
                .multiply(fr(vector, operation, "x"), fr(vector, operation, "y"))));
    }

    @Test
    void innerProductsInFr() {
        SpecCase vector = new SpecCase(PRODUCTS.caseNamed("dot Fr: x*y + y*y + x*x per element"));
        SpecCase.assertFr(vector.outputs().get("z"), vector.run(operation -> {
            ElementShares x = fr(vector, operation, "x");
            ElementShares y = fr(vector, operation, "y");
            return new DotProduct(operation)
                    .dots(interleave(x, y, x), interleave(y, y, x), x.count(), Multiplication.LABEL);
        }));
    }

    private static ElementShares interleave(ElementShares a, ElementShares b, ElementShares c) {
        List<ElementShares> parts = new ArrayList<>();
        for (int k = 0; k < a.count(); k++) {
            parts.add(a.slice(k, 1));
            parts.add(b.slice(k, 1));
            parts.add(c.slice(k, 1));
        }
        return ElementShares.concat(PrimeField.FR, parts);
    }

    /** F_p61 has no share type before an operator needs one; its arithmetic and its PRSS elements are those of the vectors. */
    @Test
    void productsInP61FromTheFormula() {
        SpecCase vector = new SpecCase(PRODUCTS.caseNamed("mult F_p61"));
        List<String> own = vector.run(operation -> {
            JsonNode x = vector.inputs().get("x");
            JsonNode y = vector.inputs().get("y");
            long[] xOwn = p61(x, operation.self());
            long[] xNext = p61(x, operation.self().next());
            long[] yOwn = p61(y, operation.self());
            long[] yNext = p61(y, operation.self().next());
            long[] z = p61Mask(operation, xOwn.length);
            for (int k = 0; k < z.length; k++) {
                long local = P61.mul(xOwn[k], P61.add(yOwn[k], yNext[k]));
                z[k] = P61.add(z[k], P61.add(local, P61.mul(xNext[k], yOwn[k])));
            }
            operation.send(operation.self().previous(), Multiplication.LABEL, Words.encode(z));
            return HexFormat.of().formatHex(Words.encode(z));
        });
        assertEquals(SpecCase.texts(vector.outputs().get("z")), own);
    }

    private static long[] p61(JsonNode components, PartyId holder) {
        byte[] bytes = HexFormat.of().parseHex(components.get(holder.index()).asText());
        long[] out = new long[bytes.length / P61.BYTES];
        for (int k = 0; k < out.length; k++) {
            out[k] = P61.decode(bytes, k * P61.BYTES);
        }
        return out;
    }

    private static long[] p61Mask(Operation operation, int count) {
        long[] own = new long[count];
        long[] next = new long[count];
        operation.stream(operation.self().index(), "mul/F_p61").elements(PrimeField.P61, own, 0, count);
        operation.stream(operation.self().next().index(), "mul/F_p61").elements(PrimeField.P61, next, 0, count);
        for (int k = 0; k < count; k++) {
            own[k] = P61.sub(own[k], next[k]);
        }
        return own;
    }

    @Test
    void and() {
        for (JsonNode node : BITS.casesNamed("and")) {
            SpecCase vector = new SpecCase(node);
            SpecCase.assertBits(vector.outputs().get("z"), vector.run(operation -> new BitAnd(operation)
                    .and(bits(vector, operation, "x"), bits(vector, operation, "y"))));
        }
    }

    @Test
    void equalityIsAllOnesOfNotXor() {
        for (JsonNode node : BITS.casesNamed("equal")) {
            SpecCase vector = new SpecCase(node);
            SpecCase.assertBits(vector.outputs().get("z"), vector.run(operation -> new AllOnes(operation)
                    .reduce(bits(vector, operation, "x")
                            .xor(bits(vector, operation, "y"))
                            .not(operation.self()))));
        }
    }

    @Test
    void selectionIsOneAnd() {
        for (JsonNode node : BITS.casesNamed("mux")) {
            SpecCase vector = new SpecCase(node);
            SpecCase.assertBits(vector.outputs().get("z"), vector.run(operation -> {
                BitShares a = bits(vector, operation, "x");
                BitShares b = bits(vector, operation, "y");
                BitShares selector = bits(vector, operation, "sel").repeat(a.planes());
                return new BitAnd(operation).and(selector, a.xor(b)).xor(b);
            }));
        }
    }

    @Test
    void unsignedLessThanIsACarryChain() {
        for (JsonNode node : BITS.casesNamed("less than")) {
            SpecCase vector = new SpecCase(node);
            SpecCase.assertBits(vector.outputs().get("z"), vector.run(operation -> {
                BitShares notX = bits(vector, operation, "x").not(operation.self());
                BitShares y = bits(vector, operation, "y");
                BitAnd products = new BitAnd(operation);
                BitShares carry = products.and(notX.plane(0), y.plane(0));
                for (int k = 1; k < y.planes(); k++) {
                    BitShares a = notX.plane(k);
                    carry = products.and(carry.xor(a), a.xor(y.plane(k))).xor(a);
                }
                return carry;
            }));
        }
    }

    private static ElementShares fr(SpecCase vector, Operation operation, String name) {
        return SpecCase.fr(operation.self(), vector.inputs().get(name));
    }

    private static BitShares bits(SpecCase vector, Operation operation, String name) {
        return SpecCase.bits(
                operation.self(),
                vector.inputs().get(name),
                vector.inputs().get("n").asInt());
    }
}

package io.veilflow.zk.joint;

import io.veilflow.nativelib.CircuitSummary;
import io.veilflow.nativelib.WitnessShare;
import io.veilflow.zk.commitment.G1Point;
import io.veilflow.zk.field.ScalarField;
import io.veilflow.zk.field.SecretScalars;
import io.veilflow.zk.rule.PublicPart;
import io.veilflow.zk.rule.PublicValues;
import io.veilflow.zk.rule.Rule;
import io.veilflow.zk.statement.CircuitLayout;
import io.veilflow.zk.statement.ContextHash;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One party's share of all inputs of a window's circuit, put into the order of docs/wire.md section 3. What everybody
 * knows goes in as itself; word 0, which holds the outputs, is still a share in round one (PROTOCOLS section 8.2).
 *
 * @param party 0 to 2
 * @param context of the window
 * @param publicInputs FEED and PARAMETER in declared order
 * @param outputs shares of the outputs, in the rule's order
 * @param book shares of the book wires
 * @param bookBits shares of their bits
 * @param advice shares of flags and difference bits
 * @param mask the sum of the contributors' blindings, one element
 * @param expected D, the sum of the manifest's commitments
 */
public record WindowWitness(
        int party,
        ContextHash context,
        List<BigInteger> publicInputs,
        FieldShares outputs,
        FieldShares book,
        FieldShares bookBits,
        FieldShares advice,
        FieldShares mask,
        G1Point expected) {

    /**
     * A fresh native share; the caller closes it. The vectors here are copied and stay the caller's.
     *
     * @throws IllegalArgumentException naming the group with a wrong number of elements
     */
    public WitnessShare share(Rule rule, CircuitSummary circuit) {
        CircuitLayout layout = CircuitLayout.of(rule);
        layout.requireSame(rule, circuit);
        requireCount(outputs, rule.outputs().size(), "outputs");
        requireCount(book, layout.book(), "book");
        requireCount(bookBits, layout.bookBits(), "book bits");
        requireCount(advice, layout.advice(), "advice");
        requireCount(mask, 1, "mask");
        List<BigInteger> knownWords = knownWords(rule);
        WitnessShare share = WitnessShare.of(circuit, mask.own(), mask.next(), expected.bytes());
        share.appendKnown(ScalarField.encode(context.value()));
        try (FieldShares outputWord = outputWord(rule, knownWords.get(0))) {
            share.appendShared(outputWord.own(), outputWord.next());
        }
        share.appendKnown(ScalarField.encode(knownWords.subList(1, knownWords.size())));
        share.appendShared(book.own(), book.next());
        share.appendKnown(ScalarField.encode(publicInputs));
        share.appendKnown(ScalarField.encode(publicBits(rule)));
        share.appendShared(bookBits.own(), bookBits.next());
        share.appendShared(advice.own(), advice.next());
        return share;
    }

    @Override
    public String toString() {
        return "WindowWitness[party " + party + "]";
    }

    /** The words as they are if all outputs are zero. */
    private List<BigInteger> knownWords(Rule rule) {
        List<BigInteger> zeros =
                rule.outputs().stream().map(output -> BigInteger.ZERO).toList();
        return rule.publicWords().pack(new PublicValues(zeros, publicInputs));
    }

    /** Word 0: the outputs at their places, plus what everybody knows of it, a constant in component 0. */
    private FieldShares outputWord(Rule rule, BigInteger known) {
        byte[] own = new byte[ScalarField.BYTES];
        byte[] next = new byte[ScalarField.BYTES];
        for (PublicPart part : rule.publicWords().parts()) {
            if (part.source() == PublicPart.Source.OUTPUT) {
                byte[] place = ScalarField.encode(BigInteger.ONE.shiftLeft(part.offset()));
                own = plusScaled(own, outputs.own(), part.index(), place);
                next = plusScaled(next, outputs.next(), part.index(), place);
            }
        }
        byte[] constant = ScalarField.encode(known);
        if (party == 0) {
            own = SecretScalars.add(own, constant);
        } else if (party == 2) {
            next = SecretScalars.add(next, constant);
        }
        return FieldShares.of(own, next);
    }

    private static byte[] plusScaled(byte[] sum, byte[] components, int index, byte[] factor) {
        int from = index * ScalarField.BYTES;
        byte[] component = Arrays.copyOfRange(components, from, from + ScalarField.BYTES);
        byte[] scaled = SecretScalars.scale(component, factor);
        byte[] result = SecretScalars.add(sum, scaled);
        Arrays.fill(component, (byte) 0);
        Arrays.fill(scaled, (byte) 0);
        Arrays.fill(sum, (byte) 0);
        return result;
    }

    private List<BigInteger> publicBits(Rule rule) {
        List<BigInteger> bits = new ArrayList<>();
        for (int input = 0; input < publicInputs.size(); input++) {
            for (int bit = 0; bit < rule.publicInputs().get(input).bits(); bit++) {
                bits.add(publicInputs.get(input).testBit(bit) ? BigInteger.ONE : BigInteger.ZERO);
            }
        }
        return bits;
    }

    private static void requireCount(FieldShares shares, int count, String group) {
        if (shares.count() != count) {
            throw new IllegalArgumentException(group + ": " + shares.count() + " shares, not " + count);
        }
    }
}

package io.veilflow.zk.joint;

import io.veilflow.nativelib.CircuitSummary;
import io.veilflow.nativelib.WitnessShare;
import io.veilflow.zk.commitment.G1Point;
import io.veilflow.zk.field.ScalarField;
import io.veilflow.zk.rule.PublicValues;
import io.veilflow.zk.rule.Rule;
import io.veilflow.zk.statement.CircuitLayout;
import io.veilflow.zk.statement.ContextHash;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * One party's share of all inputs of a window's circuit, put into the order of docs/wire.md section 3. What everybody
 * knows goes in as itself; the variable words, which hold the outputs, are still shares in round one (PROTOCOLS section 8.2).
 *
 * @param party 0 to 2
 * @param context of the window
 * @param publicInputs FEED and PARAMETER in declared order
 * @param variableWords shares of the words that hold outputs and FEED inputs
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
        FieldShares variableWords,
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
        requireCount(variableWords, rule.publicWords().variableWords(), "variable words");
        requireCount(book, layout.book(), "book");
        requireCount(bookBits, layout.bookBits(), "book bits");
        requireCount(advice, layout.advice(), "advice");
        requireCount(mask, 1, "mask");
        WitnessShare share = WitnessShare.of(circuit, mask.own(), mask.next(), expected.bytes());
        share.appendKnown(ScalarField.encode(context.value()));
        share.appendShared(variableWords.own(), variableWords.next());
        share.appendKnown(ScalarField.encode(parameterWords(rule)));
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

    /** The words that hold PARAMETER inputs alone. */
    private List<BigInteger> parameterWords(Rule rule) {
        List<BigInteger> noOutput =
                rule.outputs().stream().map(output -> BigInteger.ZERO).toList();
        List<BigInteger> words = rule.publicWords().pack(new PublicValues(noOutput, publicInputs));
        return words.subList(rule.publicWords().variableWords(), words.size());
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

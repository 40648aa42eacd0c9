package io.veilflow.zk.joint;

import io.veilflow.nativelib.CircuitSummary;
import io.veilflow.nativelib.WitnessShare;
import io.veilflow.zk.commitment.G1Point;
import io.veilflow.zk.field.ScalarField;
import io.veilflow.zk.rule.Rule;
import io.veilflow.zk.rule.UsedSlots;
import io.veilflow.zk.statement.CircuitLayout;
import io.veilflow.zk.statement.ContextHash;
import java.math.BigInteger;
import java.util.List;

/**
 * One party's share of all inputs of a window's circuit, put into the order of docs/wire.md section 3. What everybody
 * knows goes in as itself; the variable words, which hold the outputs, are still shares in round one (PROTOCOLS section 8.2).
 *
 * @param party 0 to 2
 * @param context of the window
 * @param publicInputs FEED and PARAMETER in declared order
 * @param used slots in use
 * @param variableWords shares of the words that hold outputs, FEED inputs and used slots
 * @param book shares of the book wires
 * @param limbs shares of the limbs of all ranges, the public ones included
 * @param counts shares of the numbers of lookups
 * @param bits shares of the bits of all ranges, the public ones included
 * @param advice shares of the flags
 * @param mask the sum of the contributors' blindings, one element
 * @param limbMask of the second commitment, one element that nobody knows, fresh in every attempt; none without limbs
 * @param expected D, the sum of the manifest's commitments
 */
public record WindowWitness(
        int party,
        ContextHash context,
        List<BigInteger> publicInputs,
        UsedSlots used,
        FieldShares variableWords,
        FieldShares book,
        FieldShares limbs,
        FieldShares counts,
        FieldShares bits,
        FieldShares advice,
        FieldShares mask,
        FieldShares limbMask,
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
        requireCount(limbs, layout.limbs(), "limbs");
        requireCount(counts, layout.counts(), "counts");
        requireCount(bits, layout.bits(), "bits");
        requireCount(advice, layout.advice(), "advice");
        requireCount(mask, 1, "mask");
        requireCount(limbMask, rule.limbBits() == 0 ? 0 : 1, "limb mask");
        WitnessShare share =
                WitnessShare.of(circuit, mask.own(), mask.next(), limbMask.own(), limbMask.next(), expected.bytes());
        share.appendKnown(ScalarField.encode(context.value()));
        share.appendShared(variableWords.own(), variableWords.next());
        share.appendKnown(ScalarField.encode(rule.publicWords().packParameters(publicInputs)));
        share.appendShared(book.own(), book.next());
        share.appendKnown(ScalarField.encode(publicInputs));
        share.appendKnown(ScalarField.encode(used.askedBits()));
        share.appendShared(limbs.own(), limbs.next());
        share.appendShared(counts.own(), counts.next());
        share.appendShared(bits.own(), bits.next());
        share.appendShared(advice.own(), advice.next());
        return share;
    }

    @Override
    public String toString() {
        return "WindowWitness[party " + party + "]";
    }

    private static void requireCount(FieldShares shares, int count, String group) {
        if (shares.count() != count) {
            throw new IllegalArgumentException(group + ": " + shares.count() + " shares, not " + count);
        }
    }
}

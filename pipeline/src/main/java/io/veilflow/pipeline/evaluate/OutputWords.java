package io.veilflow.pipeline.evaluate;

import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.zk.rule.PublicPart;
import io.veilflow.zk.rule.PublicWords;
import io.veilflow.zk.rule.Rule;
import io.veilflow.zk.rule.UsedSlots;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Packs shared outputs, public feed values and used slots into the variable public words (docs/wire.md 3): a local linear map. */
final class OutputWords {
    private final PartyId self;
    private final Rule rule;

    OutputWords(PartyId self, Rule rule) {
        this.self = self;
        this.rule = rule;
    }

    ElementShares pack(ElementShares outputs, List<BigInteger> publicInputs, UsedSlots used) {
        PublicWords layout = rule.publicWords();
        List<ElementShares> words = new ArrayList<>();
        for (int word = 0; word < layout.variableWords(); word++) {
            words.add(ElementShares.zeros(PrimeField.FR, 1));
        }
        for (PublicPart part : layout.parts()) {
            BigInteger place = BigInteger.ONE.shiftLeft(part.offset());
            switch (part.source()) {
                case OUTPUT -> {
                    ElementShares value = outputs.slice(part.index(), 1).times(new PublicScalar(place).element());
                    words.set(part.word(), words.get(part.word()).plus(value));
                }
                case FEED -> {
                    PublicScalar value =
                            new PublicScalar(publicInputs.get(part.index()).multiply(place));
                    words.set(part.word(), words.get(part.word()).plusPublic(self, value.element()));
                }
                case USED -> {
                    PublicScalar value =
                            new PublicScalar(used.askedBits().get(part.index()).multiply(place));
                    words.set(part.word(), words.get(part.word()).plusPublic(self, value.element()));
                }
                case PARAMETER -> {
                    // stands in the words that everybody computes alone
                }
            }
        }
        return ElementShares.concat(PrimeField.FR, words);
    }
}

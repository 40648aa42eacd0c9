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
        List<BigInteger> usedBits = used.askedBits();
        for (PublicPart part : layout.parts()) {
            switch (part.source()) {
                case OUTPUT -> {
                    PublicNumbers place = PublicNumbers.scalar(BigInteger.ONE.shiftLeft(part.offset()));
                    ElementShares value = outputs.slice(part.index(), 1).times(place.elements());
                    words.set(part.word(), words.get(part.word()).plus(value));
                }
                case FEED -> addPublic(words, part, publicInputs.get(part.index()));
                case USED -> addPublic(words, part, usedBits.get(part.index()));
                case PARAMETER -> {
                    // stands in the words that everybody computes alone
                }
            }
        }
        return ElementShares.concat(PrimeField.FR, words);
    }

    private void addPublic(List<ElementShares> words, PublicPart part, BigInteger value) {
        PublicNumbers placed = PublicNumbers.scalar(value.shiftLeft(part.offset()));
        words.set(part.word(), words.get(part.word()).plusPublic(self, placed.elements()));
    }
}

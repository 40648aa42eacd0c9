package io.veilflow.pipeline.post;

import io.veilflow.zk.rule.PublicPart;
import io.veilflow.zk.rule.Rule;

/**
 * Where a value stands among a job's outputs on the chain (docs/wire.md, section 3), as consumers are told.
 *
 * @param word output word, from 0
 * @param offset lowest bit in the word
 * @param bits width
 */
public record PublishedPlace(int word, int offset, int bits) {
    /**
     * The first value of an output.
     *
     * @throws IllegalArgumentException if the rule has no such output
     */
    public static PublishedPlace of(Rule rule, String output) {
        int value = 0;
        for (int index = 0; index < rule.outputs().size(); index++) {
            if (rule.outputs().get(index).name().equals(output)) {
                return of(part(rule, value));
            }
            value += rule.valuesOfOutput(index);
        }
        throw new IllegalArgumentException(rule + " has no output " + output);
    }

    private static PublishedPlace of(PublicPart part) {
        return new PublishedPlace(part.word(), part.offset(), part.width());
    }

    private static PublicPart part(Rule rule, int value) {
        return rule.publicWords().parts().stream()
                .filter(part -> part.source() == PublicPart.Source.OUTPUT && part.index() == value)
                .findFirst()
                .orElseThrow();
    }
}

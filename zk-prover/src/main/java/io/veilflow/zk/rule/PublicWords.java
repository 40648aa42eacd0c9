package io.veilflow.zk.rule;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How outputs and public inputs are packed into few field elements (docs/wire.md section 3): outputs, then FEED inputs
 * from bit 0 upwards into words of at most 253 bits, a part that does not fit begins the next word; PARAMETER inputs
 * begin a new word. The contract unpacks the same parts.
 */
public final class PublicWords {
    private final List<PublicPart> parts;
    private final int variableWords;
    private final int parameterWords;
    private final int outputCount;
    private final int publicInputCount;

    private PublicWords(List<PublicPart> parts, int variableWords, int parameterWords, Rule rule) {
        this.parts = List.copyOf(parts);
        this.variableWords = variableWords;
        this.parameterWords = parameterWords;
        this.outputCount = rule.outputs().size();
        this.publicInputCount = rule.publicInputs().size();
    }

    static PublicWords of(Rule rule) {
        Layout layout = new Layout();
        for (int output = 0; output < rule.outputs().size(); output++) {
            String name = rule.outputs().get(output).name();
            layout.place(name, PublicPart.Source.OUTPUT, output, rule.outputBits(output));
        }
        layout.placeInputs(rule, Origin.FEED, PublicPart.Source.FEED);
        int variable = layout.closeWord();
        layout.placeInputs(rule, Origin.PARAMETER, PublicPart.Source.PARAMETER);
        int all = layout.closeWord();
        return new PublicWords(layout.parts, variable, all - variable, rule);
    }

    /** In packing order: outputs, FEED, PARAMETER. */
    public List<PublicPart> parts() {
        return parts;
    }

    public int count() {
        return variableWords + parameterWords;
    }

    /** Words of outputs and FEED inputs; they come first. */
    public int variableWords() {
        return variableWords;
    }

    public int parameterWords() {
        return parameterWords;
    }

    /** @throws RuleException INPUT_OUT_OF_RANGE naming the part that does not fit its width */
    public List<BigInteger> pack(PublicValues values) {
        if (values.outputs().size() != outputCount || values.publicInputs().size() != publicInputCount) {
            throw outOfRange(values.outputs().size() + " outputs and "
                    + values.publicInputs().size() + " public inputs, not " + outputCount + " and " + publicInputCount);
        }
        BigInteger[] words = new BigInteger[count()];
        Arrays.fill(words, BigInteger.ZERO);
        for (PublicPart part : parts) {
            BigInteger value = valueOf(part, values);
            if (value.signum() < 0 || value.bitLength() > part.width()) {
                throw outOfRange(part.name() + " does not fit " + part.width() + " bits");
            }
            words[part.word()] = words[part.word()].or(value.shiftLeft(part.offset()));
        }
        return List.of(words);
    }

    /** @throws RuleException INPUT_OUT_OF_RANGE if the words hold a bit outside every part */
    public PublicValues unpack(List<BigInteger> words) {
        if (words.size() != count()) {
            throw outOfRange(words.size() + " words, not " + count());
        }
        BigInteger[] outputs = new BigInteger[outputCount];
        BigInteger[] inputs = new BigInteger[publicInputCount];
        for (PublicPart part : parts) {
            BigInteger mask = BigInteger.ONE.shiftLeft(part.width()).subtract(BigInteger.ONE);
            BigInteger value = words.get(part.word()).shiftRight(part.offset()).and(mask);
            switch (part.source()) {
                case OUTPUT -> outputs[part.index()] = value;
                case FEED, PARAMETER -> inputs[part.index()] = value;
            }
        }
        PublicValues values = new PublicValues(List.of(outputs), List.of(inputs));
        if (!pack(values).equals(words)) {
            throw outOfRange("the words hold bits that belong to no part");
        }
        return values;
    }

    private static BigInteger valueOf(PublicPart part, PublicValues values) {
        return switch (part.source()) {
            case OUTPUT -> values.outputs().get(part.index());
            case FEED, PARAMETER -> values.publicInputs().get(part.index());
        };
    }

    private static RuleException outOfRange(String message) {
        return new RuleException(RuleException.Reason.INPUT_OUT_OF_RANGE, message);
    }

    private static final class Layout {
        private final List<PublicPart> parts = new ArrayList<>();
        private int word;
        private int offset;

        void placeInputs(Rule rule, Origin origin, PublicPart.Source source) {
            for (int index = 0; index < rule.publicInputs().size(); index++) {
                PublicInput input = rule.publicInputs().get(index);
                if (input.origin() == origin) {
                    place(input.name(), source, index, input.bits());
                }
            }
        }

        void place(String name, PublicPart.Source source, int index, int width) {
            if (offset + width > RuleLimits.WORD_BITS) {
                closeWord();
            }
            parts.add(new PublicPart(name, source, index, word, offset, width));
            offset += width;
        }

        /** Ends the word if anything stands in it; returns the number of words so far. */
        int closeWord() {
            if (offset > 0) {
                word++;
                offset = 0;
            }
            return word;
        }
    }
}

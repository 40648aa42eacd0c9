package io.veilflow.zk.rule;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;

/**
 * How outputs and public inputs are packed into few field elements (docs/wire.md section 3): the values of the outputs, FEED
 * inputs, used slots, from bit 0 upwards into words of at most 253 bits, a part that does not fit begins the next word;
 * PARAMETER inputs begin a new word. The contract unpacks the same parts.
 */
public final class PublicWords {
    private final List<PublicPart> parts;
    private final int variableWords;
    private final int parameterWords;
    private final int outputWords;
    private final Rule rule;

    private PublicWords(List<PublicPart> parts, int variableWords, int parameterWords, Rule rule) {
        this.parts = List.copyOf(parts);
        this.variableWords = variableWords;
        this.parameterWords = parameterWords;
        this.rule = rule;
        this.outputWords = 1
                + parts.stream()
                        .filter(part -> part.source() == PublicPart.Source.OUTPUT)
                        .mapToInt(PublicPart::word)
                        .max()
                        .orElseThrow();
        if (outputWords > RuleLimits.OUTPUT_WORDS_MAX) {
            throw new RuleException(
                    RuleException.Reason.OUTPUT_BITS,
                    "the outputs need " + outputWords + " words of " + RuleLimits.WORD_BITS + " bits, at most "
                            + RuleLimits.OUTPUT_WORDS_MAX);
        }
    }

    static PublicWords of(Rule rule) {
        Layout layout = new Layout();
        int at = 0;
        for (int output = 0; output < rule.outputs().size(); output++) {
            String name = rule.outputs().get(output).name();
            boolean scalar =
                    rule.nodes().get(rule.outputs().get(output).node()).shape().isScalar();
            for (int value = 0; value < rule.valuesOfOutput(output); value++) {
                String of = scalar ? name : name + "[" + value + "]";
                layout.place(of, PublicPart.Source.OUTPUT, at++, rule.outputBits(output));
            }
        }
        layout.placeInputs(rule, Origin.FEED, PublicPart.Source.FEED);
        layout.placeUsed(rule);
        int variable = layout.closeWord();
        layout.placeInputs(rule, Origin.PARAMETER, PublicPart.Source.PARAMETER);
        int all = layout.closeWord();
        return new PublicWords(layout.parts, variable, all - variable, rule);
    }

    /** In packing order: outputs, FEED, used slots, PARAMETER. */
    public List<PublicPart> parts() {
        return parts;
    }

    public int count() {
        return variableWords + parameterWords;
    }

    /** Words of outputs, FEED inputs and used slots; they come first. */
    public int variableWords() {
        return variableWords;
    }

    /** The first words, that hold outputs; the last of them can hold other parts behind them. */
    public int outputWords() {
        return outputWords;
    }

    public int parameterWords() {
        return parameterWords;
    }

    /** @throws RuleException INPUT_OUT_OF_RANGE naming the part that does not fit its width */
    public List<BigInteger> pack(PublicValues values) {
        if (values.outputs().size() != rule.outputValues()
                || values.publicInputs().size() != rule.publicInputs().size()) {
            throw outOfRange(values.outputs().size() + " outputs and "
                    + values.publicInputs().size() + " public inputs, not " + rule.outputValues() + " and "
                    + rule.publicInputs().size());
        }
        if (!values.used().belongsTo(rule)) {
            throw outOfRange("used slots of another rule");
        }
        List<BigInteger> used = values.used().askedBits();
        BigInteger[] words = new BigInteger[count()];
        Arrays.fill(words, BigInteger.ZERO);
        for (PublicPart part : parts) {
            BigInteger value = valueOf(part, values, used);
            if (value.signum() < 0 || value.bitLength() > part.width()) {
                throw outOfRange(part.name() + " does not fit " + part.width() + " bits");
            }
            words[part.word()] = words[part.word()].or(value.shiftLeft(part.offset()));
        }
        return List.of(words);
    }

    /** The parameter words alone; values of FEED inputs do not count. */
    public List<BigInteger> packParameters(List<BigInteger> publicInputs) {
        List<BigInteger> noOutputs = Collections.nCopies(rule.outputValues(), BigInteger.ZERO);
        List<BigInteger> words = pack(new PublicValues(noOutputs, publicInputs, UsedSlots.all(rule)));
        return words.subList(variableWords, count());
    }

    /** @throws RuleException INPUT_OUT_OF_RANGE if the words hold a bit outside every part */
    public PublicValues unpack(List<BigInteger> words) {
        if (words.size() != count()) {
            throw outOfRange(words.size() + " words, not " + count());
        }
        BigInteger[] outputs = new BigInteger[rule.outputValues()];
        BigInteger[] inputs = new BigInteger[rule.publicInputs().size()];
        BitSet used = new BitSet();
        for (PublicPart part : parts) {
            BigInteger mask = BigInteger.ONE.shiftLeft(part.width()).subtract(BigInteger.ONE);
            BigInteger value = words.get(part.word()).shiftRight(part.offset()).and(mask);
            switch (part.source()) {
                case OUTPUT -> outputs[part.index()] = value;
                case FEED, PARAMETER -> inputs[part.index()] = value;
                case USED -> used.set(part.index(), value.signum() > 0);
            }
        }
        PublicValues values = new PublicValues(List.of(outputs), List.of(inputs), UsedSlots.ofBits(rule, used));
        if (!pack(values).equals(words)) {
            throw outOfRange("the words hold bits that belong to no part");
        }
        return values;
    }

    private static BigInteger valueOf(PublicPart part, PublicValues values, List<BigInteger> used) {
        return switch (part.source()) {
            case OUTPUT -> values.outputs().get(part.index());
            case FEED, PARAMETER -> values.publicInputs().get(part.index());
            case USED -> used.get(part.index());
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

        void placeUsed(Rule rule) {
            int at = 0;
            for (int role : rule.usedRoles()) {
                for (int slot = 0; slot < rule.roles().get(role).slots(); slot++) {
                    String name = rule.roles().get(role).name() + "[" + slot + "].used";
                    place(name, PublicPart.Source.USED, at++, 1);
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

package io.veilflow.zk.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.zk.rule.job.MarketHealthRule;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PublicWordsTest {
    private static final BigInteger LARGEST_PRICE = Interval.ofBits(64).max();

    private static PublicValues values(Rule rule, int level, BigInteger input) {
        List<BigInteger> inputs = new ArrayList<>();
        for (PublicInput declared : rule.publicInputs()) {
            inputs.add(input.min(Interval.ofBits(declared.bits()).max()));
        }
        return PublicValues.allUsed(rule, List.of(BigInteger.valueOf(level)), inputs);
    }

    @Test
    void threeAssetsNeedOneVariableAndOneParameterWord() {
        PublicWords words = MarketHealthRule.of(3, 16).rule().publicWords();
        assertEquals(1, words.variableWords());
        assertEquals(1, words.parameterWords());
        assertEquals(
                new PublicPart("level", PublicPart.Source.OUTPUT, 0, 0, 0, 2),
                words.parts().get(0));
        assertEquals(
                new PublicPart("price-2", PublicPart.Source.FEED, 2, 0, 130, 64),
                words.parts().get(3));
        assertEquals(
                new PublicPart("threshold-0", PublicPart.Source.PARAMETER, 3, 1, 0, 14),
                words.parts().get(4));
        assertEquals(
                new PublicPart("limit-2", PublicPart.Source.PARAMETER, 8, 1, 70, 14),
                words.parts().get(9));
    }

    @Test
    void aPartThatDoesNotFitBeginsTheNextWord() {
        // 2 + 3*64 = 194 bits; the fourth price would reach 258
        PublicWords words = MarketHealthRule.of(4, 1).rule().publicWords();
        assertEquals(
                new PublicPart("price-3", PublicPart.Source.FEED, 3, 1, 0, 64),
                words.parts().get(4));
        assertEquals(2, words.variableWords());
        PublicPart firstParameter = words.parts().get(5);
        assertEquals(2, firstParameter.word());
    }

    @Test
    void sixteenAssetsPackIntoSixAndTwoWords() {
        PublicWords words = MarketHealthRule.of(16, 1).rule().publicWords();
        assertEquals(6, words.variableWords());
        assertEquals(2, words.parameterWords());
        assertTrue(words.parts().stream().allMatch(part -> part.offset() + part.width() <= 253));
    }

    @Test
    void unpackingReversesPackingAtTheExtremes() {
        for (int assets : new int[] {1, 3, 4, 16}) {
            Rule rule = MarketHealthRule.of(assets, 2).rule();
            for (BigInteger input : List.of(BigInteger.ZERO, BigInteger.ONE, LARGEST_PRICE)) {
                PublicValues values = values(rule, 3, input);
                List<BigInteger> packed = rule.publicWords().pack(values);
                assertTrue(packed.stream().allMatch(word -> word.bitLength() <= 253));
                assertEquals(values, rule.publicWords().unpack(packed));
            }
        }
    }

    @Test
    void aValueThatDoesNotFitItsPartIsRefusedByName() {
        Rule rule = MarketHealthRule.of(1, 1).rule();
        RuleException level =
                assertThrows(RuleException.class, () -> rule.publicWords().pack(values(rule, 4, BigInteger.ZERO)));
        assertTrue(level.getMessage().contains("level does not fit 2 bits"), level.getMessage());
        PublicValues negative = PublicValues.allUsed(
                rule,
                List.of(BigInteger.ONE),
                List.of(BigInteger.ONE.negate(), BigInteger.ONE, BigInteger.ONE, BigInteger.ONE, BigInteger.ONE));
        assertTrue(assertThrows(RuleException.class, () -> rule.publicWords().pack(negative))
                .getMessage()
                .contains("price-0"));
    }

    @Test
    void bitsThatBelongToNoPartAreRefused() {
        Rule rule = MarketHealthRule.of(1, 1).rule();
        List<BigInteger> words = new ArrayList<>(rule.publicWords().pack(values(rule, 1, BigInteger.TEN)));
        words.set(0, words.get(0).setBit(66));
        assertThrows(RuleException.class, () -> rule.publicWords().unpack(words));
        assertThrows(RuleException.class, () -> rule.publicWords().unpack(words.subList(0, 1)));
    }
}

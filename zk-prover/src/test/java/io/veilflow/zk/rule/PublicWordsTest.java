package io.veilflow.zk.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.zk.rule.job.MarketHealthRule;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
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
    @DisplayName("E21: public are outputs, fed values, used slots and parameters, in this order, and nothing else")
    void thePartsAreTheDocumentedListInItsOrder() {
        RuleBuilder rule = RuleBuilder.named("parts");
        Expression weight = rule.parameter("weight", 7);
        RoleBuilder fund = rule.role("fund", 2);
        RoleBuilder bank = rule.role("bank", List.of(1, 2));
        Expression amount = bank.secret("amount", 250 - 188);
        Expression share = fund.secret("share", 3).times(fund.used());
        Expression rate = rule.feed("rate", 5);
        Expression limit = rule.parameter("limit", 3);
        Expression price = rule.feed("price", 9);
        rule.outputEach("amount", amount.times(bank.used()))
                .output("shares", share.times(price.times(rate)).sumOverSlots())
                .outputEach("owner", amount.times(weight.times(limit)).sumByOwner());
        List<String> parts = rule.build().publicWords().parts().stream()
                .map(part -> part.word() + ":" + part.offset() + "+" + part.width() + " " + part.name() + " "
                        + part.source() + " " + part.index())
                .toList();
        assertEquals(
                List.of(
                        "0:0+62 amount[0] OUTPUT 0",
                        "0:62+62 amount[1] OUTPUT 1",
                        "0:124+62 amount[2] OUTPUT 2",
                        "0:186+18 shares OUTPUT 3",
                        "1:0+73 owner[0] OUTPUT 4",
                        "1:73+73 owner[1] OUTPUT 5",
                        "1:146+5 rate FEED 1",
                        "1:151+9 price FEED 3",
                        "1:160+1 fund[0].used USED 0",
                        "1:161+1 fund[1].used USED 1",
                        "1:162+1 bank[0].used USED 2",
                        "1:163+1 bank[1].used USED 3",
                        "1:164+1 bank[2].used USED 4",
                        "2:0+7 weight PARAMETER 0",
                        "2:7+3 limit PARAMETER 2"),
                parts);
        assertEquals(2, rule.build().publicWords().outputWords());
        assertEquals(2, rule.build().publicWords().variableWords());
    }

    @Test
    void parameterWordsAreThoseOfEveryWindow() {
        Rule rule = MarketHealthRule.of(4, 1).rule();
        PublicValues values = values(rule, 2, BigInteger.TEN);
        List<BigInteger> all = rule.publicWords().pack(values);
        int variable = rule.publicWords().variableWords();
        assertEquals(all.subList(variable, all.size()), rule.publicWords().packParameters(values.publicInputs()));
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

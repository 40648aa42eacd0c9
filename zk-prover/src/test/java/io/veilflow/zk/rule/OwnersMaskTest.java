package io.veilflow.zk.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How an owner reads its own values out of the registry's words (docs/rules.md), and what everybody else sees there. */
class OwnersMaskTest {
    private static final int SCORE_BITS = 10;
    private static final int MASK_BITS = SCORE_BITS + 40;
    private static final BigInteger BELOW = BigInteger.ONE.shiftLeft(SCORE_BITS);

    private final Random random = new Random(20_261_123);
    private final Rule rule = rule();

    /** A total, and to each of four slots a score of its own, of which the first two have one owner and the others another. */
    private static Rule rule() {
        RuleBuilder rule = RuleBuilder.named("own-scores");
        RoleBuilder slot = rule.role("slot", List.of(2, 2));
        Expression score = slot.secret("score", 0, 1000);
        return rule.output("total", score.sumOverSlots())
                .outputEachToOwner("own", score, slot.secret("mask", MASK_BITS))
                .build();
    }

    @Test
    void anOwnerTakesItsMaskOffTheValuesOfItsSlots() {
        List<BigInteger> masks = masks();
        List<BigInteger> published = published(List.of(1000L, 7L, 0L, 999L), masks);
        assertEquals(BigInteger.valueOf(2006), published.get(0));
        assertEquals(1000, own(published, masks, 0).longValueExact());
        assertEquals(7, own(published, masks, 1).longValueExact());
        assertEquals(0, own(published, masks, 2).longValueExact());
        assertEquals(999, own(published, masks, 3).longValueExact());
    }

    @Test
    @DisplayName(
            "A mask of another slot or submission does not fit: what is left is no score, but for one case in 2^40")
    void anotherMaskDoesNotFit() {
        List<BigInteger> masks = masks();
        List<BigInteger> published = published(List.of(1000L, 7L, 0L, 999L), masks);
        List<BigInteger> others = masks();
        for (int slot = 0; slot < 4; slot++) {
            BigInteger left = own(published, others, slot);
            assertTrue(left.signum() < 0 || left.compareTo(BELOW) >= 0, "slot " + slot);
        }
    }

    @Test
    @DisplayName("A slot that is not in use has no mask, and shows that it is empty")
    void anEmptySlotHasNoMask() {
        BigInteger mask = masks().get(0);
        List<BigInteger> published =
                published(List.of(5L, 0L, 0L, 0L), List.of(mask, BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO));
        assertEquals(mask.add(BigInteger.valueOf(5)), published.get(1));
        assertEquals(List.of(BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO), published.subList(2, 5));
    }

    /** The value behind the total, which comes first, minus the mask of that slot: whole numbers, no modulus. */
    private static BigInteger own(List<BigInteger> published, List<BigInteger> masks, int slot) {
        return published.get(1 + slot).subtract(masks.get(slot));
    }

    /** What stands in the registry, read back from its words. */
    private List<BigInteger> published(List<Long> scores, List<BigInteger> masks) {
        List<BigInteger> book = new ArrayList<>();
        for (int slot = 0; slot < scores.size(); slot++) {
            book.add(BigInteger.valueOf(scores.get(slot)));
            book.add(masks.get(slot));
        }
        ClearReading reading = rule.evaluate(ClearInputs.allUsed(rule, book, List.of()));
        List<BigInteger> words = rule.publicWords().pack(reading.publicValues());
        return rule.publicWords().unpack(words).outputs();
    }

    private List<BigInteger> masks() {
        return LongStream.range(0, 4)
                .mapToObj(slot -> new BigInteger(MASK_BITS, random))
                .toList();
    }
}

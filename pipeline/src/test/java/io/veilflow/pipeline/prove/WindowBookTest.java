package io.veilflow.pipeline.prove;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.replicated.IntegerShares;
import io.veilflow.mpc.testing.Clear;
import io.veilflow.pipeline.admit.OpenedBook;
import io.veilflow.zk.rule.Rule;
import io.veilflow.zk.rule.job.MarketHealthRule;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WindowBookTest {
    private static final Rule RULE = MarketHealthRule.of(1, 3).rule();

    private static List<OpenedBook> shared(int firstWire, long blinding, long... numbers) {
        Random random = new Random(5);
        List<BigInteger> values =
                Arrays.stream(numbers).mapToObj(BigInteger::valueOf).toList();
        List<IntegerShares> shares = Clear.shareIntegers(values, random);
        List<ElementShares> blindings = Clear.shareFr(List.of(BigInteger.valueOf(blinding)), random);
        List<OpenedBook> books = new ArrayList<>();
        for (int party = 0; party < 3; party++) {
            books.add(new OpenedBook("bank", ByteString.EMPTY, firstWire, shares.get(party), blindings.get(party)));
        }
        return books;
    }

    @Test
    void booksStandAtTheirWiresAndAbsentOnesAreZero() {
        List<OpenedBook> last = shared(4, 20, 7, 8);
        List<OpenedBook> first = shared(0, 3, 1, 2);
        List<ElementShares> numbers = new ArrayList<>();
        List<ElementShares> masks = new ArrayList<>();
        for (int party = 0; party < 3; party++) {
            WindowBook book = WindowBook.of(RULE, List.of(last.get(party), first.get(party)));
            numbers.add(book.numbers().toFr());
            masks.add(book.mask());
        }
        assertEquals(
                List.of(1, 2, 0, 0, 7, 8),
                Clear.openFr(numbers).stream().map(BigInteger::intValueExact).toList());
        assertEquals(List.of(BigInteger.valueOf(23)), Clear.openFr(masks));
    }

    @Test
    void closingWipesTheWindowsCopyAndNotTheBooks() {
        OpenedBook opened = shared(0, 3, 1, 2).get(0);
        WindowBook book = WindowBook.of(RULE, List.of(opened));
        book.close();
        assertTrue(Arrays.stream(book.numbers().own()).allMatch(word -> word == 0));
        assertTrue(Arrays.stream(book.mask().own()).allMatch(word -> word == 0));
        assertTrue(Arrays.stream(opened.numbers().own()).anyMatch(word -> word != 0));
    }

    @Test
    void overlappingBooksAndBooksOutsideAreRefused() {
        OpenedBook one = shared(0, 1, 1, 2, 3).get(0);
        OpenedBook overlapping = shared(2, 1, 1).get(0);
        OpenedBook outside = shared(5, 1, 1, 2).get(0);
        assertThrows(IllegalArgumentException.class, () -> WindowBook.of(RULE, List.of(one, overlapping)));
        assertThrows(IllegalArgumentException.class, () -> WindowBook.of(RULE, List.of(outside)));
    }
}

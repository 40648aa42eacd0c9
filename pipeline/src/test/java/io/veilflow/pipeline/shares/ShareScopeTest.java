package io.veilflow.pipeline.shares;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.replicated.BitShares;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.replicated.IntegerShares;
import io.veilflow.mpc.session.ProtocolAbortException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ShareScopeTest {
    private final IntegerShares integers = new IntegerShares(1, new long[] {1, 2, 3}, new long[] {4, 5, 6});
    private final ElementShares elements = new ElementShares(PrimeField.P61, 2, new long[] {7, 8}, new long[] {9, 10});
    private final BitShares bits = new BitShares(64, 1, new long[] {11}, new long[] {12});

    @Test
    @DisplayName("C9: every share of a step is wiped when an abort ends it")
    void anAbortWipesEverything() {
        assertThrows(ProtocolAbortException.class, () -> {
            try (ShareScope scope = new ShareScope()) {
                scope.keep(integers);
                scope.keep(elements);
                scope.keep(bits);
                throw new ProtocolAbortException(ProtocolAbortException.Reason.CHECK_FAILED, null, "step");
            }
        });
        assertArrayEquals(new long[3], integers.own());
        assertArrayEquals(new long[3], integers.next());
        assertArrayEquals(new long[2], elements.own());
        assertArrayEquals(new long[2], elements.next());
        assertArrayEquals(new long[1], bits.own());
        assertArrayEquals(new long[1], bits.next());
    }

    @Test
    void sharesThatComeAfterTheEndAreRefusedAndNothingIsShown() {
        ShareScope scope = new ShareScope();
        scope.keep(integers);
        assertEquals("ShareScope[1]", scope.toString());
        scope.close();
        assertThrows(IllegalStateException.class, () -> scope.keep(elements));
    }
}

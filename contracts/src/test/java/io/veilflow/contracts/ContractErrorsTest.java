package io.veilflow.contracts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.web3j.crypto.Hash;
import org.web3j.utils.Numeric;

class ContractErrorsTest {
    private final ContractErrors errors = new ContractErrors();

    @Test
    void anErrorOfTheRegistryIsNamedWithItsValues() {
        String revert = Hash.sha3String("WindowOutOfOrder(uint64,uint64)").substring(0, 10) + word(3) + word(5);
        assertEquals("WindowOutOfOrder(3, 5)", errors.describe(revert));
    }

    @Test
    void anErrorOfTheVerifierIsNamed() {
        assertEquals(
                "ProofInvalid()",
                errors.describe(Hash.sha3String("ProofInvalid()").substring(0, 10)));
    }

    @Test
    void otherBytesAreShownAsTheyAre() {
        assertEquals("0x", errors.describe("0x"));
        assertEquals("0x01020304", errors.describe("0x01020304"));
        String cut = Hash.sha3String("WindowOutOfOrder(uint64,uint64)").substring(0, 10) + word(3);
        assertEquals(cut, errors.describe(cut));
    }

    private static String word(long value) {
        return Numeric.toHexStringNoPrefixZeroPadded(BigInteger.valueOf(value), 64);
    }
}

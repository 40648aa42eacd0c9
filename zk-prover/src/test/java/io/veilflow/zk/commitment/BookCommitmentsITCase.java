package io.veilflow.zk.commitment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.zk.field.ScalarField;
import io.veilflow.zk.key.CommitmentBasis;
import io.veilflow.zk.key.KeyCache;
import io.veilflow.zk.key.KeyException;
import io.veilflow.zk.rule.job.MarketHealthRule;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commitments under the basis of a real proving key. */
class BookCommitmentsITCase {
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    private static Path keys;

    private static CommitmentBasis basis;

    private final BookCommitments commitments = new BookCommitments(basis, RANDOM);

    @BeforeAll
    static void setUp() {
        basis = new KeyCache(keys).keysOf(MarketHealthRule.of(1, 4).rule()).basis();
    }

    private static byte[] scalars(long... values) {
        List<BigInteger> scalars = new ArrayList<>();
        for (long value : values) {
            scalars.add(BigInteger.valueOf(value).mod(ScalarField.MODULUS));
        }
        return ScalarField.encode(scalars);
    }

    private static Blinding blinding(long value) {
        return Blinding.of(scalars(value));
    }

    private ComponentOpening opening(int firstWire, long... values) {
        Blinding rho = Blinding.random(RANDOM);
        byte[] scalars = scalars(values);
        return new ComponentOpening(commitments.commit(firstWire, scalars, rho), firstWire, scalars, rho);
    }

    @Test
    void anOpeningMatchesItsCommitmentAndNoOther() {
        ComponentOpening opening = opening(2, 5, -7);
        assertTrue(commitments.matches(opening));
        assertFalse(
                commitments.matches(new ComponentOpening(opening.commitment(), 2, scalars(5, -6), opening.blinding())));
        assertFalse(
                commitments.matches(new ComponentOpening(opening.commitment(), 2, scalars(-7, 5), opening.blinding())));
        assertFalse(commitments.matches(
                new ComponentOpening(opening.commitment(), 4, opening.scalars(), opening.blinding())));
        assertFalse(commitments.matches(
                new ComponentOpening(opening.commitment(), 2, opening.scalars(), Blinding.random(RANDOM))));
    }

    @Test
    void commitmentsAddUp() {
        G1Point left = commitments.commit(0, scalars(3, 4), blinding(10));
        G1Point right = commitments.commit(0, scalars(-1, 8), blinding(20));
        assertEquals(commitments.commit(0, scalars(2, 12), blinding(30)), G1Point.sum(List.of(left, right)));
    }

    @Test
    void theSumOfBooksIsTheSumOfAllTheirComponents() {
        BookCommitment first = new BookCommitment(List.of(
                commitments.commit(0, scalars(1), blinding(1)),
                commitments.commit(0, scalars(2), blinding(1)),
                commitments.commit(0, scalars(3), blinding(1))));
        BookCommitment second = new BookCommitment(List.of(
                commitments.commit(1, scalars(1), blinding(1)),
                commitments.commit(1, scalars(1), blinding(1)),
                commitments.commit(1, scalars(1), blinding(1))));
        assertEquals(commitments.commit(0, scalars(6), blinding(3)), first.sum());
        assertEquals(commitments.commit(0, scalars(6, 3), blinding(6)), BookCommitment.sumOf(List.of(first, second)));
    }

    @Test
    void aBatchWithoutFaultPasses() {
        assertEquals(List.of(), commitments.mismatches(List.of(opening(0, 1, 2), opening(2, 3, 4), opening(4, -1))));
        assertEquals(List.of(), commitments.mismatches(List.of()));
    }

    @Test
    void wrongOpeningsInABatchAreNamed() {
        List<ComponentOpening> openings = new ArrayList<>(List.of(opening(0, 1, 2), opening(2, 3, 4), opening(4, 5)));
        ComponentOpening right = openings.get(1);
        openings.set(1, new ComponentOpening(right.commitment(), 2, scalars(3, 5), right.blinding()));
        assertEquals(List.of(1), commitments.mismatches(openings));
    }

    @Test
    void twoFaultsThatCancelInAPlainSumAreNamed() {
        ComponentOpening first = opening(0, 1, 2);
        ComponentOpening second = opening(0, 3, 4);
        List<ComponentOpening> shifted = List.of(
                new ComponentOpening(first.commitment(), 0, scalars(2, 2), first.blinding()),
                new ComponentOpening(second.commitment(), 0, scalars(2, 4), second.blinding()));
        assertEquals(List.of(0, 1), commitments.mismatches(shifted));
    }

    @Test
    void pointsOffTheCurveAndTheIdentityAreRefused() {
        byte[] point = basis.slotPoint(0).bytes();
        point[63] ^= 1;
        assertThrows(InvalidPointException.class, () -> G1Point.of(point));
        assertThrows(InvalidPointException.class, () -> G1Point.of(new byte[64]));
        assertThrows(InvalidPointException.class, () -> G1Point.of(new byte[63]));
        assertThrows(InvalidPointException.class, () -> commitments.commit(0, scalars(0), blinding(0)));
        G1Point one = commitments.commit(0, scalars(1), blinding(0));
        G1Point minusOne = commitments.commit(0, scalars(-1), blinding(0));
        assertThrows(InvalidPointException.class, () -> G1Point.sum(List.of(one, minusOne)));
        assertThrows(InvalidPointException.class, () -> G1Point.sum(List.of()));
    }

    @Test
    void wiresOutsideTheBasisDoNotExist() {
        assertEquals(8, basis.wires());
        assertThrows(IndexOutOfBoundsException.class, () -> commitments.commit(7, scalars(1, 2), blinding(1)));
        assertThrows(IndexOutOfBoundsException.class, () -> basis.slotPoint(8));
        assertNotEquals(basis.slotPoint(0), basis.maskPoint());
    }

    /** THREATS E22. */
    @Test
    void aBasisWithARepeatedOrForeignPointIsRefused() {
        byte[] repeated = basis.bytes();
        System.arraycopy(repeated, 0, repeated, 64, 64);
        assertThrows(KeyException.class, () -> CommitmentBasis.of(repeated));
        byte[] offCurve = basis.bytes();
        offCurve[64] ^= 1;
        assertThrows(KeyException.class, () -> CommitmentBasis.of(offCurve));
        byte[] identity = basis.bytes();
        Arrays.fill(identity, 0, 64, (byte) 0);
        assertThrows(KeyException.class, () -> CommitmentBasis.of(identity));
        assertThrows(KeyException.class, () -> CommitmentBasis.of(new byte[65]));
        assertThrows(KeyException.class, () -> basis.requireDigest(new byte[32]));
    }

    @Test
    void secretsAreNotPrintedAndAreGoneAfterClose() {
        Blinding rho = blinding(123456789);
        assertFalse(rho.toString().contains("123456789"));
        assertFalse(new ComponentOpening(basis.slotPoint(0), 0, scalars(123456789), rho)
                .toString()
                .contains("75bcd15"));
        rho.close();
        assertThrows(IllegalStateException.class, rho::secretBytes);
    }
}

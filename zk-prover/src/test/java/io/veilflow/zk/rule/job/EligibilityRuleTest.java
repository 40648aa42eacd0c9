package io.veilflow.zk.rule.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.zk.rule.ClearInputs;
import io.veilflow.zk.rule.UsedSlots;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Every limit itself is eligible, one step beyond it is not; random applicants against the predicate in plain code. */
class EligibilityRuleTest {
    private static final EligibilityRule.Criteria CRITERIA = new EligibilityRule.Criteria(18, 30_000, 4_500, 1);
    private static final Applicant LIMIT = new Applicant(18, 30_000, 13_500, true, false, 1);

    private record Applicant(long age, long income, long debt, boolean resident, boolean exempt, long defaults) {
        List<BigInteger> numbers() {
            return LongStream.of(age, income, debt, resident ? 1 : 0, exempt ? 1 : 0, defaults)
                    .mapToObj(BigInteger::valueOf)
                    .toList();
        }

        boolean meets(EligibilityRule.Criteria criteria) {
            return age >= criteria.minimumAge()
                    && income >= criteria.minimumIncome()
                    && debt <= Math.multiplyExact(income, criteria.debtLimit()) / 10_000.0
                    && (resident || exempt)
                    && defaults <= criteria.mostDefaults();
        }
    }

    private static List<Boolean> eligible(List<Applicant> applicants, int used) {
        EligibilityRule eligibility = EligibilityRule.of(applicants.size());
        List<BigInteger> book = new ArrayList<>();
        applicants.forEach(applicant -> book.addAll(applicant.numbers()));
        BitSet inUse = new BitSet();
        inUse.set(0, used);
        ClearInputs inputs = new ClearInputs(
                book, eligibility.publicInputs(CRITERIA), UsedSlots.of(eligibility.rule(), List.of(inUse)));
        return eligibility.rule().evaluate(inputs).output("eligible").stream()
                .map(BigInteger.ONE::equals)
                .toList();
    }

    @Test
    void everyLimitItselfIsEligibleAndOneStepBeyondIsNot() {
        List<Applicant> applicants = List.of(
                LIMIT,
                new Applicant(17, 30_000, 13_500, true, false, 1),
                new Applicant(18, 29_999, 0, true, false, 1),
                new Applicant(18, 30_000, 13_501, true, false, 1),
                new Applicant(18, 30_000, 13_500, false, false, 1),
                new Applicant(18, 30_000, 13_500, false, true, 1),
                new Applicant(18, 30_000, 13_500, true, true, 1),
                new Applicant(18, 30_000, 13_500, true, false, 2));
        assertEquals(List.of(true, false, false, false, false, true, true, false), eligible(applicants, 8));
    }

    @Test
    void aSlotThatIsNotInUseIsNotEligibleWhateverItHolds() {
        assertEquals(List.of(true, false, false), eligible(List.of(LIMIT, LIMIT, LIMIT), 1));
    }

    @Test
    void oneBitAnApplicantIsPublished() {
        EligibilityRule eligibility = EligibilityRule.of(300);
        assertEquals(300, eligibility.rule().outputValues());
        assertEquals(2, eligibility.rule().publicWords().outputWords());
    }

    @Test
    void randomApplicantsAgree() {
        long seed = 606;
        Random random = new Random(seed);
        int count = 0;
        for (int round = 0; round < 40; round++) {
            List<Applicant> applicants = new ArrayList<>();
            for (int k = 0; k < 20; k++) {
                applicants.add(new Applicant(
                        random.nextInt(128),
                        random.nextInt(1 << 17),
                        random.nextInt(1 << 15),
                        random.nextBoolean(),
                        random.nextInt(4) == 0,
                        random.nextInt(4)));
            }
            List<Boolean> expected = applicants.stream()
                    .map(applicant -> applicant.meets(CRITERIA))
                    .toList();
            assertEquals(expected, eligible(applicants, 20), "seed " + seed + ", round " + round);
            count += (int) expected.stream().filter(yes -> yes).count();
        }
        assertTrue(count > 50 && count < 750, "both happen: " + count);
    }
}

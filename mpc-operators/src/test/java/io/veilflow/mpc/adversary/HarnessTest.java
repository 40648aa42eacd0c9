package io.veilflow.mpc.adversary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.Profile;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.session.ProtocolAbortException.Reason;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The harness sees what it looks for: programs without the checks, which live here only, are convicted. */
class HarnessTest {
    private static final long SEED = 9;

    private final AdversaryHarness harness = new AdversaryHarness(SEED);

    private Map<Verdict, Integer> verdicts(Scenario scenario) {
        Map<Verdict, Integer> out = new EnumMap<>(Verdict.class);
        Tally tally = new Tally();
        for (Case one : harness.cases(scenario)) {
            out.merge(harness.run(one, tally), 1, Integer::sum);
        }
        assertEquals(
                tally.violations().size(),
                out.entrySet().stream()
                        .filter(entry -> !entry.getKey().isAllowed())
                        .mapToInt(Map.Entry::getValue)
                        .sum());
        return out;
    }

    private static Scenario with(Scenario scenario, Profile profile, Scenario.Ending ending, Scenario.Program program) {
        return new Scenario(
                scenario.primitive(),
                scenario.name(),
                profile,
                scenario.domain(),
                scenario.labels(),
                scenario.inputs(),
                ending,
                program,
                scenario.expected(),
                scenario.deviations());
    }

    @Test
    void productsThatNobodyVerifiesAreOpenedWrong() {
        Scenario product = ProductScenarios.multiplication(SEED, PrimeField.P61, 2);
        Map<Verdict, Integer> out = verdicts(with(product, Profile.S, Endings.opening(), product.program()));
        assertTrue(out.getOrDefault(Verdict.WRONG, 0) > 0, out.toString());
    }

    @Test
    void aWrongValueThatLeavesItsHoldersIsConvictedEvenIfAllAbortAfterwards() {
        Scenario product = ProductScenarios.multiplication(SEED, PrimeField.P61, 2);
        Scenario.Ending late = (session, shares, trial) -> {
            Endings.opening().open(session, shares, trial);
            throw new ProtocolAbortException(Reason.TIMEOUT, null, "after the opening");
        };
        Scenario honest = with(product, Profile.S, Endings.opening(), product.program());
        Scenario tooLate = with(product, Profile.S, late, product.program());
        Tally tally = new Tally();
        int openedWrong = 0;
        for (Case one : harness.cases(honest)) {
            Case same = new Case(
                    tooLate, one.corrupted(), one.kind(), one.place(), one.attack(), one.inputs(), one.program());
            openedWrong += harness.run(same, tally) == Verdict.OPENED_WRONG ? 1 : 0;
        }
        assertTrue(openedWrong > 0);
    }

    @Test
    void anUnverifiedProductInProfileMIsACrashAndNoAbort() {
        Scenario product = ProductScenarios.multiplication(SEED, PrimeField.P61, 1);
        Scenario careless = with(product, Profile.M, Endings.opening(), product.program());
        AssertionError refused = assertThrows(AssertionError.class, () -> harness.cases(careless));
        assertTrue(refused.getMessage().contains(Verdict.CRASHED.name()), refused.getMessage());
    }

    @Test
    void whoAccusesThePeerThatStoppedIsConvicted() {
        Scenario opening = OpeningScenarios.all(SEED).get(0);
        Scenario.Ending hasty = (session, shares, trial) -> {
            try {
                return opening.ending().open(session, shares, trial);
            } catch (ProtocolAbortException e) {
                PartyId peer = e.peer().orElse(session.self().next());
                throw new ProtocolAbortException(Reason.CONTRADICTION, peer, "result");
            }
        };
        Map<Verdict, Integer> out = verdicts(with(opening, Profile.M, hasty, opening.program()));
        assertTrue(out.getOrDefault(Verdict.FALSELY_ACCUSED, 0) > 0, out.toString());
    }

    @Test
    void aProgramThatGivesUpBeforeItsTimeIsConvicted() {
        Scenario product = ProductScenarios.multiplication(SEED, PrimeField.P61, 1);
        List<Case> delays = new ArrayList<>();
        for (Case one : harness.cases(product)) {
            if (one.kind().equals(Change.DELAY.name())) {
                delays.add(new Case(
                        product,
                        one.corrupted(),
                        one.kind(),
                        one.place(),
                        () -> new ChangedMessage(0, Change.DROP, product.domain(), SEED),
                        one.inputs(),
                        one.program()));
            }
        }
        Tally tally = new Tally();
        delays.forEach(one -> assertEquals(Verdict.NEEDLESS_ABORT, harness.run(one, tally), one.toString()));
        assertTrue(!delays.isEmpty());
    }

    @Test
    void everyPartyAndEveryChangeIsEnumerated() {
        List<Case> cases = harness.cases(ProductScenarios.multiplication(SEED, PrimeField.FR, 3));
        for (PartyId party : PartyId.values()) {
            for (Change change : Change.values()) {
                boolean found = cases.stream()
                        .anyMatch(one -> one.corrupted() == party && one.kind().equals(change.name()));
                assertTrue(found || change == Change.SWAPPED, party + " " + change);
            }
        }
    }
}

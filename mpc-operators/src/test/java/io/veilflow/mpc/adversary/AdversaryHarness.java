package io.veilflow.mpc.adversary;

import io.veilflow.mpc.adversary.Observed.Sent;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.testing.Outcome;
import io.veilflow.mpc.testing.ThreePartyWorld;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Enumerates what one corrupted party can do in a scenario, runs it, and judges. */
final class AdversaryHarness {
    static final String OTHER_RANDOMNESS = "OTHER_RANDOMNESS";

    private final long seed;
    private final ThreePartyWorld world;

    AdversaryHarness(long seed) {
        this(seed, seed);
    }

    /**
     * @param keys of the world
     * @param seed of the places where messages are changed
     */
    AdversaryHarness(long keys, long seed) {
        this.seed = seed;
        this.world = ThreePartyWorld.seeded(keys);
    }

    /** Every deviation of every party. */
    List<Case> cases(Scenario scenario) {
        List<Case> out = new ArrayList<>();
        for (PartyId party : PartyId.values()) {
            out.addAll(casesOf(scenario, party));
        }
        return out;
    }

    private List<Case> casesOf(Scenario scenario, PartyId party) {
        Observed observed = observe(scenario, party);
        List<Case> out = new ArrayList<>();
        changedMessages(scenario, party, observed, out);
        changedPairs(scenario, party, observed, out);
        for (OtherRandomness.Name stream : observed.streams()) {
            add(out, scenario, party, OTHER_RANDOMNESS, stream.toString(), () -> new OtherRandomness(stream, seed));
        }
        changedPostings(scenario, party, observed, out);
        lies(scenario, party, out);
        scenario.deviations()
                .forEach((name, program) -> out.add(new Case(
                        scenario,
                        party,
                        "OWN_PROGRAM",
                        name,
                        AdversaryHarness::honest,
                        scenario.inputsOf(party),
                        program)));
        return out;
    }

    private static Attack honest() {
        return new Attack() {};
    }

    private static void add(
            List<Case> out, Scenario scenario, PartyId party, String kind, String place, Supplier<Attack> attack) {
        out.add(new Case(scenario, party, kind, place, attack, scenario.inputsOf(party), scenario.program()));
    }

    private void changedMessages(Scenario scenario, PartyId party, Observed observed, List<Case> out) {
        Map<PartyId, Sent> last = new HashMap<>();
        for (Sent message : observed.messages()) {
            Domain domain = scenario.domainOf(message.label());
            for (Change change : Change.values()) {
                if (changesAnything(change, message, last.get(message.to()), domain)) {
                    long place = 31 * seed + message.number();
                    add(
                            out,
                            scenario,
                            party,
                            change.name(),
                            message.place(),
                            () -> new ChangedMessage(message.number(), change, domain, place));
                }
            }
            last.put(message.to(), message);
        }
    }

    private static boolean changesAnything(Change change, Sent message, Sent before, Domain domain) {
        byte[] payload = message.payload();
        return switch (change) {
            case FLIP_BIT, ADD_ONE, CUT -> payload.length > 0;
            case ZERO -> !Arrays.equals(payload, new byte[payload.length]);
            case NOT_CANONICAL -> domain.hasModulus();
            case EXTEND, DROP, DELAY, DELAY_BEYOND_LIMIT -> true;
            case REPLAY -> before != null;
            case REPLAY_CONTENT ->
                before != null
                        && before.payload().length == payload.length
                        && !Arrays.equals(before.payload(), payload);
            case SAME_ERROR_TO_BOTH, SWAPPED -> false;
        };
    }

    /** Messages of one label to both peers, the k-th to one with the k-th to the other. */
    private void changedPairs(Scenario scenario, PartyId party, Observed observed, List<Case> out) {
        Map<String, List<Sent>> open = new HashMap<>();
        for (Sent message : observed.messages()) {
            String name = message.path() + "/" + message.label();
            List<Sent> same = open.computeIfAbsent(name, any -> new ArrayList<>());
            if (same.isEmpty() || same.get(0).to() == message.to()) {
                same.add(message);
            } else {
                pair(scenario, party, same.remove(0), message, out);
            }
        }
    }

    private void pair(Scenario scenario, PartyId party, Sent first, Sent second, List<Case> out) {
        Domain domain = scenario.domainOf(first.label());
        String place = first.place() + " and message " + second.number();
        for (Change change : List.of(Change.SAME_ERROR_TO_BOTH, Change.SWAPPED)) {
            if (change == Change.SAME_ERROR_TO_BOTH || !Arrays.equals(first.payload(), second.payload())) {
                add(
                        out,
                        scenario,
                        party,
                        change.name(),
                        place,
                        () -> new ChangedPair(first.number(), second.number(), change, domain, seed));
            }
        }
    }

    /** In a fair opening: withheld, late or changed, to one peer or to both. */
    private void changedPostings(Scenario scenario, PartyId party, Observed observed, List<Case> out) {
        for (int number = 0; number < observed.postings(); number++) {
            for (ChangedPosting.Kind kind : ChangedPosting.Kind.values()) {
                for (List<PartyId> victims : List.of(
                        List.of(party.next()), List.of(party.previous()), List.of(party.next(), party.previous()))) {
                    int posting = number;
                    add(
                            out,
                            scenario,
                            party,
                            kind.name(),
                            "posting " + number + " to " + victims,
                            () -> new ChangedPosting(posting, kind, victims));
                }
            }
        }
    }

    /** Other input components than the ones agreed on. */
    private static void lies(Scenario scenario, PartyId party, List<Case> out) {
        List<SharedVector> inputs = scenario.inputsOf(party);
        for (int k = 0; k < inputs.size(); k++) {
            if (inputs.get(k).ownBytes().length == 0) {
                continue;
            }
            for (boolean own : new boolean[] {true, false}) {
                List<SharedVector> lie = new ArrayList<>(inputs);
                lie.set(k, inputs.get(k).withError(own));
                out.add(new Case(
                        scenario,
                        party,
                        "OTHER_INPUT",
                        (own ? "own" : "next") + " component of input " + k,
                        AdversaryHarness::honest,
                        lie,
                        scenario.program()));
            }
        }
    }

    private Observed observe(Scenario scenario, PartyId party) {
        Observed observed = new Observed();
        Case honest =
                new Case(scenario, party, "NONE", "", () -> observed, scenario.inputsOf(party), scenario.program());
        Trial trial = new Trial(observed, party);
        List<Outcome<long[]>> outcomes = run(honest, trial);
        Verdict verdict = Judge.judge(honest, trial, outcomes);
        if (verdict != Verdict.RIGHT) {
            throw new AssertionError(honest + " is honest and ends " + verdict + ": " + endings(outcomes));
        }
        return observed;
    }

    private List<Outcome<long[]>> run(Case one, Trial trial) {
        return run(one, trial, worldOf(one, trial.attack()));
    }

    private ThreePartyWorld worldOf(Case one, Attack attack) {
        return world.withProfile(one.scenario().profile())
                .withCorrupted(one.corrupted(), (honest, links) -> new CorruptSession(honest, links, attack));
    }

    private static List<Outcome<long[]>> run(Case one, Trial trial, ThreePartyWorld world) {
        Scenario scenario = one.scenario();
        return world.attempt(session -> {
            boolean corrupted = session.self() == one.corrupted();
            return scenario.run(
                    session,
                    corrupted ? one.inputs() : scenario.inputsOf(session.self()),
                    corrupted ? one.program() : scenario.program(),
                    trial);
        });
    }

    Verdict run(Case one, Tally tally) {
        Trial trial = new Trial(one.attack().get(), one.corrupted());
        List<Outcome<long[]>> outcomes = run(one, trial);
        Verdict verdict = Judge.judge(one, trial, outcomes);
        tally.add(one, verdict, verdict.isAllowed() ? "" : endings(outcomes));
        return verdict;
    }

    /** What an outsider sees of the honest two: what each sent, in its order, without the content, and how it ended. */
    List<String> appearance(Case one) {
        Trial trial = new Trial(one.attack().get(), one.corrupted());
        ThreePartyWorld corrupted = worldOf(one, trial.attack());
        List<String> out = new ArrayList<>();
        for (Outcome<long[]> outcome : run(one, trial, corrupted)) {
            if (outcome.party() != one.corrupted()) {
                corrupted.messages().stream()
                        .filter(message -> message.from() == outcome.party())
                        .forEach(message -> out.add(message.shape()));
                out.add(outcome.failed() ? outcome.failure().toString() : "finished");
            }
        }
        return out;
    }

    private static String endings(List<Outcome<long[]>> outcomes) {
        List<String> out = new ArrayList<>();
        for (Outcome<long[]> outcome : outcomes) {
            out.add(outcome.party() + " " + (outcome.failed() ? outcome.failure() : Arrays.toString(outcome.result())));
        }
        return out.toString();
    }
}

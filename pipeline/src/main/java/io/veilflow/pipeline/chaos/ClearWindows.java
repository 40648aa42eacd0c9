package io.veilflow.pipeline.chaos;

import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.job.kind.Results;
import io.veilflow.pipeline.job.kind.Scenario;
import io.veilflow.pipeline.wire.Manifest;
import io.veilflow.pipeline.wire.ManifestEntry;
import io.veilflow.zk.rule.ClearInputs;
import io.veilflow.zk.rule.Rule;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The plain computation on the books that a window's manifest names: record r of a contributor is its book of window r. Which books
 * count, the parties decide; where they are the window's own, the result must also be the one that was worked out without the rule.
 */
final class ClearWindows {
    private final JobTerms terms;
    private final Scenario scenario;

    ClearWindows(JobTerms terms, Scenario scenario) {
        this.terms = terms;
        this.scenario = scenario;
    }

    /** @throws IllegalStateException if the rule itself is not what the plain computation says */
    Results results(Manifest manifest) {
        Scenario.Window window =
                scenario.windows().get((int) manifest.getHeader().getId());
        Map<String, Integer> records = new HashMap<>();
        for (ManifestEntry entry : manifest.getEntriesList()) {
            records.put(entry.getContributor(), (int) entry.getRecord());
        }
        Rule rule = terms.rule();
        ClearInputs inputs = ClearInputs.allUsed(rule, book(records), terms.publicInputs(window.feed()));
        Results results = Results.of(rule, rule.evaluate(inputs).outputs());
        if (areItsOwn(manifest.getHeader().getId(), records) && !results.equals(window.expected())) {
            throw new IllegalStateException("window " + manifest.getHeader().getId()
                    + ": the rule comes to something else than plain arithmetic");
        }
        return results;
    }

    private List<BigInteger> book(Map<String, Integer> records) {
        List<BigInteger> book = new ArrayList<>();
        int fields = terms.rule().roles().get(0).fields().size();
        for (int i = 0; i < scenario.institutions().size(); i++) {
            Scenario.Institution institution = scenario.institutions().get(i);
            Integer record = records.get(institution.name());
            List<List<BigInteger>> slots = record == null
                    ? List.of()
                    : scenario.windows().get(record).books().get(i);
            slots.forEach(book::addAll);
            book.addAll(Collections.nCopies((institution.slots() - slots.size()) * fields, BigInteger.ZERO));
        }
        return book;
    }

    private boolean areItsOwn(long window, Map<String, Integer> records) {
        return IntStream.range(0, scenario.institutions().size())
                .mapToObj(i -> records.get(scenario.institutions().get(i).name()))
                .allMatch(record -> record != null && record == window);
    }
}

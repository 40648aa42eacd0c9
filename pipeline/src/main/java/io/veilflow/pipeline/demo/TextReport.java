package io.veilflow.pipeline.demo;

import io.veilflow.mpc.session.Profile;
import io.veilflow.pipeline.job.JobDefinition;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.job.ProfileStatement;
import io.veilflow.pipeline.party.WindowReport;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;

/** The demo for people: what runs, one line per window, what the audit checked. */
public final class TextReport implements DemoReport {
    private static final String HEADER =
            "window  assurance  profile  books  rejected   admit    seal    eval   prove    post   total      gas "
                    + " transaction   result";

    private final PrintWriter out;

    public TextReport(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void preparing(String step) {
        line("  " + step);
    }

    @Override
    public void started(JobTerms terms, String registry, String consumer) {
        JobDefinition job = terms.definition();
        String institutions = job.contributors().stream()
                .map(contributor -> contributor.name() + " (" + contributor.slots() + ")")
                .collect(Collectors.joining(", "));
        line("");
        line("Job " + job.name() + ": " + terms.kind().summary());
        line("Institutions (slots): " + institutions + ".");
        line("Three parties, each a process of its own; registry " + registry + ".");
        line("Consumer: " + consumer + ".");
        line("proven = a Groth16 proof that the contract verified, under UNSAFE development keys: this machine made"
                + " them.");
        line("Security " + ProfileStatement.of(job.profile()) + ".");
        line("");
        line(HEADER + "    (times in ms)");
    }

    @Override
    public void window(WindowReport window, Observation observed) {
        WindowReport.Millis millis = window.millis();
        line(String.format(
                "%6d  %-9s  %-7s  %5d  %8d  %6d  %6d  %6d  %6d  %6d  %6d  %7d  %-12s  %s%s%s",
                window.window(),
                window.assurance(),
                window.profile(),
                window.submissions(),
                window.rejected().size(),
                millis.admit(),
                millis.seal(),
                millis.evaluate(),
                millis.prove(),
                millis.post(),
                millis.total(),
                window.gas(),
                window.transaction().substring(0, 12),
                observed.meaning(),
                observed.consumer().isEmpty() ? "" : "; " + observed.consumer(),
                observed.asExpected() ? "" : "  NOT WHAT A PLAIN COMPUTATION COMES TO"));
        for (WindowReport.Rejection rejection : window.rejected()) {
            line("        refused: record " + rejection.record() + " of " + rejection.contributor() + ", "
                    + rejection.reason());
        }
    }

    @Override
    public void audit(boolean passed, List<String> checked, int windows, Profile profile) {
        line("");
        line("Audit of " + windows + " windows of profile " + profile + ", from board and chain alone, without a key: "
                + (passed ? "passed" : "FAILED"));
        checked.forEach(item -> line("  " + item));
    }

    @Override
    public void failed(String reason) {
        line("");
        line("Demo failed: " + reason);
    }

    private void line(String text) {
        out.println(text);
        out.flush();
    }
}

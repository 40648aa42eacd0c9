package io.veilflow.pipeline.demo;

import io.veilflow.pipeline.audit.AuditReport;
import io.veilflow.pipeline.audit.Auditor;
import io.veilflow.pipeline.job.kind.Results;
import io.veilflow.pipeline.job.kind.Scenario;
import io.veilflow.pipeline.party.WindowReport;
import io.veilflow.pipeline.post.EthereumView;
import java.io.IOException;

/** One demo run from the empty folder to the audit. */
public final class Demo {
    private static final long TICK_INTERVAL_MILLIS = 100;
    private static final long WINDOW_LIMIT_SECONDS = 240;
    private static final long END_LIMIT_MILLIS = 30_000;

    private final DemoOptions options;
    private final DemoReport report;

    public Demo(DemoOptions options, DemoReport report) {
        this.options = options;
        this.report = report;
    }

    /** Whether every window was proven, recorded by the contract, equal to the plain computation and audited. */
    public boolean run() throws IOException, InterruptedException {
        Scenario scenario = options.scenario();
        try (DemoFolder folder = DemoFolder.create(options.keep());
                LocalNetwork network = LocalNetwork.prepare(
                        folder, options.kind(), scenario, options.profile(), options.keyCache(), report::preparing)) {
            return run(network, scenario) && audit(network);
        } catch (DemoFailedException e) {
            report.failed(e.getMessage());
            return false;
        }
    }

    private boolean run(LocalNetwork network, Scenario scenario) throws InterruptedException {
        network.startParties();
        network.startContributors(WINDOW_LIMIT_SECONDS);
        network.startFeeder(
                scenario.institutions().stream().map(Scenario.Institution::name).toList(),
                TICK_INTERVAL_MILLIS,
                WINDOW_LIMIT_SECONDS * 1_000);
        boolean good = true;
        try (DemoConsumer consumer = network.chain().deployConsumer(network.terms(), options.windows())) {
            report.started(network.terms(), LocalNetwork.address(network.chain().registry()), consumer.title());
            WindowWatch windows = new WindowWatch(network, WINDOW_LIMIT_SECONDS);
            for (Scenario.Window window : scenario.windows()) {
                WindowReport figures = windows.next();
                Results results = new Results(figures.outputs());
                boolean asExpected = results.equals(window.expected());
                String meaning = options.kind().meaning(results, scenario.parameters());
                report.window(
                        figures,
                        new Observation(
                                options.kind().level(results),
                                meaning,
                                asExpected,
                                consumer.after(figures.window(), results)));
                good &= asExpected && figures.assurance().equals("proven");
            }
        }
        network.processes().awaitEnd(END_LIMIT_MILLIS);
        return good;
    }

    private boolean audit(LocalNetwork network) {
        DemoChain chain = network.chain();
        try (EthereumView view = EthereumView.connect(chain.url(), chain.registry())) {
            AuditReport audited = new Auditor(network.folder().board(), view).run();
            boolean passed = audited.passed() && audited.windows() == options.windows();
            report.audit(passed, audited.lines(), options.windows(), options.profile());
            return passed;
        }
    }
}

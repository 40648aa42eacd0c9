package io.veilflow.pipeline.demo;

import com.google.protobuf.ByteString;
import io.veilflow.datasets.schema.Market;
import io.veilflow.pipeline.audit.AuditReport;
import io.veilflow.pipeline.audit.Auditor;
import io.veilflow.pipeline.party.WindowReport;
import io.veilflow.pipeline.post.EthereumView;
import io.veilflow.pipeline.post.MarketGuardClient;
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

    /** Whether every window was proven, recorded by the contract and audited. */
    public boolean run() throws IOException, InterruptedException {
        Market market = options.market();
        try (DemoFolder folder = DemoFolder.create(options.keep());
                LocalNetwork network = LocalNetwork.prepare(
                        folder, market, options.profile(), options.keyCache(), report::preparing)) {
            return run(network, market) && audit(network);
        } catch (DemoFailedException e) {
            report.failed(e.getMessage());
            return false;
        }
    }

    private boolean run(LocalNetwork network, Market market) throws InterruptedException {
        network.startParties();
        network.startContributors(WINDOW_LIMIT_SECONDS);
        network.startFeeder(market.institutions(), TICK_INTERVAL_MILLIS, WINDOW_LIMIT_SECONDS * 1_000);
        ByteString guard = network.chain().deployMarket(network.terms());
        report.started(
                network.terms().definition(),
                LocalNetwork.address(network.chain().registry()),
                LocalNetwork.address(guard));
        WindowWatch windows = new WindowWatch(network, WINDOW_LIMIT_SECONDS);
        GuardState guarded = GuardState.OPEN;
        boolean allProven = true;
        try (MarketGuardClient client = network.chain().market(guard)) {
            for (int window = 0; window < options.windows(); window++) {
                WindowReport figures = windows.next();
                guarded = guarded.after(client.sync());
                allProven &= figures.assurance().equals("proven");
                report.window(figures, guarded);
            }
        }
        network.processes().awaitEnd(END_LIMIT_MILLIS);
        return allProven;
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

package io.veilflow.pipeline.load;

import io.veilflow.pipeline.job.kind.JobParameters;
import io.veilflow.pipeline.job.kind.Results;
import io.veilflow.pipeline.job.kind.Scenario;
import io.veilflow.pipeline.job.standard.ExposureStatisticsJob;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Statistics of as many exposures as there are contributors, each with one: the smallest books that there are. */
final class LoadScenario {
    private static final long AMOUNT_BITS = 24;

    private LoadScenario() {}

    static Scenario of(LoadRequest request) {
        List<Scenario.Institution> banks = new ArrayList<>();
        for (int i = 0; i < request.contributors(); i++) {
            String conduct = Conduct.of(i).name().toLowerCase(Locale.ROOT);
            banks.add(new Scenario.Institution(conduct + "-" + i, ExposureStatisticsJob.EXPOSURE, 1));
        }
        JobParameters parameters = JobParameters.none().with(ExposureStatisticsJob.BITS, AMOUNT_BITS);
        Scenario.Window window = new Scenario.Window(List.of(), List.of(), Results.none());
        return new Scenario(parameters, banks, Collections.nCopies(windows(request), window));
    }

    /** The last one ends after the last submission. */
    private static int windows(LoadRequest request) {
        return request.seconds() / request.windowSeconds() + 2;
    }
}

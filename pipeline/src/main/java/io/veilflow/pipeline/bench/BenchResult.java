package io.veilflow.pipeline.bench;

import java.util.Arrays;
import java.util.List;

/**
 * One line of the benchmark.
 *
 * @param bench name of the benchmark
 * @param profile S or M
 * @param batch items of one run
 * @param perSecond items a second
 * @param bytesPerItem payload bytes sent by a party, the mean of the three
 * @param rounds of one run; of the party with the most
 * @param millis of one run: the median over runs of the slowest party's time
 */
public record BenchResult(
        String bench, String profile, int batch, long perSecond, double bytesPerItem, long rounds, double millis) {
    static BenchResult of(BenchRequest request, List<PartyFigures> parties) {
        int runs = parties.get(0).nanos().size();
        long[] slowest = new long[runs];
        long rounds = 0;
        long bytes = 0;
        for (PartyFigures party : parties) {
            for (int run = 0; run < runs; run++) {
                slowest[run] = Math.max(slowest[run], party.nanos().get(run));
            }
            rounds = Math.max(rounds, party.rounds());
            bytes += party.bytes();
        }
        Arrays.sort(slowest);
        long nanos = slowest[runs / 2];
        return new BenchResult(
                request.benchmark().text(),
                request.profile().name(),
                request.batch(),
                Math.round(request.batch() * 1e9 / nanos),
                thousandths((double) bytes / parties.size() / request.batch()),
                rounds,
                thousandths(nanos / 1e6));
    }

    private static double thousandths(double value) {
        return Math.round(value * 1e3) / 1e3;
    }
}

package io.veilflow.pipeline.operate;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.NetworkListener;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.pipeline.operate.MetricFamily.Kind;
import io.veilflow.pipeline.operate.MetricFamily.Sample;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The links of a party. They are up or down together: there is an epoch or there is none; what is known of one peer is how often the
 * links failed because of it, and that it was the last one. Thread-safe.
 */
final class LinkWatch implements NetworkListener {
    private static final String NOBODY = "nobody";

    private final PartyId self;
    private final LabelledCounter failures;
    private OptionalLong epoch = OptionalLong.empty();
    private Optional<ProtocolAbortException> lastFailure = Optional.empty();

    LinkWatch(PartyId self) {
        this.self = self;
        List<String> peers = peers().stream().map(PartyId::toString).toList();
        this.failures = new LabelledCounter(
                "veilflow_link_failures_total",
                "Ends of epochs and failed connections, by the peer that was waited for or heard last.",
                "peer",
                Stream.concat(peers.stream(), Stream.of(NOBODY)).toList());
    }

    @Override
    public synchronized void epochStarted(long number) {
        epoch = OptionalLong.of(number);
        lastFailure = Optional.empty();
    }

    @Override
    public synchronized void epochEnded(long number, ProtocolAbortException cause) {
        epoch = OptionalLong.empty();
        failed(cause);
    }

    @Override
    public synchronized void connectionFailed(ProtocolAbortException cause) {
        failed(cause);
    }

    private void failed(ProtocolAbortException cause) {
        lastFailure = Optional.of(cause);
        failures.add(cause.peer().map(PartyId::toString).orElse(NOBODY));
    }

    synchronized OptionalLong epoch() {
        return epoch;
    }

    /** Why there is no epoch; empty if there is one. Names peer and kind, and no address. */
    synchronized Optional<String> missing() {
        if (epoch.isPresent()) {
            return Optional.empty();
        }
        return Optional.of(lastFailure
                .map(cause -> "no links: " + cause.reason()
                        + cause.peer().map(peer -> ", " + peer).orElse(""))
                .orElse("the parties have not connected yet"));
    }

    synchronized List<MetricFamily> families() {
        boolean up = epoch.isPresent();
        Optional<PartyId> lost = lastFailure.flatMap(ProtocolAbortException::peer);
        List<Sample> links = peers().stream()
                .map(peer -> new Sample("", Map.of("peer", peer.toString()), up ? 1 : 0))
                .toList();
        List<Sample> suspects = peers().stream()
                .map(peer -> new Sample(
                        "",
                        Map.of("peer", peer.toString()),
                        lost.filter(peer::equals).isPresent() ? 1 : 0))
                .toList();
        return List.of(
                new MetricFamily(
                        "veilflow_link_up", Kind.GAUGE, "1 while an epoch joins this party and the peer.", links),
                new MetricFamily(
                        "veilflow_link_lost",
                        Kind.GAUGE,
                        "1 for the peer because of which there is no epoch, as far as this party can tell.",
                        suspects),
                failures.family(),
                MetricFamily.gauge("veilflow_epoch", "Number of the epoch; 0 while there is none.", epoch.orElse(0)));
    }

    private List<PartyId> peers() {
        return Arrays.stream(PartyId.values()).filter(party -> party != self).toList();
    }
}

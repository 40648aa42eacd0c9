package io.veilflow.pipeline.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.party.WindowReport;
import java.util.Optional;

/** Waits for the windows of a local network, as party 0 reports them. */
final class WindowWatch {
    private static final long POLL_MILLIS = 25;

    private final LocalNetwork network;
    private final EventTail events;
    private final long limitSeconds;

    /** @param limitSeconds longest wait for one window */
    WindowWatch(LocalNetwork network, long limitSeconds) {
        this.network = network;
        this.events = network.events(PartyId.P0);
        this.limitSeconds = limitSeconds;
    }

    /**
     * The report of the next window.
     *
     * @throws DemoFailedException if it was skipped, is not there in time, or somebody's process ended with an error
     */
    WindowReport next() throws InterruptedException {
        long end = System.nanoTime() + limitSeconds * 1_000_000_000;
        while (System.nanoTime() < end) {
            for (Optional<JsonNode> next = events.poll(); next.isPresent(); next = events.poll()) {
                JsonNode event = next.get();
                String reason = event.path("reason").asText();
                switch (event.path("event").asText()) {
                    case WindowReport.EVENT -> {
                        return EventTail.window(event);
                    }
                    case "skipped" -> throw new DemoFailedException("a window was skipped: " + reason);
                    case "held" -> throw new DemoFailedException("party-0 holds the job: " + reason);
                    default -> {
                        // Other events are for those who look at one party.
                    }
                }
            }
            network.processes().requireHealthy();
            Thread.sleep(POLL_MILLIS);
        }
        throw new DemoFailedException("no window was posted within " + limitSeconds + " s");
    }
}

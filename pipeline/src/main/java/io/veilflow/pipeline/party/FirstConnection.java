package io.veilflow.pipeline.party;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.NetworkListener;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.pipeline.config.ConfigurationException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Waits for the first epoch of a party, so that a peer with another rule, configuration or certificate is found out at start and
 * named, and not in the middle of a window.
 */
final class FirstConnection implements NetworkListener {
    private final PartyId self;
    private final CompletableFuture<Long> first = new CompletableFuture<>();

    FirstConnection(PartyId self) {
        this.self = self;
    }

    @Override
    public void epochStarted(long epoch) {
        first.complete(epoch);
    }

    @Override
    public void epochEnded(long epoch, ProtocolAbortException cause) {
        // the network connects again by itself
    }

    @Override
    public void connectionFailed(ProtocolAbortException cause) {
        if (cause.reason() == ProtocolAbortException.Reason.JOURNAL_REFUSED
                && cause.peer().equals(Optional.of(self))) {
            first.completeExceptionally(new PartyRefusedException(cause.getMessage()));
        } else if (cause.reason() == ProtocolAbortException.Reason.CONFIGURATION) {
            first.completeExceptionally(new ConfigurationException(
                    "the connection to the other parties", List.of(String.valueOf(cause.getMessage()))));
        }
    }

    /**
     * @throws ConfigurationException if a peer is set up differently or is not who the job says
     * @throws PartyRefusedException if this party's journal is not the one that they know
     * @throws JobHeldException if the others do not come in time
     */
    void await(Duration longest) throws InterruptedException {
        try {
            first.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException refused) {
            throw (RuntimeException) refused.getCause();
        } catch (TimeoutException late) {
            throw new JobHeldException("the other parties did not connect within " + longest.toSeconds() + " s", late);
        }
    }
}

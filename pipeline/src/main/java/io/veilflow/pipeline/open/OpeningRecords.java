package io.veilflow.pipeline.open;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.fair.FairMessage;
import io.veilflow.mpc.fair.FairStatement;
import io.veilflow.mpc.fair.FairTimes;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.wire.OpenedComponent;
import io.veilflow.pipeline.wire.OutputAborted;
import io.veilflow.pipeline.wire.OutputEcho;
import io.veilflow.pipeline.wire.OutputOpening;
import io.veilflow.pipeline.wire.OutputReady;
import io.veilflow.pipeline.wire.Payload;
import java.util.Optional;

/** The records of one attempt at opening a window's outputs, and back (docs/wire.md 12). */
public final class OpeningRecords {
    /** 8 over links; here it is a name and no number. */
    private static final int EPOCH_BYTES_MAX = 32;

    private final long window;
    private final int attempt;

    public OpeningRecords(long window, int attempt) {
        this.window = window;
        this.attempt = attempt;
    }

    Payload payload(FairMessage message) {
        Payload.Builder payload = Payload.newBuilder();
        if (message instanceof FairMessage.Ready ready) {
            payload.setOutputReady(OutputReady.newBuilder()
                    .setWindow(window)
                    .setAttempt(attempt)
                    .setEpoch(ByteString.copyFrom(ready.epoch()))
                    .setReadyMillis(ready.times().ready())
                    .setEchoMillis(ready.times().echo())
                    .setHashes(ByteString.copyFrom(ready.hashes()))
                    .setSignature(ByteString.copyFrom(ready.signature())));
        } else if (message instanceof FairMessage.Echo echo) {
            payload.setOutputEcho(OutputEcho.newBuilder()
                    .setWindow(window)
                    .setAttempt(attempt)
                    .setSigner(echo.signer().index())
                    .setSignature(ByteString.copyFrom(echo.signature()))
                    .setCountersignature(ByteString.copyFrom(echo.countersignature())));
        } else if (message instanceof FairMessage.Opened opened) {
            payload.setOutputOpening(OutputOpening.newBuilder()
                    .setWindow(window)
                    .setAttempt(attempt)
                    .setOwn(component(opened.own()))
                    .setNext(component(opened.next())));
        }
        return payload.build();
    }

    Payload aborted() {
        return Payload.newBuilder()
                .setOutputAborted(OutputAborted.newBuilder().setWindow(window).setAttempt(attempt))
                .build();
    }

    /** Empty if the payload is about something else or has not the sizes of this form. */
    Optional<FairMessage> message(Payload payload) {
        return switch (payload.getBodyCase()) {
            case OUTPUT_READY -> ready(payload.getOutputReady()).map(FairMessage.class::cast);
            case OUTPUT_ECHO -> echo(payload.getOutputEcho()).map(FairMessage.class::cast);
            case OUTPUT_OPENING -> opened(payload.getOutputOpening()).map(FairMessage.class::cast);
            default -> Optional.empty();
        };
    }

    /** Empty as in {@link #message}. */
    public Optional<FairMessage.Ready> ready(OutputReady ready) {
        boolean formed = isThis(ready.getWindow(), ready.getAttempt())
                && ready.getReadyMillis() >= 0
                && ready.getEchoMillis() >= ready.getReadyMillis()
                && ready.getEpoch().size() <= EPOCH_BYTES_MAX
                && ready.getHashes().size() == FairStatement.HASHES_BYTES
                && ready.getSignature().size() == FairStatement.SIGNATURE_BYTES;
        return formed
                ? Optional.of(new FairMessage.Ready(
                        ready.getEpoch().toByteArray(),
                        new FairTimes(ready.getReadyMillis(), ready.getEchoMillis()),
                        ready.getHashes().toByteArray(),
                        ready.getSignature().toByteArray()))
                : Optional.empty();
    }

    /** Empty as in {@link #message}. */
    public Optional<FairMessage.Echo> echo(OutputEcho echo) {
        boolean formed = isThis(echo.getWindow(), echo.getAttempt())
                && echo.getSigner() >= 0
                && echo.getSigner() < PartyId.values().length
                && echo.getSignature().size() == FairStatement.SIGNATURE_BYTES
                && echo.getCountersignature().size() == FairStatement.SIGNATURE_BYTES;
        return formed
                ? Optional.of(new FairMessage.Echo(
                        PartyId.of(echo.getSigner()),
                        echo.getSignature().toByteArray(),
                        echo.getCountersignature().toByteArray()))
                : Optional.empty();
    }

    /** Empty as in {@link #message}. */
    public Optional<FairMessage.Opened> opened(OutputOpening opening) {
        return isThis(opening.getWindow(), opening.getAttempt())
                ? Optional.of(new FairMessage.Opened(component(opening.getOwn()), component(opening.getNext())))
                : Optional.empty();
    }

    private boolean isThis(long ofWindow, int ofAttempt) {
        return ofWindow == window && ofAttempt == attempt;
    }

    private static OpenedComponent component(FairMessage.Component component) {
        return OpenedComponent.newBuilder()
                .setValue(ByteString.copyFrom(component.value()))
                .setSalt(ByteString.copyFrom(component.salt()))
                .build();
    }

    private static FairMessage.Component component(OpenedComponent component) {
        return new FairMessage.Component(
                component.getValue().toByteArray(), component.getSalt().toByteArray());
    }
}

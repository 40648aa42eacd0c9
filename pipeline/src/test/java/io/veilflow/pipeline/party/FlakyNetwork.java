package io.veilflow.pipeline.party;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.MeasuredSession;
import io.veilflow.mpc.session.NetworkListener;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.session.PartyNetwork;
import io.veilflow.mpc.session.Profile;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.session.SessionContext;
import io.veilflow.mpc.session.Transcript;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiPredicate;

/** A network whose sessions abort at chosen places, at this party first; everything else is the real one's. */
class FlakyNetwork implements PartyNetwork {
    private final PartyNetwork inner;
    private final BiPredicate<SessionContext, String> aborts;

    /** @param aborts by session and operation path */
    FlakyNetwork(PartyNetwork inner, BiPredicate<SessionContext, String> aborts) {
        this.inner = inner;
        this.aborts = aborts;
    }

    @Override
    public MeasuredSession openSession(SessionContext context, Profile profile) {
        MeasuredSession session = inner.openSession(context, profile);
        return new MeasuredSession() {
            @Override
            public List<OperationFigures> figures() {
                return session.figures();
            }

            @Override
            public PartyId self() {
                return session.self();
            }

            @Override
            public SessionContext context() {
                return session.context();
            }

            @Override
            public Profile profile() {
                return session.profile();
            }

            @Override
            public Transcript transcript() {
                return session.transcript();
            }

            @Override
            public Operation operation(String path) {
                if (aborts.test(context, path)) {
                    throw new ProtocolAbortException(ProtocolAbortException.Reason.CHECK_FAILED, null, path);
                }
                return changed(session.context(), session.operation(path));
            }

            @Override
            public void close() {
                session.close();
            }
        };
    }

    /** The operation that a protocol sees. */
    Operation changed(SessionContext context, Operation operation) {
        return operation;
    }

    @Override
    public PartyId self() {
        return inner.self();
    }

    @Override
    public void start() {
        inner.start();
    }

    @Override
    public long awaitEpoch(Duration timeout) {
        return inner.awaitEpoch(timeout);
    }

    @Override
    public OptionalLong currentEpoch() {
        return inner.currentEpoch();
    }

    @Override
    public void sendControl(PartyId to, byte[] message) {
        inner.sendControl(to, message);
    }

    @Override
    public Optional<byte[]> receiveControl(PartyId from, Duration timeout) {
        return inner.receiveControl(from, timeout);
    }

    @Override
    public void addListener(NetworkListener listener) {
        inner.addListener(listener);
    }

    @Override
    public void close() {
        inner.close();
    }
}

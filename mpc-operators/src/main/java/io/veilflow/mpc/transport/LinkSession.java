package io.veilflow.mpc.transport;

import io.veilflow.mpc.ledger.Ledger;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.randomness.PrssContext;
import io.veilflow.mpc.randomness.PrssStream;
import io.veilflow.mpc.session.MeasuredSession;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.session.Profile;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.session.ProtocolAbortException.Reason;
import io.veilflow.mpc.session.SessionContext;
import io.veilflow.mpc.session.Transcript;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A session over the links of one epoch. Its PRSS streams come from the epoch's keys and the session's context; closing it
 * wipes them and tells the peers, so that nobody waits for a party that has given up. Not thread-safe.
 */
final class LinkSession implements MeasuredSession {
    private final Epoch epoch;
    private final SessionContext context;
    private final byte[] contextHash;
    private final Profile profile;
    private final SessionInbox inbox;
    private final Map<PartyId, MessageQueue> incoming;
    private final Map<String, LinkOperation> operations = new LinkedHashMap<>();
    private final Ledger ledger;
    private final TranscriptRecorder recorder;
    private LinkFailure failure;
    private boolean closed;

    LinkSession(Epoch epoch, SessionContext context, byte[] contextHash, Profile profile, SessionInbox inbox) {
        this.epoch = epoch;
        this.context = context;
        this.contextHash = contextHash;
        this.profile = profile;
        this.inbox = inbox;
        this.ledger = profile == Profile.M ? Ledger.recording() : Ledger.discarding();
        PartyId self = epoch.self();
        this.recorder = new TranscriptRecorder(self);
        this.incoming = Map.of(self.next(), inbox.from(self.next()), self.previous(), inbox.from(self.previous()));
    }

    @Override
    public PartyId self() {
        return epoch.self();
    }

    @Override
    public SessionContext context() {
        return context;
    }

    @Override
    public Profile profile() {
        return profile;
    }

    @Override
    public Operation operation(String path) {
        requireOpen();
        if (path.isEmpty()) {
            throw new IllegalArgumentException("an operation path is not empty");
        }
        LinkOperation operation = new LinkOperation(this, path);
        if (operations.putIfAbsent(path, operation) != null) {
            throw new IllegalStateException("path claimed twice: " + path);
        }
        return operation;
    }

    @Override
    public List<OperationFigures> figures() {
        return operations.values().stream()
                .map(LinkOperation::figures)
                .filter(figures -> figures.rounds() + figures.messages() > 0)
                .toList();
    }

    @Override
    public Transcript transcript() {
        return recorder.transcript(contextHash, epoch.number());
    }

    Ledger ledger() {
        return ledger;
    }

    byte[] epochName() {
        return ByteBuffer.allocate(Long.BYTES).putLong(epoch.number()).array();
    }

    PrssStream stream(int component, String path, String purpose) {
        requireOpen();
        return epoch.stream(component, PrssContext.of(context, path, purpose))
                .orElseThrow(() -> abort(new LinkFailure(Reason.PEER_LOST, null, path + ": the epoch has ended")));
    }

    void send(PartyId to, String path, String label, byte[] payload) {
        requireOpen();
        if (profile == Profile.M) {
            recorder.sent(to, path + "/" + label, payload);
        }
        try {
            epoch.send(to, contextHash, FrameNames.label(path, label), payload);
        } catch (LinkException e) {
            throw abort(e.failure());
        }
    }

    byte[] receive(PartyId from, String path, String label, int length) {
        requireOpen();
        MessageQueue queue = incoming.get(from);
        if (queue == null) {
            throw new IllegalArgumentException(self() + " cannot receive from " + from);
        }
        String where = path + "/" + label;
        MessageQueue.Message message = next(queue, from, where);
        if (message.label() == FrameNames.END) {
            throw abort(new LinkFailure(Reason.PEER_LOST, from, where + ": the peer has ended the session"));
        }
        if (profile == Profile.M) {
            // noted before it is checked: a message that breaks the protocol belongs into the record above all
            recorder.received(from, where, message.payload());
        }
        if (message.label() != FrameNames.label(path, label)) {
            throw abort(new LinkFailure(Reason.UNEXPECTED_MESSAGE, from, where));
        }
        if (message.payload().length != length) {
            throw abort(new LinkFailure(
                    Reason.LENGTH, from, where + ": " + message.payload().length + " bytes instead of " + length));
        }
        return message.payload();
    }

    private MessageQueue.Message next(MessageQueue queue, PartyId from, String where) {
        try {
            Optional<MessageQueue.Message> message =
                    queue.take(epoch.limits().receive().toMillis(), TimeUnit.MILLISECONDS);
            return message.orElseThrow(() -> abort(new LinkFailure(Reason.TIMEOUT, from, where)));
        } catch (LinkException e) {
            throw abort(e.failure());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw abort(new LinkFailure(Reason.TIMEOUT, null, where + ": interrupted"));
        }
    }

    /** An attempt that has aborted once stays aborted. */
    private ProtocolAbortException abort(LinkFailure cause) {
        if (failure == null) {
            failure = cause;
        }
        return failure.abort();
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the session is closed");
        }
        if (failure != null) {
            throw failure.abort();
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            operations.values().forEach(LinkOperation::wipe);
            ledger.wipe();
            epoch.close(inbox, contextHash);
        }
    }
}

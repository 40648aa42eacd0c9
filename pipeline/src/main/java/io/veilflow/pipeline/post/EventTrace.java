package io.veilflow.pipeline.post;

import com.google.protobuf.ByteString;
import io.veilflow.contracts.WindowRegistry;
import java.util.List;
import java.util.OptionalLong;
import org.web3j.abi.EventEncoder;
import org.web3j.abi.TypeEncoder;
import org.web3j.abi.datatypes.Event;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint64;
import org.web3j.protocol.core.methods.response.Log;

/**
 * By what the event is known that the registry emitted when it recorded something.
 *
 * @param window of the event's topic
 * @param mark bytes that its data must show: the end of the statement's digest, or for a rotation the new key
 * @param atSeconds time of its block, if the registry keeps it
 */
record EventTrace(Kind kind, ByteString jobId, long window, ByteString mark, OptionalLong atSeconds) {
    private static final int WORD = 32;

    /** The registry's events for posts. All have the job and a window as topics. */
    enum Kind {
        /** Data: manifest root, outputs, assurance, statement. */
        RESULT(WindowRegistry.WINDOWPOSTED_EVENT),
        /** Data: last window, reason, statement. */
        SKIP(WindowRegistry.WINDOWSSKIPPED_EVENT),
        /** Data: x, parity, time. */
        ROTATION(WindowRegistry.GROUPKEYCHANGED_EVENT);

        private final Event event;

        Kind(Event event) {
            this.event = event;
        }
    }

    List<String> topics() {
        return List.of(
                EventEncoder.encode(kind.event),
                "0x" + TypeEncoder.encode(new Bytes32(jobId.toByteArray())),
                "0x" + TypeEncoder.encode(new Uint64(window)));
    }

    boolean fits(Log log) {
        if (!topics().equals(log.getTopics())) {
            return false;
        }
        ByteString data = Hex.bytes(log.getData());
        return data.size() >= WORD && (kind == Kind.ROTATION ? data.startsWith(mark) : data.endsWith(mark));
    }

    /** Empty for others than results. */
    ByteString manifestRoot(Log log) {
        return kind == Kind.RESULT ? Hex.bytes(log.getData()).substring(0, WORD) : ByteString.EMPTY;
    }

    /** Empty for rotations. */
    ByteString statement(Log log) {
        ByteString data = Hex.bytes(log.getData());
        return kind == Kind.ROTATION ? ByteString.EMPTY : data.substring(data.size() - WORD);
    }
}

package io.veilflow.nativelib;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A checked proving key with its circuit, held by the native side. Any number of proofs may use it at once; proofs that
 * have begun keep what they need when it is closed. Thread-safe.
 */
public final class ProvingKeyHandle implements AutoCloseable {
    private final long handle;
    private final CircuitSummary circuit;
    private final AtomicBoolean closed = new AtomicBoolean();

    ProvingKeyHandle(long handle, CircuitSummary circuit) {
        this.handle = handle;
        this.circuit = circuit;
    }

    public CircuitSummary circuit() {
        return circuit;
    }

    long handle() {
        if (closed.get()) {
            throw new NativeException(NativeStatus.CLOSED, "proving key");
        }
        return handle;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            NativeLibrary.loaded();
            NativeLibrary.releaseKey(handle);
        }
    }

    @Override
    public String toString() {
        return "ProvingKeyHandle[" + circuit.constraints() + " constraints]";
    }
}

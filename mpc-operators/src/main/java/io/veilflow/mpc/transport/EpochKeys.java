package io.veilflow.mpc.transport;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.randomness.PrssKey;
import io.veilflow.mpc.randomness.PrssStream;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;

/**
 * The two PRSS keys of this party in one epoch (PROTOCOLS 4.0): key_i, shared with P_{i-1}, and key_{i+1}, shared with
 * P_{i+1}. Thread-safe: no stream comes from a key that is being wiped.
 */
final class EpochKeys implements AutoCloseable {
    private static final int KEY_BYTES = 32;

    private final PartyId self;
    private final PrssKey own;
    private final PrssKey next;
    private boolean closed;

    /**
     * key_i = HKDF-SHA256(ikm = X25519 secret of P_i and P_{i-1}, salt = nonces of P0, P1, P2, info = run id || u64 epoch ||
     * u32 i).
     *
     * @param withPrevious X25519 secret with P_{i-1}, 32 bytes; the caller wipes it
     * @param withNext X25519 secret with P_{i+1}, 32 bytes; the caller wipes it
     * @param nonces of P0, P1, P2, 96 bytes
     * @param runIdAndEpoch 24 bytes
     */
    EpochKeys(PartyId self, byte[] withPrevious, byte[] withNext, byte[] nonces, byte[] runIdAndEpoch) {
        this.self = self;
        this.own = derive(withPrevious, nonces, runIdAndEpoch, self);
        this.next = derive(withNext, nonces, runIdAndEpoch, self.next());
    }

    private static PrssKey derive(byte[] secret, byte[] nonces, byte[] runIdAndEpoch, PartyId index) {
        byte[] info = Arrays.copyOf(runIdAndEpoch, runIdAndEpoch.length + Integer.BYTES);
        info[info.length - 1] = (byte) index.index();
        HKDFBytesGenerator hkdf = new HKDFBytesGenerator(new SHA256Digest());
        hkdf.init(new HKDFParameters(secret, nonces, info));
        byte[] key = new byte[KEY_BYTES];
        hkdf.generateBytes(key, 0, KEY_BYTES);
        try {
            return new PrssKey(key);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /**
     * The stream of F_component in a PRSS context; empty once the epoch has ended.
     *
     * @throws IllegalArgumentException if this party does not hold that key
     */
    synchronized Optional<PrssStream> stream(int component, byte[] prssContext) {
        if (!self.holds(component)) {
            throw new IllegalArgumentException(self + " does not hold PRSS key " + component);
        }
        if (closed) {
            return Optional.empty();
        }
        return Optional.of((component == self.index() ? own : next).stream(prssContext));
    }

    @Override
    public synchronized void close() {
        closed = true;
        own.close();
        next.close();
    }

    @Override
    public String toString() {
        return "EpochKeys";
    }
}

package io.veilflow.mpc.threshold.ecdsa;

import io.veilflow.mpc.field.NotCanonicalException;
import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.threshold.CurvePoint;
import io.veilflow.mpc.threshold.Scalar;
import java.util.Arrays;

/**
 * One party's two components of an account key of one generation. It signs nothing alone. Secret: shows nothing, is wiped on {@link
 * #close}. Thread-safe.
 *
 * <p>Once a signature with it has failed it is suspended: it serves no other, only a refresh (THREATS G13).
 */
public final class AccountKeyShare implements AutoCloseable {
    /** The own component and the next one. */
    public static final int BYTES = 2 * Scalar.BYTES;

    private final PartyId holder;
    private final AccountKey key;
    private final ElementShares components;
    private boolean suspended;
    private boolean closed;

    private AccountKeyShare(PartyId holder, AccountKey key, ElementShares components) {
        this.holder = holder;
        this.key = key;
        this.components = components;
    }

    /**
     * The share with these bytes.
     *
     * @param components 64 bytes, component i of P_i and component i+1, big-endian each; copied
     * @throws IllegalArgumentException if they are not this party's components of this key in this generation
     */
    public static AccountKeyShare of(PartyId holder, AccountKey key, byte[] components) {
        if (components.length != BYTES) {
            throw new IllegalArgumentException(
                    "components of " + BYTES + " bytes, not " + components.length + ", are the share of " + holder);
        }
        ElementShares shares = read(
                holder, Arrays.copyOf(components, Scalar.BYTES), Arrays.copyOfRange(components, Scalar.BYTES, BYTES));
        if (!isComponent(shares.ownBytes(), key.componentPoint(holder.index()))
                || !isComponent(
                        shares.nextBytes(), key.componentPoint(holder.next().index()))) {
            shares.wipe();
            throw new IllegalArgumentException("this is not the share of " + holder + " in " + key);
        }
        return new AccountKeyShare(holder, key, shares);
    }

    private static ElementShares read(PartyId holder, byte[] own, byte[] next) {
        try {
            return ElementShares.fromBytes(PrimeField.ZQ, own, next);
        } catch (NotCanonicalException e) {
            throw new IllegalArgumentException("the components of " + holder + " are no scalars");
        } finally {
            Arrays.fill(own, (byte) 0);
            Arrays.fill(next, (byte) 0);
        }
    }

    /** Wipes the bytes. */
    private static boolean isComponent(byte[] component, CurvePoint point) {
        try (Scalar scalar = Scalar.decode(component).orElseThrow()) {
            return CurvePoint.generatorTimesSecret(scalar).equals(point);
        } finally {
            Arrays.fill(component, (byte) 0);
        }
    }

    public PartyId holder() {
        return holder;
    }

    public AccountKey key() {
        return key;
    }

    /** The secret bytes, 64, as {@link #of} takes them; the caller wipes them. */
    public synchronized byte[] exposeComponents() {
        requireOpen();
        byte[] own = components.ownBytes();
        byte[] next = components.nextBytes();
        byte[] out = Arrays.copyOf(own, BYTES);
        System.arraycopy(next, 0, out, Scalar.BYTES, next.length);
        Arrays.fill(own, (byte) 0);
        Arrays.fill(next, (byte) 0);
        return out;
    }

    /** A copy to compute with; the caller wipes it. */
    synchronized ElementShares shares() {
        requireOpen();
        return components.slice(0, 1);
    }

    /** A signature with it has failed: {@link AccountSigner} refuses it from now on. */
    public synchronized void suspend() {
        suspended = true;
    }

    public synchronized boolean isSuspended() {
        return suspended;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the account key share has been wiped");
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        components.wipe();
    }

    @Override
    public String toString() {
        return "AccountKeyShare[" + holder + ", " + key + "]";
    }
}

package io.veilflow.mpc.ledger;

import io.veilflow.mpc.field.PrimeField;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The unverified products of one session. In profile M every product is entered where it is made, and no value of the class
 * "verified" is opened while one is left, whatever operation it came from; in profile S nothing is entered, so nothing is
 * ever left. A failed verification condemns the ledger: the session opens no such value any more. Not thread-safe; belongs to
 * the session's thread. Holds secrets: wiped when the session closes.
 */
public final class Ledger {
    private final boolean recording;
    private final AndProducts ands = new AndProducts();
    private final FieldProducts fr = new FieldProducts(PrimeField.FR);
    private final FieldProducts p61 = new FieldProducts(PrimeField.P61);
    private final FieldProducts zq = new FieldProducts(PrimeField.ZQ);
    private final Set<PrimeField> order = new LinkedHashSet<>();
    private final Set<String> verifications = new HashSet<>();
    private boolean condemned;

    private Ledger(boolean recording) {
        this.recording = recording;
    }

    /** Of a session that verifies. */
    public static Ledger recording() {
        return new Ledger(true);
    }

    /** Of a session that does not. */
    public static Ledger discarding() {
        return new Ledger(false);
    }

    /** ANDs of words: both components of the operands, both masks, the received component of the product. Copied. */
    public void and(
            long[] xOwn, long[] xNext, long[] yOwn, long[] yNext, long[] maskOwn, long[] maskNext, long[] zNext) {
        if (recording) {
            ands.add(xOwn, xNext, yOwn, yNext, maskOwn, maskNext, zNext);
        }
    }

    /** {@code sums} inner products over equally long runs of the operands, flat. Copied. */
    public void dots(
            PrimeField field,
            int sums,
            long[] xOwn,
            long[] xNext,
            long[] yOwn,
            long[] yNext,
            long[] maskOwn,
            long[] maskNext,
            long[] zNext) {
        if (recording) {
            order.add(field);
            products(field).addSums(sums, xOwn, xNext, yOwn, yNext, maskOwn, maskNext, zNext);
        }
    }

    /** The cheaper first products of bit injection; what this party does not know is zero. Copied. */
    public void cheapProducts(PrimeField field, long[] first, long[] second, long[] mask, long[] sent) {
        if (recording) {
            order.add(field);
            products(field).addCheap(first, second, mask, sent);
        }
    }

    public AndProducts ands() {
        return ands;
    }

    public FieldProducts products(PrimeField field) {
        if (field == PrimeField.FR) {
            return fr;
        }
        return field == PrimeField.P61 ? p61 : zq;
    }

    /** The fields that have products, in the order of their first one. */
    public List<FieldProducts> products() {
        return order.stream().map(this::products).toList();
    }

    public boolean isSettled() {
        return !condemned && ands.words() == 0 && order.isEmpty();
    }

    /**
     * A verification stands for PRSS streams of its own.
     *
     * @param place operation path and name
     * @throws IllegalStateException if there was one at this place, or one has failed
     */
    public void beginVerification(String place) {
        if (condemned) {
            throw new IllegalStateException("a verification of this session has failed: " + place);
        }
        if (!verifications.add(place)) {
            throw new IllegalStateException("verified twice under one name: " + place);
        }
    }

    /** A verification has failed: forgets everything, and nothing counts as settled from now on. */
    public void condemn() {
        condemned = true;
        forget();
    }

    /**
     * @param where operation path and label of the opening
     * @throws UnverifiedException if a product is left
     */
    public void requireSettled(String where) {
        if (!isSettled()) {
            throw new UnverifiedException(where);
        }
    }

    /** Forgets everything: after it was verified, and when the session ends. */
    public void wipe() {
        forget();
    }

    private void forget() {
        ands.wipe();
        fr.wipe();
        p61.wipe();
        zq.wipe();
        order.clear();
    }

    @Override
    public String toString() {
        return "Ledger[" + ands + ", " + p61 + ", " + fr + ", " + zq + "]";
    }
}

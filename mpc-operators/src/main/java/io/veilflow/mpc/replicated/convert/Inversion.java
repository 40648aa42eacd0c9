package io.veilflow.mpc.replicated.convert;

import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.replicated.Multiplication;
import io.veilflow.mpc.replicated.Opening;
import io.veilflow.mpc.replicated.RandomShares;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.session.ProtocolAbortException.Reason;
import io.veilflow.mpc.verification.Verification;

/**
 * 1/x over either field (PROTOCOLS 4.10): y = x*r with r from the PRSS, verified, opened; 1/x = r * y^-1. Two rounds, two elements
 * a value and party, besides the verification. Purposes "rand/<field>", "mul/<field>"; messages "mul", "open/y".
 *
 * <p>Security: one malicious party. y is uniform among the non-zero elements and shows nothing but whether x is zero, which ends
 * the session: the caller must know that x is not zero. The mask is no cover for an error: a party that shifts y by an amount it
 * knows would turn a zero into a value. Hence the verification of the whole session before the opening, at "dzkp" below the operation, so
 * once in an operation; profile S has none.
 *
 * <p>Failure: CHECK_FAILED, accusing nobody, for a zero; all three end alike, since y is public.
 */
public final class Inversion {
    private static final String VERIFICATION = "dzkp";

    private final Operation operation;

    public Inversion(Operation operation) {
        this.operation = operation;
    }

    /** @param x no element is zero */
    public ElementShares invert(ElementShares x) {
        PrimeField field = x.field();
        if (x.count() == 0) {
            return x;
        }
        ElementShares r = new RandomShares(operation).elements(field, x.count());
        ElementShares masked = new Multiplication(operation).multiply(x, r);
        new Verification(operation, VERIFICATION).run();
        long[] y = new Opening(operation).open(masked, "open/y");
        if (hasZero(y, field.words())) {
            throw new ProtocolAbortException(Reason.CHECK_FAILED, null, operation.path() + "/inverse of zero");
        }
        long[] inverse = field.invert(y);
        ElementShares out = new ElementShares(
                field, x.count(), field.multiply(r.own(), inverse), field.multiply(r.next(), inverse));
        r.wipe();
        return out;
    }

    private static boolean hasZero(long[] elements, int words) {
        for (int at = 0; at < elements.length; at += words) {
            long any = 0;
            for (int w = 0; w < words; w++) {
                any |= elements[at + w];
            }
            if (any == 0) {
                return true;
            }
        }
        return false;
    }
}

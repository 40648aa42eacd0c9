package io.veilflow.mpc.threshold.keygen;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.threshold.CurvePoint;
import io.veilflow.mpc.threshold.Scalar;
import java.security.SecureRandom;

/** A dealer's secret polynomial of degree one: its value at zero is dealt, its value at index + 1 is a party's part of it. */
final class Polynomial implements AutoCloseable {
    private final Scalar constant;
    private final Scalar slope;

    /** Owns both from here on. */
    Polynomial(Scalar constant, Scalar slope) {
        this.constant = constant;
        this.slope = slope;
    }

    /** @param constant what is dealt; owned by the polynomial from here on */
    static Polynomial dealing(Scalar constant, SecureRandom random) {
        return new Polynomial(constant, Scalar.random(random));
    }

    Scalar constant() {
        return constant;
    }

    /** To be closed by the caller. */
    Scalar valueAt(PartyId party) {
        try (Scalar rise = slope.times(Scalar.identifier(party))) {
            return constant.plus(rise);
        }
    }

    PolynomialCommitment commitment() {
        return new PolynomialCommitment(
                CurvePoint.generatorTimesSecret(constant), CurvePoint.generatorTimesSecret(slope));
    }

    @Override
    public void close() {
        constant.close();
        slope.close();
    }

    @Override
    public String toString() {
        return "Polynomial";
    }
}

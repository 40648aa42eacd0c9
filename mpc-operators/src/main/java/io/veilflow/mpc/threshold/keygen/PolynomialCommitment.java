package io.veilflow.mpc.threshold.keygen;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.threshold.CurvePoint;
import io.veilflow.mpc.threshold.Scalar;

/**
 * A polynomial of degree one in the exponent (Feldman): its coefficients times the generator.
 *
 * @param constant A_0
 * @param slope A_1
 */
record PolynomialCommitment(CurvePoint constant, CurvePoint slope) {
    static final PolynomialCommitment ZERO = new PolynomialCommitment(CurvePoint.INFINITY, CurvePoint.INFINITY);

    CurvePoint valueAt(PartyId party) {
        return constant.plus(slope.times(Scalar.identifier(party)));
    }

    PolynomialCommitment plus(PolynomialCommitment other) {
        return new PolynomialCommitment(constant.plus(other.constant), slope.plus(other.slope));
    }
}

package io.veilflow.zk.commitment;

import io.veilflow.nativelib.NativeProver;
import io.veilflow.zk.field.ScalarField;
import io.veilflow.zk.field.SecretScalars;
import io.veilflow.zk.key.CommitmentBasis;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Makes and checks commitments to components of books under one basis.
 *
 * <p><b>Protocol</b>: Pedersen vector commitments, C_j = sum_i x_{j,i} * K_i + rho_j * K_mask (PROTOCOLS section 4.1);
 * many at once by random linear combination (Bellare, Garay and Rabin, "Fast batch verification", EUROCRYPT 1998, small
 * exponents test). <b>Security</b>: binding modulo r under the discrete logarithm assumption in the setup's basis, hiding by
 * rho; the batch test errs with probability 2^-128 as long as the contributors cannot foresee the factors. <b>Cost</b>: one
 * multi-scalar multiplication over all wires; no message. Its time is not constant in the scalars. <b>Failure</b>: the
 * openings that do not match are found one by one and named by their place.
 *
 * <p>Thread-safe if the randomness is.
 */
public final class BookCommitments {
    private static final int BETA_BYTES = 16;

    private final CommitmentBasis basis;
    private final SecureRandom random;

    /** @param random private randomness of this process, for the factors of the batch test */
    public BookCommitments(CommitmentBasis basis, SecureRandom random) {
        this.basis = basis;
        this.random = random;
    }

    /**
     * C_j.
     *
     * @param firstWire the contributor's first book wire
     * @param scalars the component of its wires in book order, modulo r, 32 bytes each; not modified
     * @throws IndexOutOfBoundsException if the basis has no such wires
     */
    public G1Point commit(int firstWire, byte[] scalars, Blinding blinding) {
        ScalarField.requireCanonical(scalars);
        return G1Point.of(product(firstWire, scalars, blinding));
    }

    /** Whether one opening matches its commitment. */
    public boolean matches(ComponentOpening opening) {
        return Arrays.equals(
                product(opening.firstWire(), opening.scalars(), opening.blinding()),
                opening.commitment().bytes());
    }

    /** The places of the openings that do not match their commitments; empty if all do. */
    public List<Integer> mismatches(List<ComponentOpening> openings) {
        if (openings.isEmpty() || batchMatches(openings)) {
            return List.of();
        }
        List<Integer> wrong = new ArrayList<>();
        for (int place = 0; place < openings.size(); place++) {
            if (!matches(openings.get(place))) {
                wrong.add(place);
            }
        }
        return wrong;
    }

    /** sum beta * (sum x * K + rho * K_mask - C) is the identity, with a fresh 128-bit beta for every opening. */
    private boolean batchMatches(List<ComponentOpening> openings) {
        int terms = openings.stream().mapToInt(opening -> opening.wires() + 2).sum();
        byte[] points = new byte[Math.multiplyExact(terms, G1Point.BYTES)];
        byte[] scalars = new byte[terms * ScalarField.BYTES];
        int at = 0;
        for (ComponentOpening opening : openings) {
            byte[] beta = beta();
            byte[] held = withBlinding(opening.scalars(), opening.blinding());
            byte[] scaled = SecretScalars.scale(held, beta);
            byte[] basisPoints = basis.pointsWithMask(opening.firstWire(), opening.wires());
            System.arraycopy(basisPoints, 0, points, at * G1Point.BYTES, basisPoints.length);
            System.arraycopy(scaled, 0, scalars, at * ScalarField.BYTES, scaled.length);
            at += opening.wires() + 1;
            System.arraycopy(opening.commitment().bytes(), 0, points, at * G1Point.BYTES, G1Point.BYTES);
            System.arraycopy(ScalarField.negate(beta), 0, scalars, at * ScalarField.BYTES, ScalarField.BYTES);
            at++;
            Arrays.fill(held, (byte) 0);
            Arrays.fill(scaled, (byte) 0);
        }
        try {
            return isIdentity(NativeProver.commit(points, scalars));
        } finally {
            Arrays.fill(scalars, (byte) 0);
        }
    }

    private byte[] product(int firstWire, byte[] scalars, Blinding blinding) {
        byte[] points = basis.pointsWithMask(firstWire, scalars.length / ScalarField.BYTES);
        byte[] all = withBlinding(scalars, blinding);
        try {
            return NativeProver.commit(points, all);
        } finally {
            Arrays.fill(all, (byte) 0);
        }
    }

    private static byte[] withBlinding(byte[] scalars, Blinding blinding) {
        byte[] rho = blinding.secretBytes();
        byte[] all = Arrays.copyOf(scalars, scalars.length + ScalarField.BYTES);
        System.arraycopy(rho, 0, all, scalars.length, ScalarField.BYTES);
        Arrays.fill(rho, (byte) 0);
        return all;
    }

    private byte[] beta() {
        byte[] draw = new byte[BETA_BYTES];
        random.nextBytes(draw);
        byte[] beta = new byte[ScalarField.BYTES];
        System.arraycopy(draw, 0, beta, ScalarField.BYTES - BETA_BYTES, BETA_BYTES);
        return beta;
    }

    private static boolean isIdentity(byte[] point) {
        return Arrays.equals(point, new byte[G1Point.BYTES]);
    }
}

package io.veilflow.mpc.adversary;

import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.randomness.PrssStream;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.testing.LinkControl;
import java.util.Optional;

/**
 * The prover of a first product that is too large by one (PROTOCOLS 4.5). What its vectors lack against the claim it adds to G, level
 * after level, so that every sum the verifiers check is right. In the end the lie stands in G alone, and only p(c)*q(c) can show it:
 * unless the prover knows the last challenge.
 */
final class RepairedProof implements Attack {
    private static final int LAST_LEVEL_POINTS = 9;
    private static final int LAST_LEVEL_POINT = 1;
    private static final int SPARE_POINT = 5;

    private final PrimeField field;
    private final PartyId self;
    private final Optional<long[]> lastChallenge;
    private long[] lacking;
    private int points;

    /** @param lastChallenge what no prover knows; empty for an attacker as it can be */
    RepairedProof(PrimeField field, PartyId self, Optional<long[]> lastChallenge) {
        this.field = field;
        this.self = self;
        this.lastChallenge = lastChallenge;
    }

    private String name(String message) {
        return "/" + field.label() + "/" + self.index() + "/" + message;
    }

    @Override
    public byte[] received(Operation operation, PartyId from, String label, byte[] payload) {
        if (label.endsWith(name("rho"))) {
            lacking = new long[field.words()];
            try (PrssStream weights = new PrssStream(payload.clone())) {
                weights.elements(field, lacking, 0, 1);
            }
        } else if (label.contains(name("c/"))) {
            lacking = field.multiply(lacking, basis(0, field.decode(payload.clone())));
        }
        return payload;
    }

    @Override
    public void send(Outgoing message, LinkControl links) {
        if (!message.label().contains(name("G/"))) {
            message.send();
            return;
        }
        long[] values = field.decode(message.payload());
        points = values.length / field.words();
        boolean last = points == LAST_LEVEL_POINTS;
        add(values, last ? LAST_LEVEL_POINT : 0, lacking);
        if (last) {
            lastChallenge.ifPresent(c -> hide(values, c));
        }
        message.send(field.encode(values));
    }

    /** Takes the lie out of G(c) at a point that no sum counts. */
    private void hide(long[] values, long[] c) {
        long[] shown = field.multiply(lacking, basis(LAST_LEVEL_POINT, c));
        long[] amount = field.multiply(shown, field.invert(basis(SPARE_POINT, c)));
        add(values, SPARE_POINT, field.subtract(new long[field.words()], amount));
    }

    private void add(long[] values, int point, long[] amount) {
        long[] error = new long[values.length];
        System.arraycopy(amount, 0, error, point * field.words(), field.words());
        System.arraycopy(field.add(values, error), 0, values, 0, values.length);
    }

    /** The Lagrange polynomial of one point among 0..points-1, at c. */
    private long[] basis(int point, long[] c) {
        long[] out = field.one();
        for (int k = 0; k < points; k++) {
            if (k != point) {
                long[] above = field.subtract(c, field.element(k));
                long[] below = field.subtract(field.element(point), field.element(k));
                out = field.multiply(out, field.multiply(above, field.invert(below)));
            }
        }
        return out;
    }
}

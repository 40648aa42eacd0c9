package io.veilflow.pipeline.party;

import io.veilflow.mpc.ledger.Ledger;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.randomness.PrssStream;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.session.PartyNetwork;
import io.veilflow.mpc.session.Profile;
import io.veilflow.mpc.session.SessionContext;
import java.util.Arrays;
import java.util.function.BooleanSupplier;

/** The network of a party whose messages about the group's account lack a byte, while it cheats. */
final class ShortNetwork extends FlakyNetwork {
    private final BooleanSupplier cheats;

    ShortNetwork(PartyNetwork inner, BooleanSupplier cheats) {
        super(inner, (context, path) -> false);
        this.cheats = cheats;
    }

    @Override
    Operation changed(SessionContext context, Operation operation) {
        return context.kind() == SessionContext.Kind.ACCOUNT ? new Shortening(operation, cheats) : operation;
    }

    private record Shortening(Operation inner, BooleanSupplier cheats) implements Operation {
        @Override
        public void send(PartyId to, String label, byte[] payload) {
            int length = cheats.getAsBoolean() ? payload.length - 1 : payload.length;
            inner.send(to, label, Arrays.copyOf(payload, length));
        }

        @Override
        public PartyId self() {
            return inner.self();
        }

        @Override
        public String path() {
            return inner.path();
        }

        @Override
        public Profile profile() {
            return inner.profile();
        }

        @Override
        public Ledger ledger() {
            return inner.ledger();
        }

        @Override
        public byte[] epoch() {
            return inner.epoch();
        }

        @Override
        public PrssStream stream(int component, String purpose) {
            return inner.stream(component, purpose);
        }

        @Override
        public byte[] receive(PartyId from, String label, int length) {
            return inner.receive(from, label, length);
        }
    }
}

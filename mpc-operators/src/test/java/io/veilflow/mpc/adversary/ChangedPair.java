package io.veilflow.mpc.adversary;

import io.veilflow.mpc.testing.LinkControl;
import java.util.Random;

/** The two messages of one label, one to each peer, are changed together; everything else is honest. */
final class ChangedPair implements Attack {
    private final int first;
    private final int second;
    private final Change change;
    private final Domain domain;
    private final long seed;
    private Outgoing waiting;

    ChangedPair(int first, int second, Change change, Domain domain, long seed) {
        this.first = first;
        this.second = second;
        this.change = change;
        this.domain = domain;
        this.seed = seed;
    }

    @Override
    public void send(Outgoing message, LinkControl links) {
        boolean ours = message.number() == first || message.number() == second;
        if (!ours) {
            message.send();
        } else if (change == Change.SAME_ERROR_TO_BOTH) {
            message.send(domain.addOne(message.payload(), new Random(seed)));
        } else if (message.number() == first) {
            waiting = message.copy();
        } else {
            waiting.send(message.payload().clone());
            message.send(waiting.payload());
        }
    }
}

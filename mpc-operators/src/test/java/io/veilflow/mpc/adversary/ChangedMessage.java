package io.veilflow.mpc.adversary;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.testing.Hold;
import io.veilflow.mpc.testing.LinkControl;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;

/** One message is changed; everything before and after is honest. */
final class ChangedMessage implements Attack {
    private final int number;
    private final Change change;
    private final Domain domain;
    private final Random place;
    private final Map<PartyId, Outgoing> last = new EnumMap<>(PartyId.class);

    ChangedMessage(int number, Change change, Domain domain, long seed) {
        this.number = number;
        this.change = change;
        this.domain = domain;
        this.place = new Random(seed);
    }

    @Override
    public void send(Outgoing message, LinkControl links) {
        if (message.number() == number) {
            deviate(message, links);
        } else {
            last.put(message.to(), message.copy());
            message.send();
        }
    }

    private void deviate(Outgoing message, LinkControl links) {
        byte[] payload = message.payload();
        switch (change) {
            case FLIP_BIT -> message.send(domain.flipBit(payload, place));
            case ADD_ONE -> message.send(domain.addOne(payload, place));
            case ZERO -> message.send(new byte[payload.length]);
            case NOT_CANONICAL -> {
                Arrays.fill(payload, (byte) 0xff);
                message.send(payload);
            }
            case CUT -> message.send(Arrays.copyOf(payload, payload.length - 1));
            case EXTEND -> message.send(Arrays.copyOf(payload, payload.length + 1));
            case REPLAY -> {
                Outgoing before = last.get(message.to());
                before.send(before.payload().clone());
            }
            case REPLAY_CONTENT -> message.send(last.get(message.to()).payload().clone());
            case DROP -> {}
            case DELAY -> {
                links.hold(message.to(), Hold.WITHIN_LIMIT);
                message.send();
            }
            case DELAY_BEYOND_LIMIT -> {
                links.hold(message.to(), Hold.BEYOND_LIMIT);
                message.send();
            }
            case SAME_ERROR_TO_BOTH, SWAPPED -> throw new IllegalStateException(change + " concerns two messages");
        }
    }
}

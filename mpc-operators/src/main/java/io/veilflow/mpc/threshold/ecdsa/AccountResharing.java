package io.veilflow.mpc.threshold.ecdsa;

import io.veilflow.mpc.field.NotCanonicalException;
import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.randomness.PrssContext;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.session.ProtocolAbortException.Reason;
import io.veilflow.mpc.threshold.CurvePoint;
import io.veilflow.mpc.threshold.Scalar;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Makes new components of the same account key (PROTOCOLS 9): every party deals three scalars that add up to zero, and they are added to
 * the old components. Whoever has old components only has nothing any more, as soon as two parties have deleted theirs.
 *
 * <p>A replaced party has no old components: each of its two is handed over, in its new form, by the other party that holds it, and
 * checked against the public point.
 *
 * <p>Security: one of three, malicious, with abort; all three confirm one transcript before anybody gets a share. One who breaks in
 * at one party before and at another one after a refresh learns nothing, if no party was in his hands during it. Six rounds,
 * with a replacement seven; about 0.6 KB to each peer.
 */
public final class AccountResharing {
    private final Operation operation;

    public AccountResharing(Operation operation) {
        this.operation = operation;
    }

    /** New components for the three who hold the old ones. The old share stays open. */
    public AccountKeyShare refresh(AccountKeyShare old, SecureRandom random) {
        ComponentDealing.Dealt dealt = dealt("refresh", old.key(), random);
        ComponentDealing.Dealt sums = plus(old, dealt);
        return new NewComponents(operation)
                .confirmed(points(old.key()), old.key().generation() + 1, sums);
    }

    /**
     * New components for the two who stay and the one who takes the place of a third.
     *
     * @param old this party's; empty at the replaced party
     * @param key the same at all three: the replaced party has it from the job
     */
    public AccountKeyShare replace(
            Optional<AccountKeyShare> old, AccountKey key, PartyId replaced, SecureRandom random) {
        if (old.isPresent() == (operation.self() == replaced)
                || old.filter(share -> !share.key().equals(key)).isPresent()) {
            throw new IllegalArgumentException(replaced + " is replaced, and " + operation.self() + " has "
                    + old.map(Object::toString).orElse("no share") + " of " + key);
        }
        ComponentDealing.Dealt dealt = dealt("replace " + replaced, key, random);
        ComponentDealing.Dealt sums = old.isPresent() ? plus(old.get(), dealt) : dealt;
        if (old.isEmpty()) {
            sums = taken(key, dealt);
        } else if (operation.self() == replaced.next()) {
            operation.send(replaced, "handover", PrimeField.ZQ.encode(sums.own()));
        } else {
            operation.send(replaced, "handover", PrimeField.ZQ.encode(sums.next()));
        }
        return new NewComponents(operation).confirmed(points(key), key.generation() + 1, sums);
    }

    private ComponentDealing.Dealt dealt(String what, AccountKey key, SecureRandom random) {
        byte[] subject = PrssContext.encode(PrssContext.text(what), key.encoded());
        new Broadcast(operation).agree("start", Reason.CONFIGURATION, subject);
        return new ComponentDealing(operation).deal(subject, ComponentDealing.Total.ZERO, random);
    }

    private static ComponentDealing.Dealt plus(AccountKeyShare old, ComponentDealing.Dealt dealt) {
        ElementShares components = old.shares();
        ComponentDealing.Dealt out = new ComponentDealing.Dealt(
                PrimeField.ZQ.add(components.own(), dealt.own()),
                PrimeField.ZQ.add(components.next(), dealt.next()),
                dealt.points(),
                dealt.transcript());
        components.wipe();
        dealt.wipe();
        return out;
    }

    private static List<CurvePoint> points(AccountKey key) {
        return IntStream.range(0, PartyId.values().length)
                .mapToObj(key::componentPoint)
                .toList();
    }

    /** The replaced party's components from those who hold them too. */
    private ComponentDealing.Dealt taken(AccountKey key, ComponentDealing.Dealt dealt) {
        PartyId self = operation.self();
        long[] own = handedOver(self.previous(), self.index(), key, dealt);
        long[] next = handedOver(self.next(), self.next().index(), key, dealt);
        dealt.wipe();
        return new ComponentDealing.Dealt(own, next, dealt.points(), dealt.transcript());
    }

    private long[] handedOver(PartyId from, int component, AccountKey key, ComponentDealing.Dealt dealt) {
        byte[] message = operation.receive(from, "handover", Scalar.BYTES);
        CurvePoint expected = key.componentPoint(component).plus(dealt.points().get(component));
        try {
            long[] out = PrimeField.ZQ.decode(message);
            if (!ComponentDealing.multiple(message).equals(expected)) {
                throw new ProtocolAbortException(Reason.CONTRADICTION, from, operation.path() + "/handover");
            }
            return out;
        } catch (NotCanonicalException e) {
            throw new ProtocolAbortException(Reason.NOT_CANONICAL, from, operation.path() + "/handover");
        }
    }
}

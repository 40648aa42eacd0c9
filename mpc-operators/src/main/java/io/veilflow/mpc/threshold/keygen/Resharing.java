package io.veilflow.mpc.threshold.keygen;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.randomness.PrssContext;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.session.ProtocolAbortException.Reason;
import io.veilflow.mpc.threshold.CurvePoint;
import io.veilflow.mpc.threshold.GroupKey;
import io.veilflow.mpc.threshold.KeyShare;
import io.veilflow.mpc.threshold.Scalar;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes new shares of the same key: every dealer deals its old share with its Lagrange weight, so that the sum is the key again, and
 * every party adds up what it is dealt (PROTOCOLS 9, "Lagrange-weighted Feldman"). What a dealer deals is checked against its old public
 * verification share, so nobody can change the key. To refresh, all three deal; to replace a party, the two others do, and the
 * replaced one needs nothing old. (Protocol, security, cost and failures as {@link Dealing}.)
 *
 * <p><b>What old shares are worth.</b> Old and new shares lie on different lines, so they do not fit together. Two old ones together still are the
 * key: a share is to be wiped once all three have confirmed the transcript, which this protocol does in its last round and
 * the caller does again with signatures before anything is deleted.
 *
 * <p><b>If the last round reaches only some.</b> Who ends has heard that all three hold parts that fit; who aborts has not, and keeps
 * the old share. Both are shares of the same key, and of different generations, which never sign together; the caller
 * keeps both until it knows that all three have the new one.
 */
public final class Resharing {
    private static final String LABEL = "veilflow/resharing/1";

    private final Operation operation;

    /** @param operation of a session whose context all three agree on */
    public Resharing(Operation operation) {
        this.operation = operation;
    }

    /**
     * New shares for the three who hold the old ones.
     *
     * @param old not closed
     * @return this party's share of the next generation, to be kept aside until all three have confirmed
     * @throws ProtocolAbortException naming the culprit where one is provable; the old share stays what it was
     */
    public KeyShare refresh(KeyShare old, SecureRandom random) {
        return reshare(Optional.of(old), old.group(), EnumSet.allOf(PartyId.class), random);
    }

    /**
     * New shares for all three, dealt by the two who are not replaced.
     *
     * @param old this party's, not closed; empty at the replaced party
     * @param group the key as it was, the same at all three
     * @throws IllegalArgumentException if the share is not of this group, or missing, or held by the replaced party
     * @throws ProtocolAbortException naming the culprit where one is provable; the old shares stay what they were
     */
    public KeyShare replace(Optional<KeyShare> old, GroupKey group, PartyId replaced, SecureRandom random) {
        return reshare(old, group, EnumSet.complementOf(EnumSet.of(replaced)), random);
    }

    private KeyShare reshare(Optional<KeyShare> old, GroupKey group, Set<PartyId> dealers, SecureRandom random) {
        PartyId self = operation.self();
        boolean deals = dealers.contains(self);
        if (old.isPresent() != deals
                || old.filter(share -> share.holder() != self || !share.group().equals(group))
                        .isPresent()) {
            throw new IllegalArgumentException(self + " does not fit the dealers " + dealers + " of " + group);
        }
        Map<PartyId, Optional<CurvePoint>> constants = new EnumMap<>(PartyId.class);
        for (PartyId dealer : dealers) {
            constants.put(dealer, Optional.of(group.verificationShare(dealer).times(weight(dealer, dealers))));
        }
        Dealing dealing = new Dealing(operation, 1, statement(group, dealers), constants);
        try (Dealt dealt = deals ? deal(dealing, old.orElseThrow(), dealers, random) : dealing.receive()) {
            boolean same = dealt.isUsable() && dealt.sum().constant().equals(group.publicPoint());
            if (!same) {
                throw new ProtocolAbortException(Reason.CHECK_FAILED, null, operation.path() + ", another key");
            }
            return dealt.keyShare(group.generation() + 1);
        }
    }

    private Dealt deal(Dealing dealing, KeyShare old, Set<PartyId> dealers, SecureRandom random) {
        try (Scalar secret = old.exposeSecret();
                Polynomial mine = Polynomial.dealing(secret.times(weight(operation.self(), dealers)), random)) {
            return dealing.deal(mine, random);
        }
    }

    /** Of the dealer's point, among the dealers' points, at zero: the product of j/(j - i). */
    private static Scalar weight(PartyId dealer, Set<PartyId> dealers) {
        Scalar own = Scalar.identifier(dealer);
        Scalar weight = Scalar.of(1);
        for (PartyId other : dealers) {
            if (other != dealer) {
                Scalar point = Scalar.identifier(other);
                weight = weight.times(point).times(point.minus(own).inverse());
            }
        }
        return weight;
    }

    static byte[] statement(GroupKey group, Set<PartyId> dealers) {
        byte[] who = new byte[PartyId.values().length];
        dealers.forEach(dealer -> who[dealer.index()] = 1);
        return PrssContext.encode(
                PrssContext.text(LABEL),
                group.point(),
                PrssContext.encode(group.verificationShares().toArray(byte[][]::new)),
                ByteBuffer.allocate(Integer.BYTES).putInt(group.generation()).array(),
                group.transcript(),
                who);
    }
}

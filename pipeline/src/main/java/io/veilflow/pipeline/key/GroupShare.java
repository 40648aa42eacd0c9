package io.veilflow.pipeline.key;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.threshold.KeyShare;
import io.veilflow.mpc.threshold.ecdsa.AccountKeyShare;
import java.util.Arrays;

/** One party's secret share of a key of the three, and the key's public side. Shows nothing; closing it wipes the share. */
public final class GroupShare implements AutoCloseable {
    private final PartyId holder;
    private final PublicGroupKey key;
    private final byte[] secret;
    private final boolean suspended;

    private GroupShare(PartyId holder, PublicGroupKey key, byte[] secret, boolean suspended) {
        this.holder = holder;
        this.key = key;
        this.secret = secret.clone();
        this.suspended = suspended;
    }

    /** @throws IllegalArgumentException if the secret is not this party's share of the key */
    static GroupShare of(PartyId holder, PublicGroupKey key, byte[] secret, boolean suspended) {
        GroupShare share = new GroupShare(holder, key, secret, suspended);
        switch (key.purpose()) {
            case RESULT, SIGN -> share.keyShare().close();
            case ACCOUNT -> share.accountShare().close();
        }
        return share;
    }

    /** @param share not closed by this */
    public static GroupShare of(KeyPurpose purpose, KeyShare share) {
        byte[] scalar = share.exposeScalar();
        try {
            return new GroupShare(share.holder(), PublicGroupKey.of(purpose, share.group()), scalar, false);
        } finally {
            Arrays.fill(scalar, (byte) 0);
        }
    }

    /** @param share not closed by this */
    public static GroupShare of(AccountKeyShare share) {
        byte[] components = share.exposeComponents();
        try {
            return new GroupShare(share.holder(), PublicGroupKey.of(share.key()), components, share.isSuspended());
        } finally {
            Arrays.fill(components, (byte) 0);
        }
    }

    public PartyId holder() {
        return holder;
    }

    public PublicGroupKey key() {
        return key;
    }

    /** To sign with by FROST; the caller closes it. */
    public KeyShare keyShare() {
        return KeyShare.of(holder, key.groupKey(), secret);
    }

    /** To sign with by threshold ECDSA, suspended if its store says so; the caller closes it. */
    public AccountKeyShare accountShare() {
        AccountKeyShare share = AccountKeyShare.of(holder, key.accountKey(), secret);
        if (suspended) {
            share.suspend();
        }
        return share;
    }

    /** The secret bytes; the caller wipes them. */
    byte[] exposeSecret() {
        return secret.clone();
    }

    @Override
    public void close() {
        Arrays.fill(secret, (byte) 0);
    }

    @Override
    public String toString() {
        return "GroupShare[" + holder + ", " + key + "]";
    }
}

package io.veilflow.mpc.adversary;

import io.veilflow.mpc.fair.FairMessage;
import io.veilflow.mpc.fair.FairMessage.Component;
import io.veilflow.mpc.party.PartyId;
import java.util.List;

/** One posting of a fair opening is withheld, late or changed for some of its readers. */
final class ChangedPosting implements Attack {
    enum Kind {
        POSTING_WITHHELD,
        /** After T1, before T2. */
        POSTING_LATE,
        /** After T2. */
        POSTING_TOO_LATE,
        /** One bit of what is signed or hashed. */
        POSTING_CHANGED
    }

    private static final long AFTER_T1_MILLIS = 55;
    private static final long AFTER_T2_MILLIS = 500;

    private final int number;
    private final Kind kind;
    private final List<PartyId> victims;

    ChangedPosting(int number, Kind kind, List<PartyId> victims) {
        this.number = number;
        this.kind = kind;
        this.victims = victims;
    }

    @Override
    public Posting posts(int at, PartyId to, FairMessage message) {
        if (at != number || !victims.contains(to)) {
            return new Posting(message, 0);
        }
        return switch (kind) {
            case POSTING_WITHHELD -> null;
            case POSTING_LATE -> new Posting(message, AFTER_T1_MILLIS);
            case POSTING_TOO_LATE -> new Posting(message, AFTER_T2_MILLIS);
            case POSTING_CHANGED -> new Posting(changed(message), 0);
        };
    }

    private static FairMessage changed(FairMessage message) {
        if (message instanceof FairMessage.Ready ready) {
            return new FairMessage.Ready(ready.epoch(), ready.times(), flipped(ready.hashes()), ready.signature());
        }
        if (message instanceof FairMessage.Echo echo) {
            return new FairMessage.Echo(echo.signer(), echo.signature(), flipped(echo.countersignature()));
        }
        FairMessage.Opened opened = (FairMessage.Opened) message;
        return new FairMessage.Opened(changed(opened.own()), changed(opened.next()));
    }

    private static Component changed(Component component) {
        return new Component(flipped(component.value()), component.salt());
    }

    private static byte[] flipped(byte[] bytes) {
        byte[] out = bytes.clone();
        out[out.length - 1] ^= 1;
        return out;
    }
}

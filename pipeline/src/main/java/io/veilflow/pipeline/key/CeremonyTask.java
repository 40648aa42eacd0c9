package io.veilflow.pipeline.key;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.job.EnrolledParty;
import java.util.Optional;

/**
 * What the three operators started together.
 *
 * @param replaced the party that begins anew; only in a replacement
 */
public record CeremonyTask(Kind kind, Optional<PartyId> replaced) {
    /** Of the life of a key. */
    public enum Kind {
        CREATE,
        REFRESH,
        REPLACE
    }

    public CeremonyTask {
        if (replaced.isPresent() != (kind == Kind.REPLACE)) {
            throw new IllegalArgumentException("only a replacement, and each, names the replaced party");
        }
    }

    public static CeremonyTask create() {
        return new CeremonyTask(Kind.CREATE, Optional.empty());
    }

    public static CeremonyTask refresh() {
        return new CeremonyTask(Kind.REFRESH, Optional.empty());
    }

    public static CeremonyTask replace(PartyId party) {
        return new CeremonyTask(Kind.REPLACE, Optional.of(party));
    }

    /** As on the command line. */
    public String text() {
        return switch (kind) {
            case CREATE -> "keys create group";
            case REFRESH -> "keys refresh";
            case REPLACE -> "keys replace --party " + replaced.orElseThrow().index();
        };
    }

    /** Different for different tasks, 1 to 5. */
    int code() {
        return switch (kind) {
            case CREATE -> 1;
            case REFRESH -> 2;
            case REPLACE -> 3 + replaced.orElseThrow().index();
        };
    }

    static Optional<CeremonyTask> of(int code) {
        return switch (code) {
            case 1 -> Optional.of(create());
            case 2 -> Optional.of(refresh());
            case 3, 4, 5 -> Optional.of(replace(PartyId.of(code - 3)));
            default -> Optional.empty();
        };
    }

    @Override
    public String toString() {
        return text();
    }

    static String name(PartyId party) {
        return EnrolledParty.writer(party);
    }
}

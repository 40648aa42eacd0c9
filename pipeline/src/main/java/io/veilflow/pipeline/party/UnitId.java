package io.veilflow.pipeline.party;

import io.veilflow.mpc.session.SessionContext;
import io.veilflow.pipeline.wire.UnitKind;

/**
 * What a session is about: an admission batch or a window.
 *
 * @param kind BATCH or WINDOW
 * @param id from 0
 */
public record UnitId(UnitKind kind, long id) {
    public UnitId {
        if (id < 0 || kind != UnitKind.BATCH && kind != UnitKind.WINDOW) {
            throw new IllegalArgumentException(kind + " " + id + " is no unit");
        }
    }

    public static UnitId batch(long id) {
        return new UnitId(UnitKind.BATCH, id);
    }

    public static UnitId window(long id) {
        return new UnitId(UnitKind.WINDOW, id);
    }

    SessionContext.Kind sessionKind() {
        return kind == UnitKind.BATCH ? SessionContext.Kind.BATCH : SessionContext.Kind.WINDOW;
    }

    @Override
    public String toString() {
        return sessionKind().text() + " " + id;
    }
}

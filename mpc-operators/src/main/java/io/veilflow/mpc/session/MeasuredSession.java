package io.veilflow.mpc.session;

import java.util.List;

/** A session that counts what it sends and, in profile M, notes every message. The figures depend on public sizes only (THREATS B16). */
public interface MeasuredSession extends Session {
    /** One entry for each operation path that sent or received, in the order in which the paths were claimed. */
    List<OperationFigures> figures();

    /** The messages so far, without their content; also after the session was closed. Empty in profile S. */
    Transcript transcript();

    /**
     * @param rounds times that the operation waited for a peer after having sent, or first of all
     * @param messages sent to both peers together
     * @param bytes payload bytes sent to both peers together
     */
    record OperationFigures(String path, long rounds, long messages, long bytes) {}
}

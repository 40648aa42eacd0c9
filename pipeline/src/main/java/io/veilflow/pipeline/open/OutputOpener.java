package io.veilflow.pipeline.open;

import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.session.Session;

/** How the outputs of a window are opened. */
public interface OutputOpener {
    /**
     * @param outputs over Fr; wiped when this returns or throws
     * @return flat elements, the same at all honest parties
     * @throws io.veilflow.mpc.session.ProtocolAbortException if they are not opened: then to nobody
     */
    long[] open(Session session, ElementShares outputs);
}

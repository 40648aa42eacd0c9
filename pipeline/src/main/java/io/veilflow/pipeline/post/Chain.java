package io.veilflow.pipeline.post;

/** One registry on one chain, to read and to post to. */
public interface Chain extends ChainView {
    /**
     * Posts a window and waits until it is recorded. If exactly this statement stands already, nothing is sent and the
     * receipt of the transaction that recorded it comes back: calling again is always safe.
     *
     * @throws SettlementException CONFLICT if another statement stands for this window; REFUSED if the registry would revert
     *     (nothing was sent); UNREACHABLE or NOT_INCLUDED if it is worth another try
     */
    PostReceipt post(WindowPost post);
}

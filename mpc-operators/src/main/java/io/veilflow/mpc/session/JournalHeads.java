package io.veilflow.mpc.session;

import io.veilflow.mpc.party.PartyId;

/**
 * What the three parties tell each other of their journals at every handshake. Each shows to each peer the last statement that it has kept of
 * the peer's journal; the peer answers with what its journal has in that place; a party whose journal no longer has what it had stated
 * is refused, by the others and by itself, before the epoch is used. Then each states where its journal stands now, and both others keep
 * that. The links carry the bytes and do not read them. Called on the network's thread only.
 *
 * <p><b>Security.</b> This protects honest parties from their own past: a copy of the journal from a backup, a second process, a process that
 * was stopped while another took its place. A corrupted party answers as it likes, and needs no journal to do so.
 */
public interface JournalHeads {
    int STATEMENT_BYTES = 8 + 8 + 4 + 32 + 64;
    int ANSWER_BYTES = 4 + 32;

    /** The last statement of the peer that this party has kept; zeros if it has none. */
    byte[] kept(PartyId peer);

    /** What this party's journal has in the place of its own statement; the hash is zero if it has no such place. */
    byte[] answer(byte[] ownStatement);

    /**
     * This party's own statement, as a peer has kept it.
     *
     * @throws JournalRefusedException naming this party if its journal is not the one that it stated, the peer if this party never
     *     signed that
     */
    void requireOwn(PartyId keeper, byte[] ownStatement) throws JournalRefusedException;

    /**
     * The peer's answer to what this party has kept of it.
     *
     * @throws JournalRefusedException naming the peer
     */
    void requireSame(PartyId peer, byte[] answer) throws JournalRefusedException;

    /** Where this party's journal stands, signed; the epoch is journalled. */
    byte[] statement(long epoch);

    /**
     * Journals what the peer stated.
     *
     * @throws JournalRefusedException if the peer has not signed that
     */
    void keep(PartyId peer, long epoch, byte[] statement) throws JournalRefusedException;

    /** Of a party that has nothing to lose but its epochs. */
    static JournalHeads none() {
        return new JournalHeads() {
            @Override
            public byte[] kept(PartyId peer) {
                return new byte[STATEMENT_BYTES];
            }

            @Override
            public byte[] answer(byte[] ownStatement) {
                return new byte[ANSWER_BYTES];
            }

            @Override
            public void requireOwn(PartyId keeper, byte[] ownStatement) {
                // nothing was stated
            }

            @Override
            public void requireSame(PartyId peer, byte[] answer) {
                // nothing was kept
            }

            @Override
            public byte[] statement(long epoch) {
                return new byte[STATEMENT_BYTES];
            }

            @Override
            public void keep(PartyId peer, long epoch, byte[] statement) {
                // nothing is kept
            }
        };
    }
}

package io.veilflow.mpc.transport;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.JournalHeads;
import io.veilflow.mpc.session.JournalRefusedException;
import io.veilflow.mpc.session.ProtocolAbortException.Reason;
import java.util.EnumMap;
import java.util.Map;

/** The part of a handshake in which the parties compare what they know of each other's journals (docs/wire.md 9). */
final class HeadExchange {
    private static final long HEAD = 2;
    private static final long ANSWER = 3;

    private final PartyId self;
    private final JournalHeads heads;
    private final HandshakeChannel channel;

    HeadExchange(PartyId self, JournalHeads heads, HandshakeChannel channel) {
        this.self = self;
        this.heads = heads;
        this.channel = channel;
    }

    /** @throws LinkException JOURNAL_REFUSED naming the party, which may be this one; it is what everybody is told before the links end */
    void compare() throws LinkException, InterruptedException {
        Map<PartyId, byte[]> shown = new EnumMap<>(PartyId.class);
        for (PartyId peer : channel.peers()) {
            channel.send(peer, HEAD, FrameNames.HEAD, heads.kept(peer));
        }
        for (PartyId peer : channel.peers()) {
            shown.put(peer, channel.receive(peer, HEAD, FrameNames.HEAD, JournalHeads.STATEMENT_BYTES));
        }
        for (PartyId peer : channel.peers()) {
            channel.send(peer, ANSWER, FrameNames.ANSWER, heads.answer(shown.get(peer)));
        }
        try {
            for (PartyId peer : channel.peers()) {
                heads.requireOwn(peer, shown.get(peer));
            }
            requireSame();
        } catch (JournalRefusedException refused) {
            channel.awaitLastWord();
            throw failure(refused);
        }
    }

    /** A peer that hangs up because of the third one's journal must not hide that. */
    private void requireSame() throws LinkException, InterruptedException, JournalRefusedException {
        LinkException lost = null;
        for (PartyId peer : channel.peers()) {
            try {
                heads.requireSame(peer, channel.receive(peer, ANSWER, FrameNames.ANSWER, JournalHeads.ANSWER_BYTES));
            } catch (LinkException gone) {
                lost = gone;
            }
        }
        if (lost != null) {
            throw lost;
        }
    }

    void keep(PartyId peer, long epoch, byte[] statement) throws LinkException {
        try {
            heads.keep(peer, epoch, statement);
        } catch (JournalRefusedException refused) {
            throw failure(refused);
        }
    }

    private LinkException failure(JournalRefusedException refused) {
        String who = refused.owner() == self ? "this party" : refused.owner().toString();
        return new LinkFailure(
                        Reason.JOURNAL_REFUSED,
                        refused.owner(),
                        "handshake: the journal of " + who + " is refused: " + refused.getMessage())
                .exception();
    }
}
